import { beforeEach, expect, it, vi } from 'vitest';
import { Reader } from './reader.js';

class Utterance {
  onerror: (() => void) | null = null;
  onend: (() => void) | null = null;
  constructor(readonly text: string) {}
}

const engine = {
  queue: [] as Utterance[],
  speak: (one: Utterance) => engine.queue.push(one),
  cancel: vi.fn(() => (engine.queue = [])),
  getVoices: () => [{ name: 'Local', lang: 'en-US', localService: true }],
};

function reading(): Reader {
  const reader = new Reader(
    () => 'en-US',
    () => undefined,
  );
  reader.connect();
  reader.read('a', 'One. Two. Three.');
  return reader;
}

beforeEach(() => {
  engine.queue = [];
  engine.cancel.mockClear();
  vi.stubGlobal('speechSynthesis', engine);
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
});

it('falls silent when one sentence fails', () => {
  const reader = reading();
  engine.queue[0]?.onerror?.();
  expect([reader.reading, engine.queue]).toEqual(['', []]);
});

it('goes on when a sentence canceled before reports late', () => {
  const reader = reading();
  const [late] = engine.queue;
  reader.stop();
  reader.read('a', 'One. Two.');
  late?.onerror?.();
  expect([reader.reading, engine.queue.length]).toEqual(['a', 2]);
});

it('is done after the last sentence', () => {
  const reader = reading();
  engine.queue[2]?.onend?.();
  expect(reader.reading).toBe('');
  expect(engine.cancel).not.toHaveBeenCalled();
});
