import { entryOf } from '../../ground/json.js';
import type { OpenFinding, Param, Params } from '../../do/findings/finding.js';
import type { Subject } from '../../do/findings/subject.js';
import { contextOf, isFact, wordsOf } from './context.js';
import { valuesOf } from './tally.js';
import type { MergedFinding } from './same-cause.js';

/** One entry of a text report. */
export interface Entry extends MergedFinding {
  /** Others that say the same, each by what they have of their own: `t1204 (sg-lb24)`. */
  readonly likewise: readonly string[];
  /** All that it combines, the first with its own. */
  readonly findings: readonly OpenFinding[];
  /** Those of all its findings, each once. */
  readonly integrations: readonly (string | null)[];
}

/** With more differing facts besides the subject, their assignment would be unclear. */
const MOST_FACTS = 2;

/** The placeholder for a fact in texts that must be equal. */
const BLANK = '\0';

/**
 * Combines findings of one code that differ in their subject and in few facts into one entry: `t1004: sg-lb20
 * allows more …`, likewise `t1204 (sg-lb24)`. All differences are reported. The order is that of the first
 * finding of each entry. `scopeOf`: only findings of one scope are combined.
 */
export function mergeSimilar(
  findings: readonly MergedFinding[],
  scopeOf: (one: MergedFinding) => string = () => '',
): readonly Entry[] {
  const known = new Map<string, { entry: Open; facts: Facts }[]>();
  const entries: Entry[] = [];
  const shared: SharedLists = new Map();
  for (const one of findings) {
    const facts = readFacts(one, scopeOf(one), shared);
    const { integration } = one.finding;
    const same = known.get(facts.key) ?? [];
    known.set(facts.key, same);
    let text: string | undefined;
    const lead = same.find((other) => (text = difference(other.facts, facts)) !== undefined);
    if (lead !== undefined && text !== undefined) {
      lead.entry.likewise.push(text);
      lead.entry.findings.push(one.finding, ...one.also);
      if (!lead.entry.integrations.includes(integration)) lead.entry.integrations.push(integration);
      continue;
    }

    const entry = { likewise: [], integrations: [integration], findings: [one.finding, ...one.also], ...one };
    entries.push(entry);
    // All of a long list that differ in much would be compared with each other.
    if (same.length < 8) same.push({ entry, facts });
  }
  return entries;
}

/** An entry while others are added to it. */
interface Open extends MergedFinding {
  readonly likewise: string[];
  readonly findings: OpenFinding[];
  readonly integrations: (string | null)[];
}

/** An ID, a number or an address; those of a long list are one. */
type Fact = string | readonly Fact[];

interface Facts {
  /** What has to be the same. */
  readonly key: string;
  readonly about: readonly Subject[];
  readonly integration: string | null;
  /** The facts of params and of the evidence that is shown, in their order. */
  readonly rest: readonly Fact[];
}

function readFacts({ finding, also }: MergedFinding, scope: string, shared: SharedLists): Facts {
  const { integration, about, params, message, evidence, remedy = '' } = finding;
  const { before, hop = '', rule = '' } = contextOf(finding, also);
  const names = [integration ?? '', ...about.flatMap(({ id, label }) => [id, label])];
  const rest: Fact[] = [];
  const ids: Fact[] = [];
  const masked = [before, hop, params, withoutIds(rule, evidence, ids)]
    .map((one) => maskParam(one, { names, shared }, rest))
    .join('\n');
  rest.push(...ids);
  // Without params it is not known what of the sentences is a fact.
  const sentences = Object.keys(params).length === 0 ? [message, remedy] : [];
  const codes = statementsOf([finding, ...also]);
  const kinds = about.map(({ kind }) => kind);
  return { key: JSON.stringify([scope, codes, kinds, sentences]) + masked, about, integration, rest };
}

/** A rule without the IDs of evidence: they are facts, also where a random one looks like a word. */
function withoutIds(rule: string, evidence: OpenFinding['evidence'], rest: Fact[]): string {
  let masked = rule;
  for (const { id } of evidence) {
    if (id === '' || !wordsOf(masked).has(id)) continue;

    masked = masked.replace(id, () => BLANK);
    rest.push(id);
  }
  return masked;
}

/** What findings say, each once: how many paths lead to a target makes no difference. */
export function statementsOf(findings: readonly OpenFinding[]): readonly string[] {
  return [...new Set(findings.map(({ check, code, verdict, severity }) => `${check} ${code} ${verdict} ${severity}`))];
}

/** A list of so many is worth remembering: see {@link maskShared}. */
const LONG = 8;

/** Params without their facts, which are added to `rest`; booleans stay, since sentences differ by them. */
function maskParam(value: Param, by: Masking, rest: Fact[]): string {
  if (typeof value === 'string') return maskFacts(value, by.names, rest);
  if (typeof value === 'number') return maskFacts(String(value), by.names, rest);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length > LONG ? maskShared(value, by, rest) : maskList(value, by, rest);

  let masked = '{';
  const keys = Object.keys(value);
  for (const key of keys) {
    const one = (value as Params)[key];
    if (one !== undefined) masked += `${key}:${maskParam(one, by, rest)},`;
  }
  return `${masked}}`;
}

function maskList(list: readonly Param[], by: Masking, rest: Fact[]): string {
  let masked = '[';
  for (const one of list) masked += `${maskParam(one, by, rest)},`;
  return `${masked}]`;
}

/** A list without its facts. */
interface Masked {
  readonly text: string;
  readonly rest: readonly Fact[];
  /** All its texts. A name among them is masked, and not in `rest`. */
  readonly said: string;
}

/** Several findings share lists: the callers of a group are a hundred facts of each of its targets. */
type SharedLists = Map<readonly Param[], Masked>;

/** The names that are masked in the texts of a finding, and the lists that were masked before. */
interface Masking {
  readonly names: readonly string[];
  readonly shared: SharedLists;
}

function maskShared(list: readonly Param[], { names, shared }: Masking, rest: Fact[]): string {
  let masked = shared.get(list);
  if (masked === undefined) {
    masked = { ...maskLong(list, { names: [], shared }), said: valuesOf({ list }).join('\n') };
    shared.set(list, masked);
  }
  const { said } = masked;
  const { text, rest: own } = names.some((name) => said.includes(name)) ? maskLong(list, { names, shared }) : masked;
  rest.push(own);
  return text;
}

function maskLong(list: readonly Param[], by: Masking): Omit<Masked, 'said'> {
  const rest: Fact[] = [];
  return { text: maskList(list, by, rest), rest };
}

/** One word without punctuation, as most params are. */
const PLAIN = /^[\w/-]+$/;

/** A text of params or evidence without its facts, which are added to `rest`. */
function maskFacts(text: string, names: readonly string[], rest: Fact[]): string {
  if (names.includes(text)) return BLANK;
  if (PLAIN.test(text)) {
    if (!isFact(text)) return text;

    rest.push(text);
    return BLANK;
  }
  if (!isFact(text)) return text.includes(' ') ? withoutNames(text, names) : text;

  return text
    .split(' ')
    .map((word) => {
      if (names.includes(word)) return BLANK;
      if (!isFact(word)) return word;

      rest.push(...wordsOf(word));
      return BLANK;
    })
    .join(' ');
}

function withoutNames(text: string, names: readonly string[]): string {
  return text
    .split(' ')
    .map((word) => (names.includes(word) ? BLANK : word))
    .join(' ');
}

/** The facts of a second finding that differ, each once; undefined where there are too many. */
function difference(first: Facts, second: Facts): string | undefined {
  const own = ownName(second.about.filter(({ id }, at) => id !== first.about[at]?.id));
  // Of another integration, its name; with what is not named after it.
  const { integration } = second;
  const isOther = integration !== null && integration !== first.integration;
  const name = !isOther || own === integration ? own : own === '' ? integration : `${integration} (${own})`;
  const named = new Set([...wordsOf(name), ...second.about.map(({ id }) => id)]);
  const facts = new Set<string>();
  addDifferent(second.rest, first.rest, facts);
  const rest = [...facts].filter((word) => !named.has(word));
  if (name === '' || rest.length > MOST_FACTS) return undefined;

  return rest.length === 0 ? name : `${name} (${rest.join(', ')})`;
}

function addDifferent(second: readonly Fact[], first: readonly Fact[], to: Set<string>): void {
  for (let at = 0; at < second.length; at += 1) {
    const fact = second[at] as Fact;
    const other = first[at];
    if (fact === other) continue;

    if (typeof fact === 'string') to.add(fact);
    else addDifferent(fact, typeof other === 'object' ? other : [], to);
  }
}

/** `GET /stock/{sku}`, `subnet-b (10.0.2.0/24) to 10.20.1.7:443`, `stock (subnet-b (10.0.2.0/24))`. */
function ownName(about: readonly Subject[]): string {
  const things = about.filter(({ kind }) => !Object.hasOwn(BEFORE, kind)).map(({ id }) => id);
  let path = '';
  for (const { kind, id } of about) {
    const before = entryOf(BEFORE, kind);
    if (before !== undefined) path += path === '' ? id : `${before}${id}`;
  }
  const name = things.join(', ');
  return name === '' ? path : path === '' ? name : `${name} (${path})`;
}

/** The parts of a path, and what joins each to the one before. */
const BEFORE: Readonly<Record<string, string>> = { source: ' ', destination: ' to ', hop: ', ' };
