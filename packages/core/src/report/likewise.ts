import { displayText } from '../display.js';
import { contextOf } from './context.js';
import type { Told } from './same-cause.js';
import { isFact, WORD, wordsOf } from './words.js';

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
    const own = same
      .map((other) => ({ other, text: difference(other.words, words) }))
      .find(({ text }) => text !== undefined);
    if (own?.text === undefined) {
      const entry = { ...one, likewise: [] };
      entries.push(entry);
      // All of a long list that differ in much would be compared with each other.
      if (same.length < 8) same.push({ entry, words });
    } else own.other.entry.likewise.push(own.text);
  }
  return entries;
}

interface Words {
  /** What has to be the same. */
  readonly key: string;
  /** Names, ids and numbers: those of the subject, then those of the rest. */
  readonly subject: readonly string[];
  readonly rest: readonly string[];
}

function readWords({ finding, also }: Told): Words {
  const { check, verdict, severity, subject, remedy = '' } = finding;
  const { before, hop = '', message, rule = '' } = contextOf(finding, also);
  const own = wordsOf(subject);
  const facts: string[] = [];
  const masked = `${before}${hop}\n${message}\n${rule}\n${remedy}`.replace(WORD, (word) => {
    if (!own.has(word) && !isFact(word)) return word;
    facts.push(word);
    return BLANK;
  });
  const checks = also.map((one) => `${one.check} ${one.verdict} ${one.severity}`);
  const subjects = [...own];
  return {
    key: [check, verdict, severity, ...checks, subjects.length, subjects.length > 1 ? subjects[0] : '', masked].join(
      '\n',
    ),
    subject: subjects,
    rest: facts,
  };
}

/** What a second finding has of its own, each once; undefined where that is too much to say. */
function difference(first: Words, second: Words): string | undefined {
  const name = differing(first.subject, second.subject);
  const rest = differing(first.rest, second.rest).filter((word) => !name.includes(word));
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
