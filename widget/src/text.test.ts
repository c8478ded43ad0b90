import { expect, it } from 'vitest';
import { readReply } from './contract.js';
import { blocks, languageTag, longDate, reviewLine, spoken } from './text.js';
import { words } from './words.js';

it('finds paragraphs and lists', () => {
  expect(blocks('One\nline.\n\nA plan:\n- first\n- second\n\n2. not\n3. lost')).toEqual([
    { kind: 'paragraph', text: 'One line.' },
    { kind: 'paragraph', text: 'A plan:' },
    { kind: 'list', items: ['first', 'second'] },
    { kind: 'list', items: ['not', 'lost'] },
  ]);
  expect(blocks('')).toEqual([]);
});

it('reads no markup into the text', () => {
  expect(blocks('<b>a</b> [x](javascript:1)')).toEqual([
    { kind: 'paragraph', text: '<b>a</b> [x](javascript:1)' },
  ]);
});

it('writes dates in full, and leaves alone what is no date', () => {
  expect(longDate('2026-11-20', 'en-US')).toBe('November 20, 2026');
  expect(longDate('2026-11-20', 'no such language')).toBe('2026-11-20');
  expect(longDate('soon', 'en-US')).toBe('soon');
});

it('takes a language as WordPress writes it, and a slip for American English', () => {
  expect(['en_GB', 'de', 'English!', '', null].map(languageTag)).toEqual([
    'en-GB',
    'de',
    'en-US',
    'en-US',
    'en-US',
  ]);
});

it('says who reviewed, and claims no clinician', () => {
  const line = (review: string) =>
    reviewLine(readReply({ custom: { reviewed: '2026-11-20', review } }), 'en-US');
  expect(line('editorial')).toBe('November 20, 2026, by our editors, not by a clinician');
  expect(line('clinical')).toBe('November 20, 2026, by a clinician');
  expect(line('other')).toBe('November 20, 2026');
});

it('speaks the numbers of an emergency before its text', () => {
  const reply = readReply({
    text: 'Do not wait.',
    custom: { kind: 'emergency', numbers: [{ label: 'US', tel: '911' }] },
  });
  expect(spoken(reply)).toBe('Emergency. Call for emergency help now. US: 911. Do not wait.');
});

it('says whom to call in an emergency after a failed turn', () => {
  const reply = readReply({ text: 'That failed.', custom: { kind: 'error' } });
  expect(spoken(reply)).toBe(`That failed. ${words.emergency}`);
});

it('speaks the question above the buttons, at the end', () => {
  const custom = { ask: 'Where do you live?', suggestions: [{ title: 'Peru' }] };
  expect(spoken(readReply({ text: 'Help.', custom }))).toBe('Help. Where do you live?');
  expect(spoken(readReply({ text: 'Help.', custom: { ask: 'Where?' } }))).toBe('Help.');
});
