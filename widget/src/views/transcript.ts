import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry, Said } from '../conversation.js';
import { noStart } from '../problems.js';
import { words } from '../words.js';
import { card } from './card.js';
import type { Desk } from '../desk.js';

/**
 * The log. aria-live is off: the announcer in the page speaks each reply once, and two live
 * regions would speak it twice. It can be focused, so that the arrow keys scroll it.
 */
export const transcript = (desk: Desk): TemplateResult => html`
  <div class="log" id="log" role="log" aria-live="off" aria-label=${words.log} tabindex="0">
    ${desk.conversation.ended ? html`<p class="note">${words.ended}</p>` : nothing}
    ${repeat(
      desk.conversation.entries,
      (entry) => entry.key,
      (entry) => line(desk, entry),
    )}
    ${progress(desk)}
  </div>
`;

const line = (desk: Desk, entry: Entry): TemplateResult =>
  entry.from === 'bot' ? card(desk, entry) : said(desk, entry);

const said = (desk: Desk, message: Said): TemplateResult => html`
  <div class="said" tabindex="-1" data-key=${message.key}>
    <p class="who">${words.you}</p>
    <p class="text">${message.text}</p>
    ${message.state === 'failed' ? notSent(desk, message) : nothing}
  </div>
`;

const notSent = (desk: Desk, message: Said): TemplateResult => html`
  <div class="problem">
    <p><strong>${words.notSent}</strong> ${message.problem} ${kept(message.problem)}</p>
    <div class="row">
      <button type="button" class="main" @click=${() => desk.retry(message)}>
        ${words.tryAgain}
      </button>
      <button type="button" @click=${() => desk.change(message)}>${words.change}</button>
      ${message.readOn ? html`<a href=${desk.fallbackHref}>${words.readAll}</a>` : nothing}
    </div>
  </div>
`;

/** The server's own message may have said so already. */
const kept = (problem: string): string => (/\bkept\b/.test(problem) ? '' : words.kept);

function progress(desk: Desk): TemplateResult | typeof nothing {
  const { state, problem, refused } = desk.conversation;
  if (desk.wait.shown) return html`<p class="note progress">${desk.wait.shown}</p>`;
  if (state === 'starting') return html`<p class="note progress">${words.starting}</p>`;
  if (state !== 'failed') return nothing;
  // A message that waits has a 'Try again' of its own, which starts the conversation too.
  const unsent = desk.conversation.entries.some((entry) => entry.from === 'user');
  return html`
    <div class="problem">
      <p><strong>${noStart(refused)}</strong> ${problem}</p>
      <div class="row">
        ${
          unsent || refused
            ? nothing
            : html`<button type="button" class="main" @click=${() => desk.tryToBegin()}>
                ${words.tryAgain}
              </button>`
        }
        <slot><a href=${desk.fallbackHref}>${words.readAll}</a></slot>
      </div>
    </div>
  `;
}
