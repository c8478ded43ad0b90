import { announcer } from './announcer.js';
import { words } from './words.js';

const STILL_LOOKING_MS = 6000;

/** Says that an answer is on its way, and after a while that it still is. */
export class Wait {
  /** The words to show, or ''. */
  shown = '';
  #timer = 0;

  constructor(private readonly changed: () => void) {}

  follow(waiting: boolean): void {
    if (waiting && !this.shown) {
      this.shown = words.looking;
      this.#timer = window.setTimeout(() => {
        this.shown = words.stillLooking;
        announcer.say(words.stillLooking);
        this.changed();
      }, STILL_LOOKING_MS);
    } else if (!waiting) {
      clearTimeout(this.#timer);
      this.shown = '';
    }
    this.changed();
  }
}
