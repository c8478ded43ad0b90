/** What the desk needs from its element. */
export interface Host {
  readonly base: string;
  readonly floating: boolean;
  readonly heading: string;
  readonly country: string;
  lang: string;
  open: boolean;
  readonly updateComplete: Promise<boolean>;
  requestUpdate(): void;
  find(selector: string): HTMLElement | null;
  emit(name: string, detail?: object): void;
  show(): void;
  close(): void;
}
