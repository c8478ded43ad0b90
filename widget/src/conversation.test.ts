import { beforeEach, describe, expect, it } from 'vitest';
import { Client, ServerError, type Session } from './client.js';
import { readReply, type Line, type Reply } from './contract.js';
import { Conversation, type Replied, type Said } from './conversation.js';
import { TabStore } from './store.js';
import { words } from './words.js';

const reply = (text: string, kind = 'plain'): Reply => readReply({ text, custom: { kind } });

/** A server in memory. Whatever stands in `failures` is thrown first, one for each call. */
class FakeClient extends Client {
  failures: unknown[] = [];
  deleteFailures: unknown[] = [];
  deleted: string[] = [];
  sent: { token: string; id: string; text: string }[] = [];
  lines: Line[] = [];
  sessions = 0;
  hold: Promise<void> = Promise.resolve();
  /** Given instead of the usual answer, one list for each message. */
  replies: Reply[][] = [];

  override async start(): Promise<Session> {
    this.#fail();
    this.sessions += 1;
    return {
      token: `token-${this.sessions}`,
      greeting: [reply('Hello.')],
      raw: [{ text: 'Hello.' }],
    };
  }
  override async send(token: string, id: string, text: string): Promise<Reply[]> {
    await this.hold;
    this.#fail();
    this.sent.push({ token, id, text });
    return this.replies.shift() ?? [reply(`Answer to ${text}`)];
  }
  override async history(): Promise<Line[]> {
    this.#fail();
    return this.lines;
  }
  override async delete(token: string): Promise<void> {
    const failure = this.deleteFailures.shift();
    if (failure) throw failure;
    this.deleted.push(token);
  }
  #fail(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

function setUp() {
  const client = new FakeClient('https://host');
  const heard = { greeted: 0, replied: 0, failed: [] as string[] };
  const conversation = new Conversation(client, new TabStore('https://host'), () => ({}), {
    changed: () => undefined,
    greeted: () => (heard.greeted += 1),
    replied: () => (heard.replied += 1),
    failed: (_error, problem) => heard.failed.push(problem),
  });
  const texts = () =>
    conversation.entries.map((entry) => (entry.from === 'user' ? entry.text : entry.reply.text));
  return { client, conversation, heard, texts };
}

it('knows a refused website, and goes on once it is served', async () => {
  const { client, conversation, heard } = setUp();
  client.failures.push(new ServerError(403, 'origin', 'Not on the list.'));
  await conversation.begin();
  expect([conversation.refused, heard.failed]).toEqual([
    true,
    [`Not on the list. ${words.emergency}`],
  ]);
  await conversation.begin();
  expect(conversation.state).toBe('ready');
});

const offline = () => new TypeError('Failed to fetch');
const unknownToken = () => new ServerError(401, 'no_token', 'Unknown');

beforeEach(() => sessionStorage.clear());

describe('a conversation', () => {
  it('greets once', async () => {
    const { conversation, client, heard, texts } = setUp();
    await Promise.all([conversation.begin(), conversation.begin()]);
    await conversation.begin();
    expect(texts()).toEqual(['Hello.']);
    expect([client.sessions, heard.greeted]).toEqual([1, 1]);
  });

  it('puts each answer below its question', async () => {
    const { conversation, texts } = setUp();
    await conversation.begin();
    await Promise.all([conversation.send('a'), conversation.send('b')]);
    expect(texts()).toEqual(['Hello.', 'a', 'Answer to a', 'b', 'Answer to b']);
  });

  it('keeps what was not sent, and retries under the same id', async () => {
    const { conversation, client, heard } = setUp();
    await conversation.begin();
    client.failures = [offline()];
    await conversation.send('a');
    const message = conversation.entries[1] as Said;
    expect(message).toMatchObject({ state: 'failed', text: 'a' });
    expect(heard.failed).toHaveLength(1);
    await Promise.all([conversation.retry(message), conversation.retry(message)]);
    expect(client.sent).toEqual([{ token: 'token-1', id: message.id, text: 'a' }]);
  });

  it('starts first when a question comes before the greeting', async () => {
    const { conversation, texts } = setUp();
    await conversation.send('a');
    expect(texts()).toEqual(['Hello.', 'a', 'Answer to a']);
  });

  it('reports a failed start once, with the question that waited for it', async () => {
    const { conversation, client, heard } = setUp();
    client.failures = [offline()];
    await conversation.send('a');
    expect(heard.failed).toHaveLength(1);
    expect(conversation.state).toBe('failed');
  });
});

it('asks again, under the same id, what the server answered with an error', async () => {
  const { client, conversation, texts } = setUp();
  client.replies = [[reply('Failed', 'error')]];
  await Promise.all([conversation.send('a'), conversation.send('b')]);
  const message = conversation.entries[1] as Said;
  expect(conversation.messageOf(conversation.entries[2] as Replied)).toBe(message);
  await conversation.askAgain(message);
  expect(texts()).toEqual(['Hello.', 'a', 'Answer to a', 'b', 'Answer to b']);
  expect(client.sent.map(({ id }) => id === message.id)).toEqual([true, false, true]);
});

it('keeps a warning when the failed part of its turn is asked again', async () => {
  const { client, conversation, texts } = setUp();
  const warning = reply('Call now', 'emergency');
  client.replies = [[warning, reply('Failed', 'error')]];
  await Promise.all([conversation.send('a'), conversation.send('b')]);
  const message = conversation.entries[1] as Said;
  const asked = conversation.askAgain(message);
  expect(texts()).toEqual(['Hello.', 'a', 'Call now', 'b', 'Answer to b']);
  await asked;
  expect(texts()).toEqual(['Hello.', 'a', 'Call now', 'Answer to a', 'b', 'Answer to b']);
});

it('shows a warning once when it comes again', async () => {
  const { client, conversation, texts } = setUp();
  const warning = reply('Call now', 'emergency');
  client.replies = [
    [warning, reply('Failed', 'error')],
    [warning, reply('Done')],
  ];
  await conversation.send('a');
  await conversation.askAgain(conversation.entries[1] as Said);
  expect(texts()).toEqual(['Hello.', 'a', 'Call now', 'Done']);
});

describe('after a reload', () => {
  it('restores what was said and what was not sent', async () => {
    const before = setUp();
    await before.conversation.begin();
    before.client.failures = [offline(), offline()];
    await before.conversation.send('lost');
    await before.conversation.send('arrived');
    before.client.replies = [[reply('Failed', 'error')]];
    await before.conversation.send('broken');
    const [lost, arrived] = before.conversation.entries.slice(1) as [Said, Said];

    const after = setUp();
    after.client.lines = [
      { from: 'user', id: arrived.id, text: 'arrived' },
      { from: 'bot', reply: reply('Its answer') },
    ];
    await after.conversation.begin();
    expect(after.texts()).toEqual(['Hello.', 'arrived', 'Its answer', 'lost', 'broken']);
    const unsent = { state: 'failed', problem: words.emergency };
    expect(after.conversation.entries.slice(-2)).toMatchObject([
      { ...unsent, id: lost.id },
      { ...unsent, text: 'broken' },
    ]);
    expect(after.heard.greeted).toBe(0);
  });

  it('says so when the server has let the conversation end', async () => {
    await setUp().conversation.begin();
    const after = setUp();
    after.client.failures = [unknownToken()];
    await after.conversation.begin();
    expect(after.conversation.ended).toBe(true);
    expect(after.texts()).toEqual(['Hello.']);
  });
});

describe('a token that has expired', () => {
  it('is renewed, and the words are sent again', async () => {
    const { conversation, client, texts } = setUp();
    await conversation.begin();
    client.failures = [unknownToken()];
    await conversation.send('a');
    expect(client.sent).toMatchObject([{ token: 'token-2', text: 'a' }]);
    expect(texts()).toEqual(['Hello.', 'a', 'Answer to a']);
  });

  it('is not renewed for ever', async () => {
    const { conversation, client } = setUp();
    await conversation.begin();
    client.failures = [unknownToken(), null, unknownToken()];
    await conversation.send('a');
    expect(conversation.entries[1]).toMatchObject({ state: 'failed' });
  });

  it('leaves nothing behind on the server', async () => {
    const { conversation, client } = setUp();
    await conversation.begin();
    client.failures = [unknownToken()];
    await conversation.send('a');
    expect(client.deleted).toEqual(['token-1']);
    await conversation.delete();
    expect(client.deleted).toEqual(['token-1', 'token-2']);
  });

  it('is kept until what it began is deleted, also over a reload', async () => {
    const before = setUp();
    await before.conversation.begin();
    before.client.failures = [unknownToken()];
    before.client.deleteFailures = [offline()];
    await before.conversation.send('a');

    const { conversation, client } = setUp();
    await conversation.begin();
    client.deleteFailures = [null, offline()];
    await expect(conversation.delete()).rejects.toThrow();
    expect(conversation.entries).not.toEqual([]);
    await conversation.delete();
    expect(client.deleted).toEqual(['token-2', 'token-2', 'token-1']);
  });

  it('is forgotten where it can delete nothing', async () => {
    const { conversation, client } = setUp();
    await conversation.begin();
    client.failures = [unknownToken()];
    client.deleteFailures = [new ServerError(401, 'bad_token', 'Unknown')];
    await conversation.send('a');
    await conversation.delete();
    expect(client.deleted).toEqual(['token-2']);
  });
});

describe('deleting', () => {
  it('forgets everything once the server has', async () => {
    const { conversation, client } = setUp();
    await conversation.send('a');
    client.deleteFailures = [offline()];
    await expect(conversation.delete()).rejects.toThrow();
    expect(conversation.entries).toHaveLength(3);
    await conversation.delete();
    expect(conversation.entries).toEqual([]);
    expect(sessionStorage.getItem('ask-myo:https://host')).toContain('"token":""');
  });

  it('is done when the server says that nothing is stored any more', async () => {
    const { conversation, client } = setUp();
    await conversation.begin();
    client.deleteFailures = [new ServerError(401, 'ended', 'Ended')];
    await conversation.delete();
    expect(conversation.entries).toEqual([]);
  });

  it('is not done when the server only refuses the token', async () => {
    const { conversation, client } = setUp();
    await conversation.begin();
    client.deleteFailures = [new ServerError(401, 'bad_token', 'Unknown')];
    await expect(conversation.delete()).rejects.toThrow();
    expect(conversation.entries).toHaveLength(1);
  });

  it('lets no reply that was on its way come back', async () => {
    const { conversation, client, heard } = setUp();
    await conversation.begin();
    let release = () => undefined as void;
    client.hold = new Promise((resolve) => (release = resolve));
    const sending = conversation.send('a');
    await Promise.resolve();
    await conversation.delete();
    client.failures = [unknownToken()];
    release();
    await sending;
    expect(conversation.entries).toEqual([]);
    expect(client.sent).toEqual([]);
    expect(heard).toMatchObject({ replied: 0, failed: [] });
  });
});
