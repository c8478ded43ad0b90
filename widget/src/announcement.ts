import { announcer } from './announcer.js';
import type { Reply } from './contract.js';
import { isAlert, spoken } from './text.js';
import { words } from './words.js';

/** Speaks finished replies once, all of one turn together. */
export function announceReplies(replies: Reply[], before = ''): void {
  const buttons = replies.reduce(
    // A question of the reply's own has told what follows.
    (count, reply) => count + (reply.ask ? 0 : reply.suggestions.length),
    0,
  );
  const text = [before, ...replies.map(spoken), buttons ? words.suggestionsBelow(buttons) : ''];
  announcer.say(text.filter(Boolean).join(' '), replies.some(isAlert) ? 'assertive' : 'polite');
}
