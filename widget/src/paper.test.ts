import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printRecord } from './paper.js';

const record = document.createElement('article');
const onPaper = () => document.querySelector('#ask-myo-paper');

beforeEach(() => vi.stubGlobal('print', vi.fn()));
afterEach(() => {
  vi.unstubAllGlobals();
  window.dispatchEvent(new Event('afterprint'));
});

it('lays out a copy, so that the record stays where it is read', () => {
  document.body.replaceChildren(record);
  expect(printRecord(record)).toBe(true);
  expect(window.print).toHaveBeenCalledOnce();
  expect(onPaper()?.shadowRoot?.querySelector('article')).not.toBeNull();
  expect(record.isConnected).toBe(true);
});

it('says so where style sheets can’t be made, as on older iPads', () => {
  vi.stubGlobal('CSSStyleSheet', function () {
    throw new TypeError('Illegal constructor');
  });
  expect(printRecord(record)).toBe(false);
  expect(onPaper()).toBeNull();
});

it('says so and leaves nothing behind where nothing prints, as inside some apps', () => {
  vi.stubGlobal('print', undefined);
  expect(printRecord(record)).toBe(false);
  expect(onPaper()).toBeNull();
});
