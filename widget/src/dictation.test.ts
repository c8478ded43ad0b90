import { beforeEach, expect, it, vi } from 'vitest';
import { Dictation } from './dictation.js';
import { words } from './words.js';

class Engine {
  static last: Engine;
  onresult: ((event: unknown) => void) | null = null;
  onend: (() => void) | null = null;
  constructor() {
    Engine.last = this;
  }
  start(): void {}
  stop(): void {
    this.onend?.();
  }
  /** As Chrome on Android does: each longer guess is a final result of its own. */
  grow(...heard: string[]): void {
    const final = (transcript: string) =>
      Object.assign([{ transcript, confidence: 0 }], { isFinal: true });
    this.onresult?.({ results: heard.map(final) });
  }
  say(...heard: string[]): void {
    this.onresult?.({ results: heard.map((transcript) => [{ transcript }]) });
  }
}

const page = { draft: '', notice: '' };
const dictation = () =>
  new Dictation({
    lang: () => 'en',
    draft: () => page.draft,
    write: (text) => (page.draft = text),
    tell: (notice) => (page.notice = notice),
  });

beforeEach(() => {
  Object.assign(page, { draft: '', notice: '' });
  vi.stubGlobal('SpeechRecognition', Engine);
});

it('adds what is heard to what was typed, and lets it be corrected by the engine', () => {
  page.draft = 'Can I';
  dictation().start();
  Engine.last.say('left');
  Engine.last.say('lift ', 'weights');
  expect(page.draft).toBe('Can I lift weights');
});

it('keeps a correction that is typed while listening', () => {
  const one = dictation();
  one.start();
  Engine.last.say('Can I left ', 'wait');
  page.draft = 'Can I lift weights ';
  Engine.last.say('Can I left ', 'waits');
  expect(page.draft).toBe('Can I lift weights ');
  Engine.last.say('Can I left ', 'waits', ' every day');
  expect(page.draft).toBe('Can I lift weights every day');
  page.draft = '';
  Engine.last.say('Can I left ', 'waits', ' every day');
  expect(page.draft).toBe('');
  one.stop();
  expect(page.notice).toBe(words.review);
});

it('writes words once when each longer guess comes as a result of its own', () => {
  dictation().start();
  Engine.last.grow('Can', 'Can I', 'Can I lift', 'Can I lift', 'weights', 'weights now');
  expect(page.draft).toBe('Can I lift weights now');
});

it('adds to a correction only what was said after it', () => {
  dictation().start();
  Engine.last.grow('Can', 'Can eye');
  page.draft = 'Can I';
  Engine.last.grow('Can', 'Can eye', 'Can eye lift', 'Can eye lift weights');
  expect(page.draft).toBe('Can I lift weights');
});

it('says when nothing was heard, whatever was typed meanwhile', () => {
  const one = dictation();
  one.start();
  page.draft = 'typed';
  one.stop();
  expect(page.notice).toBe(words.silence);
});
