import { expect, it } from 'vitest';
import { safeHref, telHref } from './links.js';

it.each([
  ['https://example.org/a', 'https://example.org/a'],
  ['mailto:help@example.org', 'mailto:help@example.org'],
  ['tel:911', 'tel:911'],
])('links to %s', (address, href) => {
  expect(safeHref(address)).toBe(href);
});

it.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'http://example.org',
  'vbscript:x',
  'blob:https://example.org/1',
  '//example.org',
  '/answers',
  '',
])('does not link to %j', (address) => {
  expect(safeHref(address)).toBeNull();
});

it.each([
  ['911', 'tel:911'],
  ['116 123', 'tel:116123'],
  ['+44 (0)20 7946 0000', 'tel:+4402079460000'],
  ['1-800-273-8255', 'tel:18002738255'],
  ['tel:988', 'tel:988'],
])('dials %s', (number, href) => {
  expect(telHref(number)).toBe(href);
});

it.each(['', 'javascript:1', '911;ext=1', '*21*123#', 'nine one one', '1'])(
  'does not dial %j',
  (number) => {
    expect(telHref(number)).toBeNull();
  },
);
