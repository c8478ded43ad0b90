import { describe, expect, it } from 'vitest';
import { readLines, readReplies, readReply } from './contract.js';

describe('readReply', () => {
  it('reads an answer', () => {
    const reply = readReply({
      text: 'plain',
      custom: {
        kind: 'answer',
        text: 'shown',
        more: true,
        sources: [{ title: 'A source', year: 2019, url: 'https://example.org' }],
      },
    });
    expect(reply).toMatchObject({ kind: 'answer', plain: 'plain', text: 'shown', more: true });
    expect(reply.sources[0]).toMatchObject({ title: 'A source', year: '2019', publisher: '' });
  });

  it('shows the plain text when there is nothing else', () => {
    expect(readReply({ text: 'Only words.' })).toMatchObject({
      kind: 'plain',
      text: 'Only words.',
    });
  });

  it.each([
    null,
    7,
    'text',
    [],
    { custom: [] },
    { custom: { kind: {}, sources: 'x', numbers: 3 } },
  ])('survives %j', (value) => {
    expect(readReply(value)).toMatchObject({ text: '', sources: [], numbers: [], suggestions: [] });
  });

  it('reads the words above the suggestions, if there are any', () => {
    expect(readReply({ custom: { ask: 'Where do you live?' } }).ask).toBe('Where do you live?');
    expect(readReply({}).ask).toBe('');
  });

  it('takes a suggestion without a title, and drops one without words', () => {
    const { suggestions } = readReply({
      custom: { suggestions: [{ message: 'What is IBM?' }, { title: 'Pool' }, {}, 'x'] },
    });
    expect(suggestions).toEqual([
      { title: 'What is IBM?', message: 'What is IBM?' },
      { title: 'Pool', message: 'Pool' },
    ]);
  });
});

it('drops replies that have nothing to show', () => {
  expect(readReplies([{}, { text: ' ' }, { text: 'a' }])).toHaveLength(1);
  expect(readReplies('no list')).toEqual([]);
});

it('reads a stored conversation', () => {
  const lines = readLines([
    { from: 'bot', text: 'Hello.' },
    { from: 'user', id: '1', text: 'A question' },
  ]);
  expect(lines.map((line) => line.from)).toEqual(['bot', 'user']);
});
