import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Bounce } from './bounce.js';
import { Desk } from './desk.js';
import type { Host } from './host.js';
import { isCovering, stayOnTop } from './place.js';
import { defaultServer } from './script.js';
import { styles } from './styles/index.js';
import { launcher, panel } from './views/frame.js';
import { words } from './words.js';

/** `<ask-myo>`: its attributes, its place on the page, and its events. */
export class AskMyoElement extends LitElement implements Host {
  static override styles = styles;

  static override properties = {
    server: { type: String },
    mode: { type: String },
    open: { type: Boolean, reflect: true },
    lang: { type: String },
    country: { type: String },
    heading: { state: true },
    aside: { state: true },
  };

  server = '';
  mode = 'floating';
  open = false;
  override lang = '';
  country = '';
  heading: string = words.title;
  /** The launcher has moved over, because a control of the page under it has focus. */
  aside = false;

  #desk: Desk | null = null;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'title', 'hidden'];
  }

  /** `title` names the panel. It is taken off, or the browser would show it as a tooltip. */
  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name === 'hidden') this.#hide();
    else if (name !== 'title') super.attributeChangedCallback(name, old, value);
    else if (value !== null) {
      this.heading = value || words.title;
      this.removeAttribute('title');
    }
  }

  get floating(): boolean {
    return this.mode !== 'inline';
  }

  /** Where the server is: the attribute, or where the script came from. */
  get base(): string {
    return (this.server || defaultServer()).replace(/\/+$/, '');
  }

  /** Opens the panel and moves focus into it. Call it only when a person asked for it. */
  show(): void {
    this.open = true;
    // Not the text field: on a phone the keyboard would cover the greeting and its buttons.
    void this.updateComplete.then(() => this.find('#panel')?.focus());
  }

  /** Closes the panel and gives focus back to the button that opens it. */
  close(): void {
    this.open = false;
    void this.updateComplete.then(() => this.find('#launcher')?.focus());
  }

  /** Opens the panel and asks a question. */
  ask(question: string): void {
    if (this.hidden) return;
    if (!this.open) this.show();
    this.#desk?.ask(question);
  }

  find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  emit(name: string, detail: object = {}): void {
    this.dispatchEvent(
      new CustomEvent(`ask-myo-${name}`, { bubbles: true, composed: true, detail }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#desk ??= new Desk(this);
    this.#desk.connect();
    document.addEventListener('focusin', this.#makeRoom);
    window.addEventListener('pageshow', this.#comeBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#desk?.disconnect();
    document.removeEventListener('focusin', this.#makeRoom);
    window.removeEventListener('pageshow', this.#comeBack);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('server') && this.hasUpdated) this.#startOver();
  }

  protected override render(): TemplateResult | typeof nothing {
    const desk = this.#desk;
    if (!desk) return nothing;
    const place = this.floating ? 'floating' : 'inline';
    return html`<div
      class="root ${place} ${this.aside ? 'aside' : ''} size-${desk.textSize}"
      lang=${desk.lang}
      popover=${this.floating ? 'manual' : nothing}
      @keydown=${this.#escape}
      @click=${this.#press}
      @input=${() => this.#bounce.forget()}
    >
      ${this.#shown ? panel(desk) : launcher(desk)}
    </div>`;
  }

  protected override firstUpdated(): void {
    this.emit('ready');
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.floating) stayOnTop(this.find('.root'));
    // Nothing is asked of the server before somebody wants to see the panel.
    if (this.#shown && this.#desk?.conversation.state === 'idle') this.#desk.begin();
    // On the first drawing `open` comes from the page, not from a person.
    if (!changed.has('open') || changed.get('open') === undefined) return;
    if (!this.open) this.#desk?.fold();
    this.emit(this.open ? 'open' : 'close');
  }

  #startOver(): void {
    this.#desk?.disconnect();
    this.#desk = new Desk(this);
    this.#desk.connect();
  }

  /** Back from another page, where the conversation may have gone on or been deleted. */
  #comeBack = (event: PageTransitionEvent): void => {
    if (!event.persisted) return;
    this.#startOver();
    this.requestUpdate();
  };

  get #shown(): boolean {
    return !this.hidden && (this.open || !this.floating);
  }

  /** `hidden` is how a site switches the assistant off. */
  #hide(): void {
    if (this.hidden) this.#desk?.fold();
    this.requestUpdate();
  }

  #escape = (event: KeyboardEvent): void => {
    this.#bounce.forget();
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.#desk && this.#desk.pane !== 'chat') this.#desk.goTo('chat');
    else if (this.floating && this.open) this.close();
    else return;
    event.stopPropagation();
  };

  #bounce = new Bounce();

  #press = {
    handleEvent: (event: MouseEvent): void => {
      if (!this.#bounce.isOne(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    capture: true,
  };

  /** A control of the page that takes focus must not lie under the widget. */
  #makeRoom = (event: FocusEvent): void => {
    const path = event.composedPath();
    const target = path[0];
    if (!this.floating || path.includes(this) || !(target instanceof HTMLElement)) return;
    this.aside = false;
    this.#bounce.forget();
    if (this.open) {
      if (isCovering(this.find('#panel'), target, 'all')) this.open = false;
    } else if (isCovering(this.find('#launcher'), target, 'some')) this.aside = true;
  };
}
