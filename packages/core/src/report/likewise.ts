import { displayText } from '../text/display.js';
import { contextOf } from './context.js';
import { differingSpan, withoutSigns } from './differing-span.js';
import type { Told } from './same-cause.js';
import { isFact } from './words.js';

/** One entry of a report for people. */
export interface Entry extends Told {
  /** Others that say the same, each by what they have of their own: `t1204 (sg-lb24)`. */
  readonly likewise: readonly string[];
}

/** With more facts that differ beside the subject, nobody could tell which of them stands where. */
const MOST_FACTS = 2;
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
  /** What stands between its blanks. */
  readonly subject: readonly string[];
  /** Ids, numbers and addresses of the rest, with the signs around them. */
  readonly rest: readonly string[];
}

/** What stands between blanks and is an id, a number, an address. */
const FACT = /\S*(?:\d|[^\s-]-[^\s-]|\S[./_]\S)\S*/g;
/** Words of a subject that name nothing. */
const KINDS: ReadonlySet<string> = new Set(['link', 'target', 'gateway', 'route', 'network', 'to', 'by', 'default']);

function readWords({ finding, also }: Told): Words {
  const { check, verdict, severity, subject, remedy = '' } = finding;
  const { before, hop = '', message, rule = '' } = contextOf(finding, also);
  const text = `${before}${hop} \n ${message} \n ${rule} \n ${remedy}`;
  const own = subject.split(' ');
  const checks = also.map((one) => `${one.check} ${one.verdict} ${one.severity}`);
  const masked = withoutNames(text.replace(FACT, BLANK), own);
  return {
    key: [
      check,
      verdict,
      severity,
      ...checks,
      own.length,
      own.length > 1 && !isFact(own[0] ?? '') ? own[0] : '',
      masked,
    ].join('\n'),
    subject: own,
    rest: text.match(FACT) ?? [],
  };
}

/** A text without the names of what it is about that are words like others: `orders`. */
function withoutNames(text: string, own: readonly string[]): string {
  const names = own
    .map(withoutSigns)
    .filter((word) => /\w/.test(word) && !KINDS.has(word) && word.match(FACT) === null);
  if (names.length === 0) return text;
  return text
    .split(' ')
    .map((word) => (names.includes(withoutSigns(word)) ? BLANK : word))
    .join(' ');
}

/** What a second finding has of its own, each once; undefined where that is too much to say. */
function difference(first: Words, second: Words): string | undefined {
  const name = differingSpan(first.subject, second.subject);
  const named = new Set(second.subject.map(withoutSigns));
  const facts = second.rest.filter((word, at) => word !== first.rest[at]).map(withoutSigns);
  const rest = [...new Set(facts)].filter((word) => !named.has(word));
  if (name === '' || rest.length > MOST_FACTS) return undefined;
  return rest.length === 0 ? name : `${name} (${rest.join(', ')})`;
}

/** `likewise t1204 (sg-lb24), t1404 (sg-lb28) and 7 more`. */
export function likewiseText(likewise: readonly string[]): string {
  const shown = likewise.length > MOST_NAMED ? likewise.slice(0, MOST_NAMED - 1) : likewise;
  const more = likewise.length - shown.length;
  return `likewise ${shown.map(displayText).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
