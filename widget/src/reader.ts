/**
 * Reads replies aloud, with voices that live on the device only: a remote voice would send the
 * words to a company the patient never chose.
 */
export class Reader {
  /** The key of what is being read, or ''. */
  reading = '';
  #voice: SpeechSynthesisVoice | null = null;
  /** Counts readings: a sentence that was canceled may report late, when the next has begun. */
  #turn = 0;

  constructor(
    private readonly lang: () => string,
    private readonly changed: () => void,
  ) {}

  connect(): void {
    speech()?.addEventListener?.('voiceschanged', this.#choose);
    this.#choose();
  }

  disconnect(): void {
    speech()?.removeEventListener?.('voiceschanged', this.#choose);
    this.stop();
  }

  get possible(): boolean {
    return this.#voice !== null;
  }

  read(key: string, text: string): void {
    const engine = speech();
    if (!engine || !this.#voice) return;
    this.stop();
    this.reading = key;
    const turn = ++this.#turn;
    // Sentence by sentence: some engines fall silent in the middle of a long text.
    const parts = text.replace(/([.!?])\s+/g, '$1\n').split('\n');
    parts.forEach((part, index) => {
      const utterance = new SpeechSynthesisUtterance(part);
      utterance.voice = this.#voice;
      utterance.lang = this.#voice?.lang ?? this.lang();
      // One lost sentence ends it all: the rest would go on talking with no button to stop it.
      utterance.onerror = () => turn === this.#turn && this.stop();
      if (index === parts.length - 1) utterance.onend = () => turn === this.#turn && this.#finish();
      engine.speak(utterance);
    });
    this.changed();
  }

  stop(): void {
    if (!this.reading) return;
    this.#finish();
    speech()?.cancel();
  }

  #finish(): void {
    this.reading = '';
    this.changed();
  }

  #choose = (): void => {
    const wanted = this.lang().slice(0, 2).toLowerCase();
    const local = (speech()?.getVoices() ?? []).filter(
      (voice) => voice.localService === true && voice.lang.toLowerCase().startsWith(wanted),
    );
    this.#voice = local.find((voice) => voice.default) ?? local[0] ?? null;
    this.changed();
  };
}

const speech = (): SpeechSynthesis | undefined =>
  'speechSynthesis' in window ? window.speechSynthesis : undefined;
