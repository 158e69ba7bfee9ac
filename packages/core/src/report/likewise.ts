import { displayText } from '../display.js';
import { contextOf } from './context.js';
import type { Told } from './same-cause.js';
import { isFact, wordsOf } from './words.js';

/** One entry of a report for people. */
export interface Entry extends Told {
  /** Others that say the same, each by what they have of their own: `t1204 (sg-lb24)`. */
  readonly likewise: readonly string[];
}

/** With more that differs, findings do not say the same. */
const MOST_DIFFERENT = 4;
/** More than anybody reads; the JSON report holds all. */
const MOST_NAMED = 4;

/** Stands for a name in what has to be the same. */
const BLANK = '\0';

/**
 * One entry for what differs in names, ids and numbers only: `t1004: sg-lb20 lets in more …`, likewise `t1204 (sg-lb24)`. All that
 * differs is told. The order is that of the first of each.
 */
export function likewise(told: readonly Told[]): readonly Entry[] {
  const known = new Map<string, { entry: Told & { likewise: string[] }; words: Words }[]>();
  const entries: Entry[] = [];
  for (const one of told) {
    const words = readWords(one);
    const same = known.get(words.key) ?? [];
    known.set(words.key, same);
    let text: string | undefined;
    const lead = same.find((other) => (text = difference(other.words, words)) !== undefined);
    if (lead !== undefined && text !== undefined) {
      lead.entry.likewise.push(text);
      continue;
    }
    const entry = { ...one, likewise: [] };
    entries.push(entry);
    // All of a long list that differ in much would be compared with each other.
    if (same.length < 8) same.push({ entry, words });
  }
  return entries;
}

interface Words {
  /** What has to be the same. */
  readonly key: string;
  readonly subject: readonly string[];
  /** Ids, numbers and addresses of the rest, with the signs around them. */
  readonly rest: readonly string[];
}

/** What stands between blanks and is an id, a number, an address. */
const FACT = /\S*(?:\d|[^\s-]-[^\s-]|\S[./_]\S)\S*/g;
/** Signs around a word. */
const SIGNS = /^[("'`[]+|[)"'`\],.:;]+$/g;
/** Words of a subject that name nothing. */
const KINDS: ReadonlySet<string> = new Set(['link', 'target', 'gateway', 'route', 'network', 'to', 'by', 'default']);

function readWords({ finding, also }: Told): Words {
  const { check, verdict, severity, subject, remedy = '' } = finding;
  const { before, hop = '', message, rule = '' } = contextOf(finding, also);
  const text = `${before}${hop} \n ${message} \n ${rule} \n ${remedy}`;
  const own = [...wordsOf(subject)];
  const checks = also.map((one) => `${one.check} ${one.verdict} ${one.severity}`);
  const masked = withoutNames(text.replace(FACT, BLANK), own);
  return {
    key: [check, verdict, severity, ...checks, own.length, own.length > 1 ? own[0] : '', masked].join('\n'),
    subject: own,
    rest: text.match(FACT) ?? [],
  };
}

/** A text without the names of what it is about that are words like others: `orders`. */
function withoutNames(text: string, own: readonly string[]): string {
  const names = own.filter((word) => !KINDS.has(word) && !isFact(word));
  if (names.length === 0) return text;
  return text
    .split(' ')
    .map((word) => (names.includes(word.replace(SIGNS, '')) ? BLANK : word))
    .join(' ');
}

/** What a second finding has of its own, each once; undefined where that is too much to say. */
function difference(first: Words, second: Words): string | undefined {
  const name = differing(first.subject, second.subject);
  const rest = [...new Set(differing(first.rest, second.rest).map((word) => word.replace(SIGNS, '')))].filter(
    (word) => !name.includes(word),
  );
  if (name.length === 0 || name.length + rest.length > MOST_DIFFERENT) return undefined;
  return rest.length === 0 ? name.join(' ') : `${name.join(' ')} (${rest.join(', ')})`;
}

function differing(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set(second.filter((word, at) => word !== first[at]))];
}

/** `likewise t1204 (sg-lb24), t1404 (sg-lb28) and 7 more`. */
export function likewiseText(likewise: readonly string[]): string {
  const shown = likewise.length > MOST_NAMED ? likewise.slice(0, MOST_NAMED - 1) : likewise;
  const more = likewise.length - shown.length;
  return `likewise ${shown.map(displayText).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
