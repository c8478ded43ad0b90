import { beforeEach, expect, it } from 'vitest';
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
