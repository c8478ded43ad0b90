import { words } from './words.js';

/** How the record looks on paper and in the saved file. */
const PAPER = `
article { font: 12pt/1.5 Georgia, 'Times New Roman', serif; color: #000; background: #fff; max-width: 42em; }
h1 { font-size: 18pt; line-height: 1.2; } h2 { font-size: 14pt; border-top: 1px solid #000; padding-top: 8pt; }
h3 { font-size: 13pt; } h4 { font-size: 12pt; margin-bottom: 0; } a { color: #000; overflow-wrap: anywhere; }
h2, h3, h4 { break-after: avoid; } li { break-inside: avoid; }`;

const FILE = `${PAPER} body { margin: 2em auto; padding: 0 1em; max-width: 46em; } @media screen { article { font-size: 14pt; } }`;

/** On paper only the record; on the screen everything but it. */
const PAGE = `
@media screen { #ask-myo-paper { display: none !important; } }
@media print {
  html, body { height: auto !important; overflow: visible !important; background: #fff !important; }
  body > *:not(#ask-myo-paper) { display: none !important; }
  #ask-myo-paper { display: block !important; position: static !important; visibility: visible !important; }
}`;

/**
 * Prints the record and nothing else of the host page. Returns false where that can't be done, as
 * on iPads before 2023 and in the browsers inside some apps.
 */
export function printRecord(record: HTMLElement): boolean {
  let clear = (): void => undefined;
  try {
    clear = layOut(record);
    window.print();
    return true;
  } catch {
    clear();
    return false;
  }
}

/**
 * No frame, blob page or style element: a strict CSP forbids them. The record stands in the page
 * in a shadow root of its own while the print dialog is open. Returns what takes it away.
 */
function layOut(record: HTMLElement): () => void {
  const paper = document.createElement('div');
  paper.id = 'ask-myo-paper';
  const root = paper.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet(PAPER)];
  root.append(record.cloneNode(true));
  const rules = sheet(PAGE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.body.append(paper);

  const clear = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
    window.removeEventListener('afterprint', clear);
    window.removeEventListener('pointerdown', clear);
  };
  window.addEventListener('afterprint', clear);
  // Some phones never say that printing has ended.
  window.addEventListener('pointerdown', clear);
  return clear;
}

/** Saves the record as one file that opens on any device, without a network. */
export function saveRecord(record: HTMLElement): void {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.recordTitle}</title><style>${FILE}</style>`;
  // outerHTML is only read here: the browser escapes what people wrote.
  const page = `<!doctype html><html lang="en"><head>${head}</head><body>${record.outerHTML}</body></html>`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([page], { type: 'text/html' }));
  link.download = words.recordFile;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function sheet(rules: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(rules);
  return made;
}
