import { expect, it } from 'vitest';
import { Bounce } from './bounce.js';

const button = () => document.body.appendChild(document.createElement('button'));

function press(on: HTMLElement, bounce: Bounce, at: number, x = 100, detail = 1): boolean {
  let found = false;
  const hear = (event: Event) => (found = bounce.isOne(event as MouseEvent));
  on.addEventListener('click', hear, { once: true });
  const event = new MouseEvent('click', { bubbles: true, composed: true, clientX: x, detail });
  Object.defineProperty(event, 'timeStamp', { value: at });
  on.dispatchEvent(event);
  return found;
}

it('knows a press that hits what has come under the finger', () => {
  const bounce = new Bounce();
  expect(press(button(), bounce, 1000)).toBe(false);
  expect(press(button(), bounce, 1200)).toBe(true);
});

it.each([
  ['a later press', 1400, 100, 1],
  ['a press elsewhere', 1200, 160, 1],
  ['a press without a place, by keyboard or voice', 1200, 100, 0],
])('lets %s pass', (_name, at, x, detail) => {
  const bounce = new Bounce();
  press(button(), bounce, 1000);
  expect(press(button(), bounce, at, x, detail)).toBe(false);
});

it('lets the same button be pressed again and again', () => {
  const bounce = new Bounce();
  const larger = button();
  expect([1000, 1100, 1200].map((at) => press(larger, bounce, at))).toEqual([false, false, false]);
});

it('forgets once something else was done', () => {
  const bounce = new Bounce();
  press(button(), bounce, 1000);
  bounce.forget();
  expect(press(button(), bounce, 1100)).toBe(false);
});
