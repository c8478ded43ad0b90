import { announcer } from './announcer.js';
import { announceReplies } from './announcement.js';
import { Client, sessionOptions } from './client.js';
import { Conversation, type Replied, type Said } from './conversation.js';
import { Dictation } from './dictation.js';
import type { Host } from './host.js';
import type { Pane } from './pane.js';
import { printRecord, saveRecord } from './paper.js';
import { bringIntoView, showEnd } from './place.js';
import { codeOf, noStart, notDeleted } from './problems.js';
import { Reader } from './reader.js';
import { redrawRecord } from './record.js';
import { TabStore } from './store.js';
import { languageTag, spoken } from './text.js';
import { Votes } from './votes.js';
import { Wait } from './wait.js';
import { words } from './words.js';

const TEXT_LIMIT = 1000;
const DOUBLE_PRESS_MS = 700;
const [SMALLEST, LARGEST] = [100, 200];

/** What happens when a patient presses something. The views read it, the element draws it. */
export class Desk {
  pane: Pane = 'chat';
  draft: string;
  notice = '';
  textSize: number;
  readAlways: boolean;
  /** Why the conversation could not be deleted, or ''. */
  deleteProblem = '';
  readonly conversation: Conversation;
  readonly dictation: Dictation;
  readonly reader: Reader;
  readonly wait: Wait;
  readonly votes: Votes;
  readonly #store: TabStore;
  readonly #record = document.createElement('article');
  #resized = false;
  #sentAt = -Infinity;
  #forgetting = false;

  constructor(readonly host: Host) {
    this.#store = new TabStore(host.base);
    this.draft = this.#store.get('draft');
    this.textSize = this.#store.get('textSize');
    this.readAlways = this.#store.get('readAlways');
    this.wait = new Wait(() => host.requestUpdate());
    this.reader = new Reader(
      () => this.lang,
      () => host.requestUpdate(),
    );
    this.dictation = new Dictation({
      lang: () => this.lang,
      draft: () => this.draft,
      write: (text) => this.write(text),
      tell: (notice) => this.#tell(notice),
    });
    this.conversation = this.#converse();
    this.votes = new Votes(
      (answer, helpful) => this.conversation.feedback(answer, helpful),
      () => host.requestUpdate(),
    );
  }

  get lang(): string {
    return languageTag(this.host.lang);
  }

  get fallbackHref(): string {
    return `${this.host.base}/answers`;
  }

  connect(): void {
    this.reader.connect();
  }

  disconnect(): void {
    this.reader.disconnect();
    this.dictation.abort();
  }

  /** The panel was closed: nothing may go on listening or talking. */
  fold(): void {
    this.reader.stop();
    this.dictation.abort();
    this.pane = 'chat';
    this.notice = '';
  }

  begin(): void {
    announcer.prepare();
    void this.conversation.begin();
  }

  tryToBegin(): void {
    // The pressed button goes away: focus must not fall back to the page.
    this.host.find('#log')?.focus();
    this.begin();
  }

  goTo(pane: Pane): void {
    const from = this.pane;
    this.#turnTo(pane);
    // Other lines stand where the old ones stood: back to what was being read.
    if (this.#resized && pane === 'chat') this.#show(this.conversation.latest);
    this.#focus(pane !== 'chat' ? '#pane' : from === 'consent' ? '#speak' : '#tools');
  }

  write(text: string): void {
    this.draft = text;
    this.notice = '';
    this.#store.set({ draft: text });
    this.host.requestUpdate();
  }

  submit(): void {
    const text = this.draft.trim();
    if (!text) return this.#justSent ? undefined : this.#tell(words.empty);
    if (text.length > TEXT_LIMIT) return this.#tell(words.tooLong(text.length, TEXT_LIMIT));
    this.dictation.abort();
    this.write('');
    this.#send(text);
  }

  /** Asks what a button says. Pressed twice in a row, by a trembling finger, it asks once. */
  ask(text: string): void {
    const question = text.trim();
    const last = this.conversation.lastSaid;
    const again = last?.text === question && (last.state === 'sending' || this.#justSent);
    if (!question || again) return;
    this.#send(question);
  }

  get #justSent(): boolean {
    return performance.now() - this.#sentAt < DOUBLE_PRESS_MS;
  }

  #send(question: string): void {
    this.#sentAt = performance.now();
    this.#turnTo('chat');
    this.reader.stop();
    void this.conversation.send(question);
    this.host.emit('sent');
    this.#scrollToEnd();
  }

  retry(message: Said): void {
    this.#stayWith(message);
    void this.conversation.retry(message);
  }

  askAgain(message: Said): void {
    this.#stayWith(message);
    void this.conversation.askAgain(message);
  }

  change(message: Said): void {
    this.conversation.withdraw(message);
    this.write([this.draft, message.text].filter(Boolean).join('\n'));
    this.goToQuestion();
  }

  goToQuestion(): void {
    this.#focus('#question');
  }

  speak(): void {
    if (this.dictation.listening) return this.dictation.stop();
    if (!this.#store.get('speechConsent')) return this.goTo('consent');
    this.reader.stop();
    this.dictation.start();
  }

  allowSpeech(): void {
    this.#store.set({ speechConsent: true });
    this.goTo('chat');
    this.speak();
  }

  toggleReading(key: string, text: string): void {
    if (this.reader.reading === key) this.reader.stop();
    else this.reader.read(key, text);
  }

  toggleReadAlways(): void {
    this.readAlways = !this.readAlways;
    this.#store.set({ readAlways: this.readAlways });
    if (!this.readAlways) this.reader.stop();
    announcer.say(`${words.always}: ${this.readAlways ? words.on : words.off}`);
    this.host.requestUpdate();
  }

  resize(step: number): void {
    this.textSize = Math.min(LARGEST, Math.max(SMALLEST, this.textSize + step));
    this.#store.set({ textSize: this.textSize });
    this.#resized = true;
    announcer.say(`${words.textSize}: ${this.textSize} %`);
    this.host.requestUpdate();
  }

  async forget(): Promise<void> {
    if (this.#forgetting) return;
    this.#forgetting = true;
    this.reader.stop();
    this.dictation.abort();
    try {
      await this.conversation.delete();
    } catch (error) {
      this.deleteProblem = notDeleted(error);
      announcer.say(this.deleteProblem);
      return this.host.requestUpdate();
    } finally {
      this.#forgetting = false;
    }
    this.votes.clear();
    this.write('');
    this.#turnTo('chat');
    this.#focus('#log');
    this.host.emit('deleted');
    this.notice = words.deleted;
    await this.conversation.begin();
  }

  record(): HTMLElement {
    return redrawRecord(this.#record, this.conversation.entries, this.lang);
  }

  print(): void {
    if (!printRecord(this.record())) this.#tell(words.cantPrint);
  }

  save(): void {
    saveRecord(this.record());
    this.#tell(words.saved);
  }

  #converse(): Conversation {
    const { host } = this;
    const options = () => sessionOptions({ country: host.country, lang: host.lang && this.lang });
    return new Conversation(new Client(host.base), this.#store, options, {
      changed: () => this.wait.follow(this.conversation.waiting),
      // In a page that shows the panel at once, nobody has asked for it yet.
      greeted: (replies) => host.find(':focus') && announceReplies(replies, this.notice),
      replied: (added) => this.#replied(added),
      failed: (error, problem) => this.#failed(error, problem),
    });
  }

  #replied(added: Replied[]): void {
    const replies = added.map((entry) => entry.reply);
    const key = added[0]?.key ?? '';
    announceReplies(replies);
    if (this.readAlways) this.reader.read(key, replies.map(spoken).join(' '));
    for (const { kind, answer } of replies) this.host.emit('reply', { kind, answer });
    this.#show(key);
  }

  #show(key = ''): void {
    this.#resized = false;
    void this.host.updateComplete.then(() =>
      bringIntoView(this.host.find('#log'), this.host.find(`[data-key="${key}"]`)),
    );
  }

  #failed(error: unknown, problem: string): void {
    const asked = this.conversation.entries.some((entry) => entry.from === 'user');
    if (asked || this.host.find(':focus'))
      announcer.say(`${asked ? words.notSent : noStart(this.conversation.refused)} ${problem}`);
    this.host.emit('error', codeOf(error));
    this.#scrollToEnd();
  }

  /** The pressed button goes away: focus stays with the words it was about. */
  #stayWith(message: Said): void {
    this.host.find(`[data-key="${message.key}"]`)?.focus();
  }

  #turnTo(pane: Pane): void {
    this.pane = pane;
    this.deleteProblem = '';
    this.notice = '';
    this.host.requestUpdate();
  }

  #tell(notice: string): void {
    this.notice = notice;
    announcer.say(notice);
    this.host.requestUpdate();
  }

  #focus(selector: string): void {
    void this.host.updateComplete.then(() => this.host.find(selector)?.focus());
  }

  #scrollToEnd(): void {
    void this.host.updateComplete.then(() => showEnd(this.host.find('#log')));
  }
}
