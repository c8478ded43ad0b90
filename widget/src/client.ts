import { fields, readLines, readReplies, type Line, type Reply } from './contract.js';

/** The server answered, but not with what was asked for. Its message is shown to the patient. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter = 0,
    /** What the server wants to be read instead of an answer, and where to read on. */
    readonly notice: Reply | null = null,
    readonly answers = '',
  ) {
    super(message);
    this.name = 'ServerError';
  }
}

export interface Session {
  token: string;
  greeting: Reply[];
  /** The greeting as the server sent it, so that a reload can show it again. */
  raw: unknown;
}

export interface SessionOptions {
  country?: string;
  lang?: string;
}

/** What a page's settings say, if the server would take it: a slip must not stop the widget. */
export function sessionOptions({ country, lang }: Required<SessionOptions>): SessionOptions {
  return {
    lang: /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(lang) ? lang : 'en',
    ...(/^[a-z]{2}$/i.test(country) && { country }),
  };
}

/** Long enough for a slow line and a busy server, short enough that nobody waits for nothing. */
const PATIENCE_MS = 30_000;

/** Speaks the interface under /webhooks/widget, and nothing else. */
export class Client {
  constructor(
    readonly server: string,
    private readonly patience = PATIENCE_MS,
  ) {}

  async start(options: SessionOptions): Promise<Session> {
    const body = await this.#call('POST', 'sessions', '', options);
    const token = body['token'];
    if (typeof token !== 'string' || !token) throw new ServerError(200, 'no_token', '');
    return { token, greeting: readReplies(body['messages']), raw: body['messages'] };
  }

  async send(token: string, id: string, text: string): Promise<Reply[]> {
    const replies = readReplies(
      (await this.#call('POST', 'messages', token, { id, text }))['messages'],
    );
    // Silence is a defect: it is treated as a failure, so that the patient can try again.
    if (!replies.length) throw new ServerError(200, 'no_reply', '');
    return replies;
  }

  async history(token: string): Promise<Line[]> {
    return readLines((await this.#call('GET', 'messages', token))['messages']);
  }

  async feedback(token: string, answer: string, helpful: boolean): Promise<void> {
    await this.#call('POST', 'feedback', token, { answer, helpful });
  }

  async delete(token: string): Promise<void> {
    await this.#call('DELETE', 'session', token);
  }

  /** Tests put their own answers here. */
  request(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, init);
  }

  async #call(method: string, path: string, token: string, body?: object) {
    const headers: Record<string, string> = {};
    if (token) headers['Authorization'] = `Bearer ${token}`;
    if (body) headers['Content-Type'] = 'application/json';
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), this.patience);
    try {
      const response = await this.request(`${this.server}/webhooks/widget/${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        credentials: 'omit',
        cache: 'no-store',
        signal: stop.signal,
      });
      return await read(response);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function read(response: Response): Promise<Record<string, unknown>> {
  if (response.status === 204) return {};
  const body = fields(await response.json().catch(() => null));
  if (response.ok) return body;
  const error = fields(body['error']);
  throw new ServerError(
    response.status,
    typeof error['code'] === 'string' ? error['code'] : `http_${response.status}`,
    typeof error['message'] === 'string' ? error['message'] : '',
    Number(response.headers.get('Retry-After')) || 0,
    readReplies([error['notice']])[0] ?? null,
    typeof error['answers'] === 'string' ? error['answers'] : '',
  );
}
