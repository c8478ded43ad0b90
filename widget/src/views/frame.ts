import { html, nothing, svg, type TemplateResult } from 'lit';
import { words } from '../words.js';
import { composer } from './composer.js';
import { transcript } from './transcript.js';
import { consentPane, deletePane, recordPane, toolsPane } from './panes.js';
import type { Desk } from '../desk.js';

const BUBBLE = svg`<path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z" />`;

export const launcher = (desk: Desk): TemplateResult => html`
  <button
    class="launcher"
    id="launcher"
    type="button"
    aria-expanded="false"
    @click=${() => desk.host.show()}
  >
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
      ${BUBBLE}
    </svg>
    <span>${desk.host.heading}</span>
  </button>
`;

/** The whole panel. The conversation stays in place behind the other panes, only hidden. */
export const panel = (desk: Desk): TemplateResult => {
  const chat = desk.pane === 'chat';
  return html`
    <div
      class="panel"
      id="panel"
      tabindex="-1"
      role=${desk.host.floating ? 'dialog' : 'region'}
      aria-labelledby="heading"
    >
      ${chat ? skip(desk) : nothing} ${header(desk)}
      <div class="chat" ?hidden=${!chat}>${transcript(desk)} ${composer(desk)}</div>
      ${chat ? nothing : pane(desk)}
    </div>
  `;
};

/** A long conversation has many buttons: by keyboard they need not all be passed. */
const skip = (desk: Desk): TemplateResult => html`
  <button type="button" class="skip" id="skip" @click=${() => desk.goToQuestion()}>
    ${words.skip}
  </button>
`;

const header = (desk: Desk): TemplateResult => html`
  <div class="header">
    <h2 id="heading">${desk.host.heading}</h2>
    <div class="row">
      <button
        type="button"
        id="tools"
        aria-expanded=${desk.pane === 'tools' ? 'true' : 'false'}
        @click=${() => desk.goTo(desk.pane === 'tools' ? 'chat' : 'tools')}
      >
        ${words.tools}
      </button>
      ${
        desk.host.floating
          ? html`<button type="button" id="close" @click=${() => desk.host.close()}>
              ${words.close}
            </button>`
          : nothing
      }
    </div>
  </div>
`;

const pane = (desk: Desk): TemplateResult => html`
  <div class="pane" id="pane" role="group" aria-labelledby="pane-title" tabindex="0">
    ${inside(desk)}
  </div>
`;

function inside(desk: Desk): TemplateResult | typeof nothing {
  switch (desk.pane) {
    case 'tools':
      return toolsPane(desk);
    case 'consent':
      return consentPane(desk);
    case 'delete':
      return deletePane(desk);
    case 'record':
      return recordPane(desk);
    default:
      return nothing;
  }
}
