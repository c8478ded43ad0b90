// A speech engine under the test's control, in place of the browser's.
window.heard = { engines: [], spoken: [], canceled: 0 };

class StubRecognition {
  constructor() {
    window.heard.engines.push(this);
  }
  start() {
    this.started = true;
  }
  stop() {
    this.onend?.();
  }
  abort() {
    this.aborted = true;
    this.onend?.();
  }
  say(...transcripts) {
    this.onresult?.({ results: transcripts.map((transcript) => [{ transcript }]) });
  }
  // As Chrome on Android does: each longer guess is a final result of its own.
  grow(...transcripts) {
    const final = (transcript) => Object.assign([{ transcript, confidence: 0 }], { isFinal: true });
    this.onresult?.({ results: transcripts.map(final) });
  }
  fail(error) {
    this.onerror?.({ error });
    this.onend?.();
  }
}
window.SpeechRecognition = StubRecognition;
window.webkitSpeechRecognition = StubRecognition;

window.SpeechSynthesisUtterance = class {
  constructor(text) {
    this.text = text;
  }
};
Object.defineProperty(window, 'speechSynthesis', {
  value: {
    voices: [
      { name: 'Remote', lang: 'en-US', localService: false, default: true },
      { name: 'Spanish', lang: 'es-ES', localService: true },
      { name: 'Local', lang: 'en-GB', localService: true },
    ],
    getVoices() {
      return this.voices;
    },
    speak(utterance) {
      window.heard.spoken.push(utterance);
    },
    cancel() {
      window.heard.canceled += 1;
    },
    addEventListener() {},
    removeEventListener() {},
  },
});
