/**
 * What one browser tab remembers.
 *
 * sessionStorage, not localStorage: a reload finds the conversation again, two tabs hold two
 * conversations, and closing the tab forgets, which matters on a family's or a clinic's computer.
 */
export interface Saved {
  token: string;
  /** Tokens that have run out, of conversations the server may still hold. */
  former: string[];
  greeting: unknown;
  unsent: { id: string; text: string }[];
  draft: string;
  textSize: number;
  readAlways: boolean;
  speechConsent: boolean;
}

const EMPTY: Saved = {
  token: '',
  former: [],
  greeting: [],
  unsent: [],
  draft: '',
  textSize: 100,
  readAlways: false,
  speechConsent: false,
};

export class TabStore {
  #saved: Saved;
  readonly #key: string;
  /** What is stored can't be trusted any more: only what this object remembers. */
  #alone = false;

  constructor(server: string) {
    this.#key = `ask-myo:${server}`;
    this.#saved = { ...EMPTY, ...this.#load() };
  }

  get<K extends keyof Saved>(name: K): Saved[K] {
    return this.#now()[name];
  }

  set(change: Partial<Saved>): void {
    this.#saved = { ...this.#now(), ...change };
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#saved));
    } catch {
      // Storage is full or forbidden: the conversation still works, a reload starts a new one.
      this.#alone = true;
    }
  }

  /** Forgets the conversation, but not how large the text should be. */
  forgetConversation(): void {
    this.set({ token: '', former: [], greeting: [], unsent: [], draft: '' });
  }

  /** Another page of the site, or another element of this one, may have written here since. */
  #now(): Saved {
    return this.#alone ? this.#saved : { ...this.#saved, ...this.#load() };
  }

  #load(): Partial<Saved> {
    try {
      const saved: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? '{}');
      return typeof saved === 'object' && saved !== null ? saved : {};
    } catch {
      return {};
    }
  }
}
