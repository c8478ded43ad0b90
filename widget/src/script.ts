/**
 * The file's own script tag, if the page has one. In a module document.currentScript is null, and
 * in a file that a site builder glued together it is somebody else's, so it is looked for by name.
 */
const own = document.querySelector<HTMLScriptElement>('script[src*="/ask-myo.js"]');

/** The server the script came from: https://host/widget/ask-myo.js belongs to https://host. */
export function defaultServer(): string {
  return own?.src ? new URL('..', own.src).href.replace(/\/$/, '') : location.origin;
}

const SETTINGS = ['server', 'mode', 'open', 'title', 'lang', 'country', 'scheme'] as const;

/**
 * Makes one script line enough: if the page holds no element, one is put in, with the settings of
 * the script tag's data- attributes. data-insert="no" prevents that.
 */
export function insertElement(): void {
  if (!own || own.dataset['insert'] === 'no' || document.querySelector('ask-myo')) return;
  const element = document.createElement('ask-myo');
  for (const name of SETTINGS) {
    const value = own.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (own.dataset['mode'] === 'inline' && document.body.contains(own)) own.after(element);
  else document.body.append(element);
}
