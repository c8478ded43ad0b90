/**
 * Tells screen readers about finished replies.
 *
 * The live regions stand in the page itself: inside a shadow root they are unreliable. There are
 * two of each, used in turn, because some readers ignore the same words in the same region.
 */
const HIDDEN: Record<string, string> = {
  position: 'fixed',
  top: '0',
  left: '0',
  width: '1px',
  height: '1px',
  margin: '0',
  padding: '0',
  border: '0',
  overflow: 'hidden',
  'clip-path': 'inset(50%)',
  'white-space': 'nowrap',
  'pointer-events': 'none',
  display: 'block',
  visibility: 'visible',
};

const KEEP_MS = 10_000;

export type Urgency = 'polite' | 'assertive';

class Announcer {
  #regions: HTMLElement[] = [];
  #turn = 0;
  #timer = 0;

  say(text: string, urgency: Urgency = 'polite'): void {
    this.prepare();
    this.#turn = 1 - this.#turn;
    const next = this.#regions[(urgency === 'assertive' ? 2 : 0) + this.#turn];
    for (const region of this.#regions)
      if (region !== next && region.textContent) region.textContent = '';
    if (next) next.textContent = text;
    // Words that were heard must not stand at the end of the page for a reader who browses there.
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (next) next.textContent = '';
    }, KEEP_MS);
  }

  /** Regions must be in the page before they are filled, or the first words go unheard. */
  prepare(): void {
    if (this.#regions[0]?.isConnected) return;
    this.#regions = (['polite', 'polite', 'assertive', 'assertive'] as const).map(makeRegion);
  }
}

function makeRegion(urgency: Urgency): HTMLElement {
  const region = document.createElement('div');
  region.className = 'ask-myo-announcer';
  region.setAttribute('aria-live', urgency);
  region.setAttribute('aria-atomic', 'true');
  // Set one by one with priority: a strict CSP forbids a style attribute, and a host page's
  // own rules must not bring the region into view or switch it off.
  for (const [name, value] of Object.entries(HIDDEN))
    region.style.setProperty(name, value, 'important');
  document.body.append(region);
  return region;
}

/** One for the page, however many elements it holds. */
export const announcer = new Announcer();
