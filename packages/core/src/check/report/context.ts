import type { Evidence, Finding, OpenFinding } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import { MARKS } from './lists.js';
import { hopWindow, missingOf, type MissingFact } from './same-cause.js';
import { subjectText as labelsOf } from '../../do/findings/subject.js';
import { reasonIn } from '../../do/findings/explanation.js';

/** Provider, service, region and account of an ARN, which a line of output does not need. */
const ARN = /\barn:[^:\s]*:[^:\s]*:[^:\s]*:[^:\s]*:(?=[^:\s])/g;

/** A text as a line shows it: of each ARN the resource. */
export function shortText(text: string): string {
  return displayText(text.replace(ARN, ''));
}

/** The deciding rule and its content: `sgr-1: out tcp 443 to 10.0.0.0/8`. */
export function ruleParamsText({ id, text }: Pick<Evidence, 'id' | 'text'>): string {
  if (text === '' || text === id) return shortText(id);

  return text.startsWith(id) ? displayText(text) : `${shortText(id)}: ${displayText(text)}`;
}

/** The words of a text, including names: IDs, numbers, addresses. Punctuation around them does not belong to them. */
const WORD = /[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+(?:\.+[^\s()[\]{}<>,;:"'`–→·…✓✗?!=|&+~^%#@\\.]+)*/g;

/** The words of a text, without punctuation around them: `sg-1`, `10.0.0.0/8`, `443`. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(WORD) ?? []);
}

/** Whether a word is a fact (an ID, a number, an address) and not a word of the language. */
export function isFact(word: string): boolean {
  return /\d|[^-]-[^-]|[._/]/.test(word);
}

/** The path to the subject of a finding, and its message, as text. */
export interface Context {
  /** The hops before the one that decided: `… ✓ route · `; of a walk where none did the first ones. Empty without a walk. */
  readonly before: string;
  /** The hop that decided, with its mark: `✗ security group in`. */
  readonly hop?: string | undefined;
  /** The problem: the message, without what the path contains already. */
  readonly message: string;
  /** What decided, as far as neither message nor remedy name it: `sgr-1: in tcp 443 from 0.0.0.0/0`. */
  readonly rule?: string | undefined;
}

/**
 * The text of a finding in a report besides its check, its subject and its remedy, and of other findings with
 * the same cause. The text is safe on a terminal.
 */
export function contextOf(finding: Finding, also: readonly Finding[] = []): Context {
  const { message, evidence } = finding;
  const missing = also.length === 0 ? undefined : sharedFact([finding, ...also]);
  // Several questions wait for one fact: what each of them is, their checks say.
  if (missing !== undefined) {
    return { before: '', message: displayText(`cannot be determined: ${missing.what} could not be read`) };
  }

  const { hops, deciding, cutBefore } = hopWindow(finding);
  if (hops.length === 0) {
    const [first] = evidence;
    const rule = first === undefined || first.kind === 'spec' ? undefined : unsaid(first, finding);
    return { before: '', message: displayText(message), rule };
  }

  const marks = hops.map(({ hop, kind, verdict = 'unknown' }) => `${MARKS[verdict]} ${displayText(hop ?? kind)}`);
  const hop = deciding === undefined ? undefined : marks.pop();
  return {
    before: `${cutBefore ? '… ' : ''}${marks.map((mark) => `${mark} · `).join('')}`,
    hop,
    message: displayText(deciding?.hop === undefined ? message : reasonIn(message, deciding.hop)),
    rule: deciding === undefined ? undefined : unsaid(deciding, finding),
  };
}

/** The fact that all of some verdicts wait for. */
function sharedFact(findings: readonly Finding[]): MissingFact | undefined {
  if (findings.some(({ verdict }) => verdict !== 'unknown')) return undefined;

  // A walk names the hop at which a fact is missing.
  const others = findings.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'missing fact'));
  return others.flatMap((one) => missingOf(one) ?? [])[0];
}

/**
 * The part of a piece of evidence that is missing from the displayed line: its ID where the line does not
 * contain it, its text where that contains a further fact. The line is only compared word by word, as
 * displayed: nothing else is derived from it.
 */
function unsaid({ kind, id, text }: Evidence, { message, remedy = '', subject }: Finding): string | undefined {
  const said = `${subject} ${message} ${remedy}`.toLowerCase();
  let words: ReadonlySet<string> | undefined;
  const lacks = (word: string): boolean => !(words ??= wordsOf(said)).has(word);
  const short = shortText(id);
  const named = names(id, said, lacks) || (short !== id && short.split('/').some((part) => names(part, said, lacks)));
  const more = text === id || said.includes(text.toLowerCase()) ? [] : [...wordsOf(text.toLowerCase())].filter(lacks);
  if (named) return more.some(isFact) ? shortText(text) : undefined;

  return more.length > 0 ? `${short}: ${shortText(text)}` : `${displayText(kind)} ${short}`;
}

/** Whether a message names an ID, as separate words. */
function names(id: string, said: string, lacks: (word: string) => boolean): boolean {
  const text = id.toLowerCase();
  return text !== '' && said.includes(text) && ![...wordsOf(text)].some(lacks);
}

/** The checks of an entry, each once, in order. */
export function checksOf(findings: readonly OpenFinding[]): readonly OpenFinding[] {
  const seen = new Map(findings.map((one) => [`${one.check} ${one.verdict} ${one.severity}`, one] as const));
  return [...seen.values()];
}

/** More subjects than these are counted. */
const MOST_SUBJECTS = 3;

/** What an entry is about: of verdicts that wait for one fact, all that they are about. */
export function placedSubject(finding: Finding, also: readonly Finding[]): string {
  if (sharedFact([finding, ...also]) === undefined) return displayText(finding.subject);

  const subjects = [...new Set([finding, ...also].map(withoutPath))];
  if (subjects.length === 1) return displayText(finding.subject);

  const shown = subjects.slice(0, MOST_SUBJECTS).map(displayText);
  const more = subjects.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** The subject of a finding, without its one of several paths. */
function withoutPath({ about }: Finding): string {
  return labelsOf(about.filter(({ kind }) => !OF_PATHS.has(kind)));
}

const OF_PATHS: ReadonlySet<string> = new Set(['source', 'destination', 'hop']);
