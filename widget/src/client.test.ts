import { expect, it } from 'vitest';
import { Client, ServerError, sessionOptions } from './client.js';

class StubClient extends Client {
  asked: { url: string; init: RequestInit }[] = [];
  answers: Response[] = [];

  override async request(url: string, init: RequestInit): Promise<Response> {
    this.asked.push({ url, init });
    const answer = this.answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  }
}

function clientWith(status: number, body: unknown, headers: Record<string, string> = {}) {
  const client = new StubClient('https://host/base');
  client.answers.push(
    new Response(status === 204 ? null : JSON.stringify(body), { status, headers }),
  );
  return client;
}

it('starts a conversation', async () => {
  const client = clientWith(200, { token: 't', messages: [{ text: 'Hello.' }] });
  const session = await client.start({ lang: 'en' });
  expect(session.token).toBe('t');
  expect(session.greeting[0]?.text).toBe('Hello.');
  expect(client.asked[0]?.url).toBe('https://host/base/webhooks/widget/sessions');
  expect(client.asked[0]?.init).toMatchObject({
    method: 'POST',
    credentials: 'omit',
    body: '{"lang":"en"}',
  });
});

it('sends the token in a header and nowhere else', async () => {
  const client = clientWith(200, { id: '1', messages: [{ text: 'A reply.' }] });
  await client.send('secret', '1', 'A question');
  const { url, init } = client.asked[0]!;
  expect(init.headers).toMatchObject({ Authorization: 'Bearer secret' });
  expect(url + String(init.body)).not.toContain('secret');
});

it('leaves out settings the server would refuse', () => {
  expect(sessionOptions({ country: 'USA', lang: 'English!' })).toEqual({ lang: 'en' });
  expect(sessionOptions({ country: 'us', lang: 'en-US' })).toEqual({
    lang: 'en-US',
    country: 'us',
  });
});

it('passes on what the server says went wrong', async () => {
  const error = { code: 'rate_limited', message: 'Please wait.' };
  const client = clientWith(429, { error }, { 'Retry-After': '7' });
  await expect(client.send('t', '1', 'a')).rejects.toMatchObject({
    status: 429,
    code: 'rate_limited',
    message: 'Please wait.',
    retryAfter: 7,
  });
});

it('survives an error page that is not JSON', async () => {
  const client = new StubClient('');
  client.answers.push(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  await expect(client.history('t')).rejects.toMatchObject({
    status: 502,
    code: 'http_502',
    message: '',
  });
});

it('takes silence for a failure', async () => {
  await expect(clientWith(200, { messages: [] }).send('t', '1', 'a')).rejects.toBeInstanceOf(
    ServerError,
  );
});

it('accepts an empty answer to a deletion', async () => {
  await expect(clientWith(204, null).delete('t')).resolves.toBeUndefined();
});

it('gives up on a server that never answers', async () => {
  class Silent extends Client {
    override request(_: string, init: RequestInit): Promise<Response> {
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    }
  }
  await expect(new Silent('', 5).history('t')).rejects.toMatchObject({ name: 'AbortError' });
});

it('keeps the notice and the way to the answers', async () => {
  const error = {
    code: 'chat_off',
    message: 'Off.',
    answers: '/answers/',
    notice: { text: 'Read.' },
  };
  await expect(clientWith(503, { error }).send('t', '1', 'a')).rejects.toMatchObject({
    notice: { text: 'Read.' },
    answers: '/answers/',
  });
});
