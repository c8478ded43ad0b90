import { ServerError } from './client.js';
import { spoken } from './text.js';
import { words } from './words.js';

/** The words, and where to turn in an emergency: nobody may wait for a chat that doesn't answer. */
export const withEmergency = (text: string): string =>
  /emergency number/i.test(text) ? text : `${text} ${words.emergency}`.trim();

/** What went wrong, in words a patient can act on. */
export const explain = (error: unknown): string => withEmergency(reason(error));

function reason(error: unknown): string {
  if (error instanceof ServerError) {
    // Its message names the page of answers, which is drawn as a link.
    if (error.code === 'chat_off')
      return [words.chatOff, error.notice && spoken(error.notice)].filter(Boolean).join(' ');
    if (error.message) return error.message;
    if (error.status === 429) return words.wait(error.retryAfter || 30);
    return words.broken;
  }
  if (error instanceof Error && error.name === 'AbortError') return words.slow;
  return words.offline;
}

/** Whether there is more to read where the chat has no answer. */
export const hasAnswers = (error: unknown): boolean =>
  error instanceof ServerError && error.answers !== '';

/** Whether the server refuses the website itself: its owner must act, not the patient. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ServerError && error.code === 'origin';

/** Why a conversation could not be deleted. With a refused token, trying again would not help. */
export const notDeleted = (error: unknown): string =>
  error instanceof ServerError && error.status === 401 ? words.cantDelete : words.notDeleted;

/** Why there is no conversation, before the server's own message. */
export const noStart = (refused: boolean): string => (refused ? words.notAllowed : words.noStart);

/** A short code for host pages: it names the failure and holds nothing a patient wrote. */
export function codeOf(error: unknown): { code: string; status: number } {
  if (error instanceof ServerError) return { code: error.code, status: error.status };
  const slow = error instanceof Error && error.name === 'AbortError';
  return { code: slow ? 'timeout' : 'offline', status: 0 };
}
