import { html, nothing, type TemplateResult } from 'lit';
import type { HelpLine, Reply, Source, Suggestion } from '../contract.js';
import type { Replied } from '../conversation.js';
import { safeHref, telHref } from '../links.js';
import { blocks, headingOf, isAlert, numbersFirst, reviewLine, spoken, textOf } from '../text.js';
import { words } from '../words.js';
import type { Desk } from '../desk.js';

type Part = TemplateResult | typeof nothing;

/** One reply. Every part comes from the contract and is drawn as text. */
export function card(desk: Desk, entry: Replied): TemplateResult {
  const { reply } = entry;
  const alert = isAlert(reply) ? `alert ${reply.kind}` : '';
  return html`
    <div class="card ${alert}" data-key=${entry.key} data-kind=${reply.kind}>
      <p class="who">${words.alerts[reply.kind]?.tag ?? words.myo}</p>
      ${heading(reply)} ${body(reply)} ${moreDetail(desk, reply)}
      ${fact(words.differs, reply.differs)} ${sources(reply)} ${trust(reply, desk.lang)}
      ${reply.disclaimer ? html`<p class="disclaimer">${reply.disclaimer}</p>` : nothing}
      ${actions(desk, entry)} ${suggestions(desk, reply)}
    </div>
  `;
}

function heading(reply: Reply): Part {
  const title = headingOf(reply);
  if (title) return html`<h3>${title}</h3>`;
  if (!reply.question) return nothing;
  return html`<h3><span class="understood">${words.understood}: </span>${reply.question}</h3>`;
}

/** Where seconds count the numbers come before any words; else the words say what they are for. */
const body = (reply: Reply): Part =>
  numbersFirst(reply)
    ? html`${numbers(reply)} ${prose(reply.text)}`
    : html`${prose(textOf(reply))} ${numbers(reply)}`;

const prose = (text: string): Part =>
  html`<div class="text">
    ${blocks(text).map((block) =>
      block.kind === 'list'
        ? html`<ul>
            ${block.items.map((item) => html`<li>${item}</li>`)}
          </ul>`
        : html`<p>${block.text}</p>`,
    )}
  </div>`;

/** Numbers to tap. A line that can't be called or opened is still shown, as words. */
function numbers(reply: Reply): Part {
  if (!reply.numbers.length) return nothing;
  return html`<ul class="numbers">
    ${reply.numbers.map((line) => html`<li>${numberLink(line)}</li>`)}
  </ul>`;
}

function numberLink(line: HelpLine): TemplateResult {
  const tel = telHref(line.tel);
  const href = tel ?? safeHref(line.url);
  const inside = html`<strong>${tel ? words.call : words.open} ${line.tel || line.label}</strong>
    ${line.tel ? html`<span>${line.label}</span>` : nothing}`;
  if (!href)
    return html`<span class="number"
      ><strong>${line.tel}</strong> <span>${line.label}</span></span
    >`;
  return tel
    ? html`<a class="number" href=${href}>${inside}</a>`
    : html`<a class="number" href=${href} target="_blank" rel="noopener noreferrer">${inside}</a>`;
}

/**
 * The server gives more detail on its last answer only. An older card offers to ask its question
 * again: the same button, so that keyboard focus on it is not lost when a newer answer arrives.
 */
function moreDetail(desk: Desk, reply: Reply): Part {
  if (!reply.more) return nothing;
  const current = lastAnswer(desk) === reply.answer;
  const message = current ? words.moreDetail.toLowerCase() : reply.question;
  return html`<div class="row">
    <button type="button" @click=${() => desk.ask(message)}>
      ${current ? words.moreDetail : words.askAgain}<span class="hidden">: ${reply.question}</span>
    </button>
  </div>`;
}

function lastAnswer(desk: Desk): string {
  const { entries } = desk.conversation;
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at];
    if (entry?.from === 'bot' && entry.reply.answer) return entry.reply.answer;
  }
  return '';
}

const fact = (name: string, value: string): Part =>
  value ? html`<p class="fact"><strong>${name}:</strong> ${value}</p>` : nothing;

const trust = (reply: Reply, lang: string): Part =>
  html`${fact(words.howSure, reply.evidence)}
  ${reply.reviewed ? fact(words.reviewed, reviewLine(reply, lang)) : nothing}`;

function sources(reply: Reply): Part {
  if (!reply.sources.length) return nothing;
  return html`<h4>${words.sources}</h4>
    <ul class="sources">
      ${reply.sources.map((source) => html`<li>${sourceLink(source)}</li>`)}
    </ul>`;
}

function sourceLink(source: Source): TemplateResult {
  const href = safeHref(source.url);
  const from = [source.publisher, source.year].filter(Boolean).join(', ');
  const inside = html`<span class="name">${source.title}</span> <span class="from">${from}</span>`;
  if (!href) return html`<span class="source">${inside}</span>`;
  return html`<a class="source" href=${href} target="_blank" rel="noopener noreferrer"
    >${inside}<span class="hidden"> (${words.newTab})</span></a
  >`;
}

function actions(desk: Desk, entry: Replied): Part {
  if (entry.reply.kind === 'error') return again(desk, entry);
  const read = desk.reader.possible ? readAloud(desk, entry) : nothing;
  const vote = entry.reply.answer ? helpful(desk, entry) : nothing;
  return read === nothing && vote === nothing
    ? nothing
    : html`<div class="row">${read} ${vote}</div>`;
}

/** The server failed on its side: the same words can be sent once more. */
function again(desk: Desk, entry: Replied): Part {
  const message = desk.conversation.messageOf(entry);
  if (!message || message.state !== 'sent') return nothing;
  return html`<div class="row">
    <button type="button" class="main" @click=${() => desk.askAgain(message)}>
      ${words.tryAgain}
    </button>
  </div>`;
}

function readAloud(desk: Desk, entry: Replied): TemplateResult {
  const reading = desk.reader.reading === entry.key;
  return html`<button
    type="button"
    @click=${() => desk.toggleReading(entry.key, spoken(entry.reply))}
  >
    ${reading ? words.stopReading : words.readAloud}
  </button>`;
}

function helpful(desk: Desk, { key, reply }: Replied): TemplateResult {
  const vote = desk.votes.get(key);
  const button = (label: string, value: boolean) =>
    html`<button
      type="button"
      aria-pressed=${vote?.helpful === value && vote.state !== 'failed' ? 'true' : 'false'}
      @click=${() => desk.votes.cast(key, reply.answer, value)}
    >
      ${label}<span class="hidden">: ${reply.question}</span>
    </button>`;
  return html`${button(words.helpful, true)} ${button(words.notHelpful, false)}
  ${
    vote && vote.state !== 'saving'
      ? html`<p class="vote">${vote.state === 'saved' ? words.thanks : words.noThanks}</p>`
      : nothing
  }`;
}

function suggestions(desk: Desk, reply: Reply): Part {
  const shown = reply.suggestions.filter((one) => !(reply.more && isMoreDetail(one)));
  if (!shown.length) return nothing;
  const usual = reply.kind === 'clarify' ? words.clarify : words.suggestions;
  return html`<h4>${reply.ask || usual}</h4>
    <ul class="suggestions">
      ${shown.map(
        (one) =>
          html`<li>
            <button type="button" class="suggestion" @click=${() => desk.ask(one.message)}>
              ${one.title}
            </button>
          </li>`,
      )}
    </ul>`;
}

/** The card has its own button for this. */
const isMoreDetail = (one: Suggestion): boolean =>
  one.message.toLowerCase() === words.moreDetail.toLowerCase();
