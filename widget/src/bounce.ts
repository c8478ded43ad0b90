const [MOMENT_MS, NEAR_PX] = [350, 16];

/**
 * Tells a press that was meant for what stood here a moment ago.
 *
 * A trembling finger presses twice. The first press may have put another button under it, and
 * 'Delete this conversation' must not be followed by 'Yes, delete it' unread. A second press on
 * the same button passes: 'Larger text' is pressed again and again.
 */
export class Bounce {
  #last: { at: number; x: number; y: number; on: EventTarget | undefined } | null = null;

  /** Something else was done since: the next press is meant for what it hits. */
  forget(): void {
    this.#last = null;
  }

  isOne(event: MouseEvent): boolean {
    // Keyboards, switches and voice control press without a place.
    if (!event.detail) return false;
    const on = event.composedPath().find((one) => one instanceof HTMLElement && isControl(one));
    const before = this.#last;
    this.#last = { at: event.timeStamp, x: event.clientX, y: event.clientY, on };
    return (
      before !== null &&
      before.on !== on &&
      event.timeStamp - before.at < MOMENT_MS &&
      Math.hypot(event.clientX - before.x, event.clientY - before.y) < NEAR_PX
    );
  }
}

const isControl = (one: HTMLElement): boolean => one.matches('button, a, textarea');
