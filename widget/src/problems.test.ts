import { expect, it } from 'vitest';
import { ServerError } from './client.js';
import { explain, notDeleted } from './problems.js';
import { words } from './words.js';

it.each([
  ['slow', new DOMException('', 'AbortError'), words.slow],
  ['broken', new ServerError(500, 'http_500', ''), words.broken],
  ['offline', new TypeError('Failed to fetch'), words.offline],
  ['wait', new ServerError(429, 'too_fast', '', 7), words.wait(7)],
  ['busy', new ServerError(503, 'busy', 'The assistant is busy.'), 'The assistant is busy.'],
])('says whom to call in an emergency: %s', (_, error, said) => {
  expect(explain(error)).toBe(`${said} ${words.emergency}`);
});

it('says it once where the server has said it', () => {
  const message = 'Off for now. In an emergency, call your emergency number now.';
  expect(explain(new ServerError(503, 'busy', message))).toBe(message);
});

it('asks for another try at deleting only where that could help', () => {
  expect(notDeleted(new ServerError(401, 'bad_token', ''))).toBe(words.cantDelete);
  expect(notDeleted(new ServerError(503, 'store_failed', ''))).toBe(words.notDeleted);
});
