import { beforeEach, expect, it, vi } from 'vitest';
import { AskMyoElement } from './element.js';

customElements.define('ask-myo', AskMyoElement);

const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  sessionStorage.clear();
  document.body.replaceChildren();
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify({ token: 't', messages: [{ text: 'Hello.' }] }));
  });
});

async function place(markup: Record<string, string>): Promise<AskMyoElement> {
  const element = document.createElement('ask-myo') as AskMyoElement;
  for (const [name, value] of Object.entries(markup)) element.setAttribute(name, value);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const textOf = (element: AskMyoElement) =>
  element.shadowRoot?.querySelector('.root')?.textContent ?? '';

it('is a closed button that asks nothing of the server', async () => {
  const element = await place({ server: 'https://host' });
  expect(textOf(element)).toContain('Ask about IBM');
  expect(asked).toEqual([]);
});

it('begins when it is opened', async () => {
  const element = await place({ server: 'https://host/' });
  element.open = true;
  await vi.waitFor(() => expect(textOf(element)).toContain('Hello.'));
  expect(asked).toEqual(['https://host/webhooks/widget/sessions']);
});

it('begins at once in the page', async () => {
  const element = await place({ server: 'https://host', mode: 'inline' });
  await vi.waitFor(() => expect(textOf(element)).toContain('Hello.'));
  expect(element.shadowRoot?.querySelector('#close')).toBeNull();
});

it('is switched off while it is hidden, also in the page', async () => {
  const element = await place({ server: 'https://host', mode: 'inline', hidden: '' });
  element.ask('A question');
  await element.updateComplete;
  expect(asked).toEqual([]);
  element.hidden = false;
  await vi.waitFor(() => expect(textOf(element)).toContain('Hello.'));
});

it('takes a language as WordPress writes it', async () => {
  const element = await place({ server: 'https://host', mode: 'inline', lang: 'en_US' });
  await vi.waitFor(() => expect(textOf(element)).toContain('Hello.'));
  expect(element.shadowRoot?.querySelector('.root')?.getAttribute('lang')).toBe('en-US');
});

it('takes its name from the title, and takes the title off', async () => {
  const element = await place({ server: 'https://host', title: 'Ask our assistant' });
  expect(textOf(element)).toContain('Ask our assistant');
  expect(element.hasAttribute('title')).toBe(false);
});

it('says when it opens and closes', async () => {
  const element = await place({ server: 'https://host' });
  const heard: string[] = [];
  for (const name of ['open', 'close']) {
    element.addEventListener(`ask-myo-${name}`, () => heard.push(name));
  }
  element.show();
  await element.updateComplete;
  element.close();
  await element.updateComplete;
  expect(heard).toEqual(['open', 'close']);
});

it('draws the notice and a link to the answers when the chat is switched off in between', async () => {
  const element = await place({ server: 'https://host/base', mode: 'inline' });
  await vi.waitFor(() => expect(textOf(element)).toContain('Hello.'));
  const notice = { text: 'I am not a doctor.' };
  const error = { code: 'chat_off', message: 'Off: see /answers/.', answers: '/answers/', notice };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ error }), { status: 503 }));
  element.ask('A question');
  await vi.waitFor(() => expect(textOf(element)).toContain('The chat is switched off for now.'));
  expect(textOf(element)).toContain('I am not a doctor. In an emergency, call');
  expect(textOf(element)).not.toContain('/answers/');
  const link = element.shadowRoot?.querySelector('.problem a');
  expect(link?.getAttribute('href')).toBe('https://host/base/answers');
});
