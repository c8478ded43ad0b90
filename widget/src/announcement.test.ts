import { beforeEach, expect, it } from 'vitest';
import { announceReplies } from './announcement.js';
import { readReply } from './contract.js';

const heard = () =>
  [...document.querySelectorAll('.ask-myo-announcer')].map((one) => one.textContent).join('');

const suggestions = [{ title: 'One' }, { title: 'Two' }];

beforeEach(() => document.body.replaceChildren());

it('counts the suggested questions that follow', () => {
  announceReplies([readReply({ text: 'Help.', custom: { suggestions } })]);
  expect(heard()).toBe('Help. 2 suggested questions follow.');
});

it('announces a question of the reply’s own instead', () => {
  announceReplies([
    readReply({ text: 'Help.', custom: { ask: 'Where do you live?', suggestions } }),
  ]);
  expect(heard()).toBe('Help. Where do you live?');
});
