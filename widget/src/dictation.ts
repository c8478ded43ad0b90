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

type Result = ArrayLike<{ transcript: string }> & { isFinal?: boolean };

interface RecognitionEvent {
  results: ArrayLike<Result>;
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
  /** What the text field held when dictation last looked or wrote: else somebody typed. */
  #written = '';
  /** Results that came so far, and how many of them a correction has overtaken. */
  #came = 0;
  #overtaken = 0;
  #wrote = false;
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
    this.#startFrom(this.page.draft());
    this.#came = 0;
    this.#overtaken = 0;
    this.#wrote = false;
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
    const draft = this.page.draft();
    // A correction typed while listening stays: what was heard before it is not written again.
    if (draft !== this.#written) {
      this.#startFrom(draft);
      this.#overtaken = this.#came;
    }
    this.#came = event.results.length;
    const heard = heardSince(this.#overtaken, event.results);
    if (!heard) return;
    this.#wrote = true;
    this.#written = [this.#before, heard].filter(Boolean).join(' ');
    this.page.write(this.#written);
  }

  #startFrom(draft: string): void {
    this.#written = draft;
    this.#before = draft.trim();
  }

  #end(): void {
    this.listening = false;
    this.#engine = null;
    this.page.tell(this.#outcome());
  }

  #outcome(): string {
    if (this.#wrote) return words.review;
    if (this.#failure === 'not-allowed' || this.#failure === 'service-not-allowed')
      return words.denied;
    if (this.#failure && this.#failure !== 'no-speech' && this.#failure !== 'aborted')
      return words.noSpeech;
    return words.silence;
  }
}

/**
 * What was heard from result number `first` on. Chrome on Android gives each guess as a final
 * result of its own ('Can', 'Can I'): one that begins with the words before it takes their place.
 */
function heardSince(first: number, results: ArrayLike<Result>): string {
  const parts: string[] = [];
  let before = '';
  let mayGrow = false;
  let overtaken = 0;
  Array.from(results).forEach((result, index) => {
    const said = (result[0]?.transcript ?? '').trim();
    if (mayGrow && result.isFinal && said.startsWith(before)) parts.pop();
    else overtaken = 0;
    if (index < first) overtaken = said.length;
    parts.push(said.slice(overtaken).trim());
    before = said;
    mayGrow = !!result.isFinal;
  });
  return parts.filter(Boolean).join(' ');
}

function engineClass(): (new () => Recognition) | null {
  const found = window as unknown as Record<string, (new () => Recognition) | undefined>;
  return found['SpeechRecognition'] ?? found['webkitSpeechRecognition'] ?? null;
}
