import { beforeEach, expect, it, vi } from 'vitest';
import { TabStore } from './store.js';

beforeEach(() => sessionStorage.clear());

it('is found again after a reload', () => {
  new TabStore('a').set({ token: 't', textSize: 150 });
  expect(new TabStore('a').get('token')).toBe('t');
  expect(new TabStore('b').get('token')).toBe('');
});

it('forgets the conversation and keeps the text size', () => {
  const store = new TabStore('a');
  store.set({ token: 't', draft: 'words', textSize: 150, unsent: [{ id: '1', text: 'words' }] });
  store.forgetConversation();
  expect(sessionStorage.getItem('ask-myo:a')).not.toContain('words');
  expect(store.get('textSize')).toBe(150);
});

it('survives storage that holds nonsense', () => {
  sessionStorage.setItem('ask-myo:a', '{not json');
  expect(new TabStore('a').get('textSize')).toBe(100);
});

it('sees what another element of the page has stored since', () => {
  const [one, other] = [new TabStore('https://host'), new TabStore('https://host')];
  one.set({ token: 't' });
  expect(other.get('token')).toBe('t');
  other.set({ draft: 'half a thought' });
  expect([one.get('token'), one.get('draft')]).toEqual(['t', 'half a thought']);
});

it('remembers by itself once storage is full', () => {
  const store = new TabStore('a');
  store.set({ token: 'old' });
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  store.set({ token: 'new' });
  store.set({ draft: 'words' });
  expect(store.get('token')).toBe('new');
  full.mockRestore();
});
