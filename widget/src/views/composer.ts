import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { words } from '../words.js';
import type { Desk } from '../desk.js';

/** A real textarea and real buttons: dictation and switch software rely on them. */
export const composer = (desk: Desk): TemplateResult => html`
  <form class="composer" @submit=${(event: Event) => submit(desk, event)}>
    <label for="question">${words.label}</label>
    <textarea
      id="question"
      rows="2"
      autocomplete="off"
      aria-describedby="notice"
      .value=${live(desk.draft)}
      @input=${(event: Event) => desk.write((event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => enter(desk, event)}
    ></textarea>
    <p id="notice" class="notice">${desk.notice}</p>
    <div class="row">
      ${
        desk.dictation.possible
          ? html`<button type="button" id="speak" @click=${() => desk.speak()}>
              ${desk.dictation.listening ? words.stop : words.speak}
            </button>`
          : nothing
      }
      <button type="submit" id="send" class="main">${words.send}</button>
    </div>
  </form>
`;

function submit(desk: Desk, event: Event): void {
  event.preventDefault();
  desk.submit();
}

function enter(desk: Desk, event: KeyboardEvent): void {
  // isComposing: Enter picks a word in some input methods and must not send.
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(desk, event);
}
