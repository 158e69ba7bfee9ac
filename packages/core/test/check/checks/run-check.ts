import { expect, it } from 'vitest';
import type { Check, Outcome } from '../../../src/do/findings/check.js';
import type { Severity } from '../../../src/do/findings/finding.js';
import { CHECKS } from './all-checks.js';
import { prepare } from '../../../src/do/world/prepare.js';
import { TAKEN_AT, type World } from './world.js';
import { CLOUDS } from '../../clouds.js';

/** A check, with its messages or without. */
export type Judged = Pick<Check, 'id' | 'severity'>;

/** The outcomes of one check for a world, at the time of its snapshot. */
export function outcomesOf(judged: Judged, world: World, passes = true): readonly Outcome[] {
  const check = CHECKS.find(({ id }) => id === judged.id);
  if (check === undefined) throw new Error(`there is no check ${judged.id}`);
  const { input } = prepare(world.snapshot, world.spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes });
  return [...check.run(input)];
}

/**
 * What a row expects of the worst outcome (a failure before an unknown, an unknown before a pass): its status and its
 * code. The severity of a failure is its status; that of an unknown may follow. `nothing`: no outcome.
 */
export type Expected = 'nothing' | `${'pass' | Severity | 'unknown' | `unknown ${Severity}`} ${Uppercase<string>}`;

/** Words that a text contains, or IDs that evidence names. */
type Words = string | readonly string[];

/** The values of an outcome, where the code says which statement it is. */
export interface Values {
  readonly subject?: string;
  /** Words of the message. */
  readonly says?: Words;
  readonly evidence?: Words;
  readonly remedy?: Words;
}

/** A world, what a check finds in it, and words of the message, or further values. */
export type Row = readonly [world: () => World, expected: Expected, values?: Words | Values];

/** Rows by the condition that each is about. */
export type Rows = Readonly<Record<string, Row>>;

const RANK = { fail: 0, unknown: 1, pass: 2 } as const;

/** Runs a table against one check. Each outcome also has to be sound. */
export function checkTable(check: Judged, rows: Rows): void {
  it.each(Object.entries(rows))(`${check.id} — %s`, (_, [world, expected, values = {}]) => {
    const outcomes = outcomesOf(check, world());
    outcomes.forEach(sound);
    const [worst] = outcomes.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]);
    expect(statusOf(check, worst, expected), JSON.stringify(outcomes, null, 1)).toBe(expected);
    if (worst === undefined) return;
    const { subject = worst.subject, says, evidence, remedy } = isWords(values) ? { says: values } : values;
    expect(worst.subject).toBe(subject);
    for (const words of listed(says)) expect(worst.message).toContain(words);
    expect(worst.evidence.map(({ id }) => id)).toEqual(expect.arrayContaining([...listed(evidence)]));
    for (const words of listed(remedy)) expect(worst.remedy).toContain(words);
  });
}

const isWords = (values: Words | Values): values is Words => typeof values === 'string' || Array.isArray(values);

const listed = (words: Words = []): readonly string[] => (typeof words === 'string' ? [words] : words);

/** The status and the code of an outcome, written as `expected` is. */
function statusOf(check: Judged, outcome: Outcome | undefined, expected: Expected): string {
  if (outcome === undefined) return 'nothing';
  const { verdict, severity = check.severity } = outcome;
  const code = outcome.code ?? DEFAULT_CODE[verdict];
  if (verdict === 'fail') return `${severity} ${code}`;
  return expected.startsWith('unknown ') && expected.split(' ').length === 3
    ? `${verdict} ${severity} ${code}`
    : `${verdict} ${code}`;
}

const DEFAULT_CODE = { pass: 'PASSED', fail: 'FAILED', unknown: 'UNKNOWN' } as const;

/** What holds for every outcome: a message, and evidence and a remedy unless it passes. */
function sound({ verdict, message, remedy, evidence }: Outcome): void {
  expect(message).toMatch(/\S/);
  expect(message.endsWith('.'), `a message ends without a full stop: ${message}`).toBe(false);
  expect(message).not.toMatch(/undefined|\[object|NaN/);
  for (const { kind, id, text } of evidence) {
    expect([kind, id, text].join(' ')).not.toMatch(/undefined|\[object|NaN/);
    expect(kind).not.toBe('');
    expect(id).not.toBe('');
  }
  if (verdict === 'pass') expect(remedy).toBeUndefined();
  else {
    expect(remedy).toMatch(/^\S.*\S$/s);
    expect(remedy).not.toMatch(/undefined|\[object|NaN/);
    expect(evidence.length).toBeGreaterThan(0);
  }
}
