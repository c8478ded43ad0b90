import type { Entry } from './conversation.js';
import type { Reply } from './contract.js';
import { safeHref, telHref } from './links.js';
import { blocks, headingOf, numbersFirst, reviewLine } from './text.js';
import { words } from './words.js';

/** Brings `record` up to date. What stays the same is left alone: a link in it may have focus. */
export function redrawRecord(record: HTMLElement, entries: Entry[], lang: string): HTMLElement {
  const fresh = [...drawRecord(entries, lang).children];
  fresh.forEach((part, index) => {
    const old = record.children[index];
    if (!old) record.append(part);
    else if (!old.isEqualNode(part)) old.replaceWith(part);
  });
  while (record.children.length > fresh.length) record.lastChild?.remove();
  return record;
}

/**
 * 'Take to my doctor': the conversation as plain nodes. The same nodes are shown in the widget,
 * printed, and saved as a file, so that the three can't disagree.
 */
export function drawRecord(entries: Entry[], lang: string, today = new Date()): HTMLElement {
  const record = make('article');
  const date = today.toLocaleDateString(lang || 'en-US', { dateStyle: 'long' });
  add(record, 'h1', words.recordTitle);
  add(record, 'p', words.recordAbout(date));
  const asked = entries.slice(entries.findIndex((entry) => entry.from === 'user'));
  if (!entries.some((entry) => entry.from === 'user')) {
    add(record, 'p', words.recordEmpty);
    return record;
  }
  for (const entry of asked) {
    if (entry.from === 'bot') record.append(drawReply(entry.reply, lang));
    else {
      const unsent = entry.state === 'sent' ? '' : ` (${words.notSent})`;
      add(record, 'h2', `${words.recordAsked}: ${entry.text}${unsent}`);
    }
  }
  return record;
}

function drawReply(reply: Reply, lang: string): HTMLElement {
  const section = make('section');
  const title = headingOf(reply) || reply.question;
  if (title) add(section, 'h3', title);
  if (numbersFirst(reply)) drawNumbers(section, reply);
  for (const block of blocks(reply.text)) {
    if (block.kind === 'paragraph') add(section, 'p', block.text);
    else {
      const items = add(section, 'ul');
      for (const item of block.items) add(items, 'li', item);
    }
  }
  if (!numbersFirst(reply)) drawNumbers(section, reply);
  addFact(section, words.differs, reply.differs);
  addFact(section, words.howSure, reply.evidence);
  addFact(section, words.reviewed, reviewLine(reply, lang));
  drawSources(section, reply);
  if (reply.disclaimer) add(section, 'p', reply.disclaimer);
  return section;
}

function drawNumbers(section: HTMLElement, reply: Reply): void {
  for (const line of reply.numbers) {
    addLink(
      add(section, 'p'),
      [line.label, line.tel].filter(Boolean).join(': '),
      telHref(line.tel) ?? safeHref(line.url),
    );
  }
}

function drawSources(section: HTMLElement, reply: Reply): void {
  if (!reply.sources.length) return;
  add(section, 'h4', words.sources);
  const items = add(section, 'ol');
  for (const source of reply.sources) {
    const item = add(
      items,
      'li',
      [source.title, source.publisher, source.year].filter(Boolean).join(', '),
    );
    if (source.says) add(item, 'div', source.says);
    const href = safeHref(source.url);
    if (href) addLink(add(item, 'div'), href, href);
  }
}

function addFact(parent: HTMLElement, name: string, value: string): void {
  if (!value) return;
  const paragraph = add(parent, 'p');
  add(paragraph, 'strong', `${name}: `);
  paragraph.append(value);
}

function addLink(parent: HTMLElement, text: string, href: string | null): void {
  const link = add(parent, href ? 'a' : 'span', text);
  if (!href) return;
  link.setAttribute('href', href);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
}

const make = (name: string): HTMLElement => document.createElement(name);

function add(parent: HTMLElement, name: string, text = ''): HTMLElement {
  const child = make(name);
  child.textContent = text;
  parent.append(child);
  return child;
}
