import type { Reply } from './contract.js';
import { withEmergency } from './problems.js';
import { words } from './words.js';

export type Block = { kind: 'paragraph'; text: string } | { kind: 'list'; items: string[] };

const BULLET = /^\s*(?:[-*\u2022]|\d+[.)])\s+/;

/** Paragraphs and lists. Nothing else is read into the text: no markup, no links. */
export function blocks(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .flatMap((part) => splitPart(part.split('\n').filter((line) => line.trim())));
}

function splitPart(lines: string[]): Block[] {
  const found: Block[] = [];
  for (const line of lines) {
    const last = found[found.length - 1];
    if (BULLET.test(line)) {
      const item = line.replace(BULLET, '');
      if (last?.kind === 'list') last.items.push(item);
      else found.push({ kind: 'list', items: [item] });
    } else if (last?.kind === 'paragraph') {
      last.text += ` ${line.trim()}`;
    } else {
      found.push({ kind: 'paragraph', text: line.trim() });
    }
  }
  return found;
}

/** What a page says is its language, as browsers take it. WordPress writes en_US. */
export function languageTag(lang: string | null): string {
  try {
    return Intl.getCanonicalLocales(lang?.replace(/_/g, '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** '2026-11-20' as 'November 20, 2026'. Anything else is shown as it came. */
export function longDate(date: string, lang: string): string {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T12:00:00Z`) : null;
  if (!parsed || Number.isNaN(parsed.getTime())) return date;
  try {
    return parsed.toLocaleDateString(lang || 'en-US', { dateStyle: 'long', timeZone: 'UTC' });
  } catch {
    return date;
  }
}

export function reviewLine(reply: Reply, lang: string): string {
  const by = { editorial: words.byEditors, clinical: words.byClinician }[reply.review];
  return [longDate(reply.reviewed, lang), by].filter(Boolean).join(', ');
}

export const isAlert = (reply: Reply): boolean => reply.kind in words.alerts;

/** An urgent sign needs its reason first: most who read it call a doctor, not these numbers. */
export const numbersFirst = (reply: Reply): boolean => isAlert(reply) && reply.kind !== 'urgent';

export function headingOf(reply: Reply): string {
  return reply.heading || (words.alerts[reply.kind]?.heading ?? '');
}

/** A failed turn is no answer either: its words say where to turn in an emergency. */
export const textOf = (reply: Reply): string =>
  reply.kind === 'error' ? withEmergency(reply.text) : reply.text;

/** The reply as it is heard: by a screen reader or a voice, in the order of the card. */
export function spoken(reply: Reply): string {
  const numbers = reply.numbers.map((line) => `${line.label}: ${line.tel || line.url}.`);
  const said = [reply.question, textOf(reply)];
  const parts = [
    words.alerts[reply.kind]?.tag,
    headingOf(reply),
    ...(numbersFirst(reply) ? [...numbers, ...said] : [...said, ...numbers]),
    reply.differs && `${words.differs}: ${reply.differs}`,
    reply.disclaimer,
    reply.suggestions.length ? reply.ask : '',
  ];
  return parts.filter(Boolean).map(endSentence).join(' ');
}

const endSentence = (part: string | undefined): string =>
  part && /[.!?:]$/.test(part) ? part : `${part}.`;
