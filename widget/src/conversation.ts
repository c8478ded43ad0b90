import type { Client, SessionOptions } from './client.js';
import { readReplies, type Line, type Reply } from './contract.js';
import { isGone, isUnknownToken, Leftovers } from './leftovers.js';
import type { TabStore } from './store.js';
import { explain, hasAnswers, isRefusal, withEmergency } from './problems.js';

export interface Said {
  from: 'user';
  key: string;
  id: string;
  text: string;
  state: 'sending' | 'sent' | 'failed';
  problem: string;
  /** The server points to its page of answers. */
  readOn: boolean;
}

export interface Replied {
  from: 'bot';
  key: string;
  reply: Reply;
}

export type Entry = Said | Replied;

/** What the conversation tells its element. */
export interface Listener {
  changed(): void;
  greeted(replies: Reply[]): void;
  replied(replies: Replied[]): void;
  failed(error: unknown, words: string): void;
}

/** 128 random bits. crypto.randomUUID is missing on pages without https. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One conversation with the server: its lines, its token, and what could not be sent yet. */
export class Conversation {
  entries: Entry[] = [];
  state: 'idle' | 'starting' | 'ready' | 'failed' = 'idle';
  problem = '';
  /** The server does not serve this website: trying again would not help. */
  refused = false;
  /** The server no longer knew the conversation this tab remembered. */
  ended = false;

  #beginning: Promise<void> | null = null;
  #renewing: Promise<string> | null = null;
  #queue: Promise<void> = Promise.resolve();
  /** Counts deletions. */
  #epoch = 0;
  readonly #leftovers: Leftovers;

  constructor(
    private readonly client: Client,
    private readonly store: TabStore,
    private readonly options: () => SessionOptions,
    private readonly listener: Listener,
  ) {
    this.#leftovers = new Leftovers(client, store);
    this.entries = store.get('unsent').map(({ id, text }) => ({
      ...said(id, text, 'failed'),
      problem: withEmergency(''),
    }));
  }

  get waiting(): boolean {
    return this.entries.some((entry) => entry.from === 'user' && entry.state === 'sending');
  }

  /** What was said last. */
  get lastSaid(): Said | undefined {
    return this.entries.filter((entry) => entry.from === 'user').pop();
  }

  /** The key of the first reply to the last message, where danger would stand; else of what is last. */
  get latest(): string {
    const asked = this.entries.map((entry) => entry.from).lastIndexOf('user');
    return (this.entries[asked + 1] ?? this.entries[asked])?.key ?? '';
  }

  /** Starts the conversation or restores it. Safe to call at any time. */
  async begin(): Promise<void> {
    try {
      await this.#ready();
    } catch (error) {
      this.listener.failed(error, this.problem);
    }
  }

  /** Sends the words. They stay in the conversation whatever happens. */
  send(text: string): Promise<void> {
    const message = said(newId(), text, 'sending');
    this.entries = [...this.entries, message];
    return this.#enqueue(message);
  }

  /** Sends again under the same id, so that the server never answers it twice. */
  retry(message: Said): Promise<void> {
    if (message.state !== 'failed') return Promise.resolve();
    message.state = 'sending';
    return this.#enqueue(message);
  }

  /** The message a reply belongs to. */
  messageOf(entry: Replied): Said | undefined {
    const before = this.entries.slice(0, this.entries.indexOf(entry)).reverse();
    return before.find((one): one is Said => one.from === 'user');
  }

  /** Sends again what the server answered with an error; only the error goes away, no warning. */
  askAgain(message: Said): Promise<void> {
    if (message.state !== 'sent') return Promise.resolve();
    this.entries = this.entries.filter(
      (one) => one.from === 'user' || one.reply.kind !== 'error' || this.messageOf(one) !== message,
    );
    message.state = 'sending';
    return this.#enqueue(message);
  }

  /** Takes back a message that was not sent. */
  withdraw(message: Said): void {
    this.entries = this.entries.filter((entry) => entry !== message);
    this.#changed();
  }

  feedback(answer: string, helpful: boolean): Promise<void> {
    return this.#withToken((token) => this.client.feedback(token, answer, helpful));
  }

  /** Deletes on the server first: only then is it gone here. */
  async delete(): Promise<void> {
    const token = this.store.get('token');
    if (token) {
      await this.client.delete(token).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    }
    await this.#leftovers.clear();
    this.#epoch += 1;
    this.#queue = Promise.resolve();
    this.store.forgetConversation();
    this.entries = [];
    this.state = 'idle';
    this.ended = false;
    this.listener.changed();
  }

  #ready(): Promise<void> {
    if (this.state === 'ready') return Promise.resolve();
    this.#beginning ??= this.#begin().finally(() => (this.#beginning = null));
    return this.#beginning;
  }

  async #begin(): Promise<void> {
    this.state = 'starting';
    this.listener.changed();
    try {
      if (this.store.get('token')) await this.#restore();
      else await this.#renew();
      this.state = 'ready';
    } catch (error) {
      this.state = 'failed';
      this.problem = explain(error);
      this.refused = isRefusal(error);
      throw error;
    } finally {
      this.#changed();
    }
  }

  async #restore(): Promise<void> {
    const token = this.store.get('token');
    let lines: Line[];
    try {
      lines = await this.client.history(token);
    } catch (error) {
      if (!isUnknownToken(error)) throw error;
      this.ended = true;
      this.#leftovers.leave(token);
      await this.#renew();
      return;
    }
    const known = new Set(lines.map((line) => (line.from === 'user' ? line.id : '')));
    const unsent = this.entries.filter((entry) => entry.from === 'user' && !known.has(entry.id));
    const opening =
      lines[0]?.from === 'bot' ? [] : readReplies(this.store.get('greeting')).map(replied);
    this.entries = [...opening, ...lines.map(fromLine), ...unsent];
  }

  #enqueue(message: Said): Promise<void> {
    this.#changed();
    // One after the other: the server's memory of 'the last answer' depends on the order.
    this.#queue = this.#queue.then(() => this.#deliver(message));
    return this.#queue;
  }

  async #deliver(message: Said): Promise<void> {
    if (!this.entries.includes(message)) return;
    try {
      await this.#ready();
      if (!this.entries.includes(message)) return;
      const replies = await this.#withToken((token) =>
        this.client.send(token, message.id, message.text),
      );
      this.#receive(message, replies);
    } catch (error) {
      if (!this.entries.includes(message)) return;
      message.state = 'failed';
      message.problem = explain(error);
      message.readOn = hasAnswers(error);
      this.#changed();
      this.listener.failed(error, message.problem);
    }
  }

  #receive(message: Said, replies: Reply[]): void {
    message.state = 'sent';
    // Deleted while the reply was on its way: nothing may come back.
    if (!this.entries.includes(message)) return;
    const added = replies.map(replied);
    // A warning from before that comes again takes the place of the old one.
    this.entries = this.entries.filter(
      (one) =>
        one.from === 'user' ||
        this.messageOf(one) !== message ||
        !replies.some(({ kind, plain }) => kind === one.reply.kind && plain === one.reply.plain),
    );
    let end = this.entries.indexOf(message) + 1;
    while (this.entries[end]?.from === 'bot') end += 1;
    this.entries = [...this.entries.slice(0, end), ...added, ...this.entries.slice(end)];
    this.#changed();
    this.listener.replied(added);
  }

  async #withToken<T>(call: (token: string) => Promise<T>): Promise<T> {
    const epoch = this.#epoch;
    const token = this.store.get('token') || (await this.#renew());
    try {
      return await call(token);
    } catch (error) {
      // After a deletion nothing may bring the old words back.
      if (!isUnknownToken(error) || epoch !== this.#epoch) throw error;
      this.#leftovers.leave(token);
      return await call(this.store.get('token') || (await this.#renew()));
    }
  }

  #renew(): Promise<string> {
    this.#renewing ??= this.#start().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #start(): Promise<string> {
    const session = await this.client.start(this.options());
    this.store.set({ token: session.token, greeting: session.raw });
    // Nobody waits for it; 'Delete this conversation' sees to what fails now.
    void this.#leftovers.clear().catch(() => undefined);
    // A second greeting in the middle of a conversation would only confuse.
    if (!this.entries.some((entry) => entry.from === 'bot')) {
      this.entries = [...session.greeting.map(replied), ...this.entries];
      this.listener.greeted(session.greeting);
    }
    this.state = 'ready';
    return session.token;
  }

  #changed(): void {
    // Of a turn that failed on its side the server may keep nothing.
    const broken = this.entries.map((entry) =>
      entry.from === 'bot' && entry.reply.kind === 'error' ? this.messageOf(entry) : null,
    );
    const unsent = this.entries.flatMap((entry) =>
      entry.from === 'user' && (entry.state !== 'sent' || broken.includes(entry))
        ? [{ id: entry.id, text: entry.text }]
        : [],
    );
    this.store.set({ unsent });
    this.listener.changed();
  }
}

const replied = (reply: Reply): Replied => ({ from: 'bot', key: newId(), reply });

const fromLine = (line: Line): Entry =>
  line.from === 'bot' ? replied(line.reply) : said(line.id, line.text, 'sent');

const said = (id: string, text: string, state: Said['state']): Said => ({
  from: 'user',
  key: newId(),
  id,
  text,
  state,
  problem: '',
  readOn: false,
});
