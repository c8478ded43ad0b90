import { words } from './words.js';

/** The part of the browser's SpeechRecognition that is used. TypeScript ships no types for it. */
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: RecognitionEvent) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
}

interface RecognitionEvent {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

/** What dictation needs from the composer. Note that it can't send. */
export interface Page {
  lang(): string;
  draft(): string;
  write(text: string): void;
  tell(notice: string): void;
}

/** Turns speech into words in the text field. It never sends: the patient reads them first. */
export class Dictation {
  listening = false;
  #engine: Recognition | null = null;
  #before = '';
  #heard = '';
  #failure = '';

  constructor(private readonly page: Page) {}

  get possible(): boolean {
    return engineClass() !== null;
  }

  start(): void {
    const Engine = engineClass();
    if (!Engine || this.listening) return;
    const engine = new Engine();
    engine.lang = this.page.lang() || 'en-US';
    // Until 'Stop listening': people with weak muscles may speak slowly and pause.
    engine.continuous = true;
    engine.interimResults = true;
    engine.onresult = (event) => this.#hear(event);
    engine.onerror = (event) => (this.#failure = event.error);
    engine.onend = () => this.#end();
    this.#engine = engine;
    this.#before = this.page.draft().trim();
    this.#heard = '';
    this.#failure = '';
    try {
      engine.start();
      this.listening = true;
      this.page.tell(words.listening);
    } catch {
      this.#engine = null;
      this.page.tell(words.noSpeech);
    }
  }

  stop(): void {
    this.#engine?.stop();
  }

  /** Stops at once and drops what is still being worked on. */
  abort(): void {
    if (this.#engine) this.#engine.onend = null;
    this.#engine?.abort();
    this.#engine = null;
    this.listening = false;
  }

  #hear(event: RecognitionEvent): void {
    this.#heard = Array.from(event.results, (result) => result[0]?.transcript ?? '')
      .join('')
      .trim();
    if (this.#heard) this.page.write([this.#before, this.#heard].filter(Boolean).join(' '));
  }

  #end(): void {
    this.listening = false;
    this.#engine = null;
    this.page.tell(this.#outcome());
  }

  #outcome(): string {
    if (this.#heard) return words.review;
    if (this.#failure === 'not-allowed' || this.#failure === 'service-not-allowed')
      return words.denied;
    if (this.#failure && this.#failure !== 'no-speech' && this.#failure !== 'aborted')
      return words.noSpeech;
    return words.silence;
  }
}

function engineClass(): (new () => Recognition) | null {
  const found = window as unknown as Record<string, (new () => Recognition) | undefined>;
  return found['SpeechRecognition'] ?? found['webkitSpeechRecognition'] ?? null;
}
