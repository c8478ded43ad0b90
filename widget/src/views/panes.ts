import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../words.js';
import type { Desk } from '../desk.js';

const back = (desk: Desk): TemplateResult =>
  html`<button type="button" @click=${() => desk.goTo('chat')}>${words.back}</button>`;

export const toolsPane = (desk: Desk): TemplateResult => html`
  <h3 id="pane-title">${words.toolsTitle}</h3>
  <div class="stack">
    <p id="size">${words.textSize}: ${desk.textSize} %</p>
    <div class="row">
      <button type="button" aria-describedby="size" @click=${() => desk.resize(25)}>
        ${words.larger}
      </button>
      <button type="button" aria-describedby="size" @click=${() => desk.resize(-25)}>
        ${words.smaller}
      </button>
    </div>
    ${
      desk.reader.possible
        ? html`<button type="button" @click=${() => desk.toggleReadAlways()}>
            ${words.always}: ${desk.readAlways ? words.on : words.off}
          </button>`
        : nothing
    }
    <button type="button" @click=${() => desk.goTo('record')}>${words.doctor}</button>
    <button type="button" @click=${() => desk.goTo('delete')}>${words.remove}</button>
    ${back(desk)}
    <slot><a href=${desk.fallbackHref}>${words.readAll}</a></slot>
  </div>
`;

/** Asked before the first use: some browsers send the sound to their maker. */
export const consentPane = (desk: Desk): TemplateResult => html`
  <h3 id="pane-title">${words.consentTitle}</h3>
  ${words.consent.map((paragraph) => html`<p>${paragraph}</p>`)}
  <div class="row">
    <button type="button" class="main" @click=${() => desk.allowSpeech()}>${words.allow}</button>
    <button type="button" @click=${() => desk.goTo('chat')}>${words.notNow}</button>
  </div>
`;

export const deletePane = (desk: Desk): TemplateResult => html`
  <h3 id="pane-title">${words.deleteTitle}</h3>
  <p>${words.deleteText}</p>
  ${desk.deleteProblem ? html`<p class="problem">${desk.deleteProblem}</p>` : nothing}
  <div class="row">
    <button type="button" class="main" @click=${() => void desk.forget()}>
      ${words.deleteYes}
    </button>
    <button type="button" @click=${() => desk.goTo('chat')}>${words.deleteNo}</button>
  </div>
`;

export const recordPane = (desk: Desk): TemplateResult => html`
  <h3 id="pane-title">${words.doctor}</h3>
  <div class="row">
    <button type="button" class="main" @click=${() => desk.print()}>${words.print}</button>
    <button type="button" @click=${() => desk.save()}>${words.save}</button>
    ${back(desk)}
  </div>
  ${desk.notice ? html`<p class="notice">${desk.notice}</p>` : nothing}
  <div class="record">${desk.record()}</div>
`;
