/**
 * The reply contract as the element reads it.
 *
 * The server is trusted to be ours, its words are not trusted to be well formed: whatever is
 * missing or of the wrong type is left out, so a half-broken reply still shows its text.
 */

export interface Suggestion {
  title: string;
  message: string;
}

export interface Source {
  title: string;
  publisher: string;
  year: string;
  url: string;
  says: string;
}

export interface HelpLine {
  label: string;
  tel: string;
  url: string;
}

export interface Reply {
  kind: string;
  /** The whole reply for a plain channel, sources and disclaimer included. */
  plain: string;
  /** The part to show when the rest has its own place on the card. */
  text: string;
  heading: string;
  answer: string;
  question: string;
  more: boolean;
  evidence: string;
  differs: string;
  disclaimer: string;
  reviewed: string;
  review: string;
  sources: Source[];
  suggestions: Suggestion[];
  /** The words above the suggestions, where the usual ones don't fit. */
  ask: string;
  numbers: HelpLine[];
}

/** One line of a stored conversation. */
export type Line = { from: 'user'; id: string; text: string } | { from: 'bot'; reply: Reply };

type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fields = (value: unknown): Loose => (isObject(value) ? value : {});

const words = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);

export function readReply(value: unknown): Reply {
  const message = fields(value);
  const custom = fields(message['custom']);
  const plain = words(message['text']) || words(custom['text']);
  return {
    kind: words(custom['kind']) || 'plain',
    plain,
    text: words(custom['text']) || plain,
    heading: words(custom['heading']),
    answer: words(custom['answer']),
    question: words(custom['question']),
    more: custom['more'] === true,
    evidence: words(custom['evidence']),
    differs: words(custom['differs']),
    disclaimer: words(custom['disclaimer']),
    reviewed: words(custom['reviewed']),
    review: words(custom['review']),
    sources: list(custom['sources'])
      .map(readSource)
      .filter((source) => source.title),
    suggestions: list(custom['suggestions'])
      .map(readSuggestion)
      .filter((one) => one.message),
    ask: words(custom['ask']),
    numbers: list(custom['numbers'])
      .map(readHelpLine)
      .filter((line) => line.label || line.tel),
  };
}

export function readReplies(value: unknown): Reply[] {
  return list(value)
    .map(readReply)
    .filter((reply) => reply.text || reply.numbers.length || reply.suggestions.length);
}

export function readLines(value: unknown): Line[] {
  return list(value).flatMap((line): Line[] => {
    if (line['from'] === 'user') {
      return [{ from: 'user', id: words(line['id']), text: words(line['text']) }];
    }
    return readReplies([line]).map((reply) => ({ from: 'bot', reply }));
  });
}

function readSource(value: Loose): Source {
  return {
    title: words(value['title']),
    publisher: words(value['publisher']),
    year: words(value['year']),
    url: words(value['url']),
    says: words(value['says']),
  };
}

function readSuggestion(value: Loose): Suggestion {
  const message = words(value['message']) || words(value['title']);
  return { title: words(value['title']) || message, message };
}

function readHelpLine(value: Loose): HelpLine {
  return { label: words(value['label']), tel: words(value['tel']), url: words(value['url']) };
}
