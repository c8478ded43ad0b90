import { announcer } from './announcer.js';
import type { Vote } from './pane.js';
import { words } from './words.js';

/** What was pressed of 'Helpful' and 'Not helpful', by the key of the reply. */
export class Votes {
  readonly #cast = new Map<string, Vote>();

  constructor(
    private readonly save: (answer: string, helpful: boolean) => Promise<void>,
    private readonly changed: () => void,
  ) {}

  get(key: string): Vote | undefined {
    return this.#cast.get(key);
  }

  cast(key: string, answer: string, helpful: boolean): void {
    const mark = (state: Vote['state']) => {
      this.#cast.set(key, { helpful, state });
      this.changed();
      if (state !== 'saving') announcer.say(state === 'saved' ? words.thanks : words.noThanks);
    };
    mark('saving');
    this.save(answer, helpful).then(
      () => mark('saved'),
      () => mark('failed'),
    );
  }

  clear(): void {
    this.#cast.clear();
  }
}
