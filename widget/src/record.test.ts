import { expect, it } from 'vitest';
import { readReply } from './contract.js';
import type { Entry } from './conversation.js';
import { drawRecord, redrawRecord } from './record.js';

const said = (text: string, state: 'sent' | 'failed' = 'sent'): Entry => ({
  from: 'user',
  key: text,
  id: text,
  text,
  state,
  problem: '',
  readOn: false,
});
const replied = (value: object): Entry => ({ from: 'bot', key: '', reply: readReply(value) });

it('holds the questions, answers and sources, without the greeting', () => {
  const source = { title: 'A source', publisher: 'P', year: 2019, url: 'https://example.org/' };
  const record = drawRecord(
    [
      replied({ text: 'Hello.' }),
      said('Why?'),
      replied({ text: 'So.', custom: { sources: [source] } }),
    ],
    'en-US',
    new Date('2026-11-20T12:00:00Z'),
  );
  expect(record.textContent).toContain('Made on November 20, 2026');
  expect(record.textContent).toContain('I asked: Why?So.SourcesA source, P, 2019');
  expect(record.textContent).not.toContain('Hello.');
});

it('says when there is nothing yet, and what was not sent', () => {
  expect(drawRecord([replied({ text: 'Hello.' })], '').textContent).toContain('no questions yet');
  expect(drawRecord([said('Why?', 'failed')], '').textContent).toContain('Why? (Not sent.)');
});

it('leaves what stays the same alone when it is brought up to date', () => {
  const source = { title: 'A source', url: 'https://example.org/' };
  const entries = [said('Why?'), replied({ text: 'So.', custom: { sources: [source] } })];
  const record = redrawRecord(document.createElement('article'), entries, '');
  const link = record.querySelector('a');
  const more = [...entries, said('How?', 'failed')];
  expect(redrawRecord(record, more, '').textContent).toContain('How? (Not sent.)');
  more[2] = said('How?');
  redrawRecord(record, more, '');
  expect(record.lastChild?.textContent).toBe('I asked: How?');
  expect(record.querySelector('a')).toBe(link);
  expect(redrawRecord(record, [], '').outerHTML).toBe(drawRecord([], '').outerHTML);
});

it('draws markup as text and unsafe addresses not at all', () => {
  const source = { title: '<b>x</b>', url: 'javascript:alert(1)' };
  const record = drawRecord(
    [said('<img src=x>'), replied({ text: 'a', custom: { sources: [source] } })],
    '',
  );
  expect(record.querySelector('img, b, a')).toBeNull();
  expect(record.outerHTML).toContain('&lt;img src=x&gt;');
});
