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

  constructor(server: string) {
    this.#key = `ask-myo:${server}`;
    this.#saved = { ...EMPTY, ...this.#load() };
  }

  get<K extends keyof Saved>(name: K): Saved[K] {
    return this.#saved[name];
  }

  set(change: Partial<Saved>): void {
    // Another page of the site may have written in this tab since: only what changes is ours.
    this.#saved = { ...this.#saved, ...this.#load(), ...change };
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#saved));
    } catch {
      // Storage is full or forbidden: the conversation still works, a reload starts a new one.
    }
  }

  /** Forgets the conversation, but not how large the text should be. */
  forgetConversation(): void {
    this.set({ token: '', former: [], greeting: [], unsent: [], draft: '' });
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
