import { expect, it } from 'vitest';
import type { Check, Outcome } from '../../../src/do/findings/check.js';
import { CHECKS } from './all-checks.js';
import { prepare } from '../../../src/do/world/prepare.js';
import { TAKEN_AT, type World } from './world.js';

/** A check, with its messages or without. */
export type Judged = Pick<Check, 'id' | 'severity'>;

/** The outcomes of one check for a world, at the time of its snapshot. */
export function outcomesOf(judged: Judged, world: World, passes = true): readonly Outcome[] {
  const check = CHECKS.find(({ id }) => id === judged.id);
  if (check === undefined) throw new Error(`there is no check ${judged.id}`);
  const { input } = prepare(world.snapshot, world.spec, { now: Date.parse(TAKEN_AT), passes });
  return [...check.run(input)];
}

/** One row of a table: a world, and the expected outcome of a check. */
export interface Row {
  /** The condition of the row: its title. */
  readonly why: string;
  readonly world: () => World;
  /** Of the worst outcome: a failure before an unknown, an unknown before a pass. `nothing`: no outcome. */
  readonly verdict: 'pass' | 'fail' | 'unknown' | 'nothing';
  /** The code of that outcome: which statement it is. */
  readonly code?: string;
  readonly severity?: 'error' | 'warning' | 'note';
  readonly subject?: string;
  /** The message has to contain each of them: its values, where `code` says which statement it is. */
  readonly says?: readonly string[];
  /** Ids that the evidence has to name. */
  readonly evidence?: readonly string[];
  /** The remedy has to contain each of them. */
  readonly remedy?: readonly string[];
}

const RANK = { fail: 0, unknown: 1, pass: 2 } as const;

/** Runs a table against one check. Each outcome also has to be sound. */
export function checkTable(check: Judged, rows: readonly Row[]): void {
  it.each(rows.map((row): [string, Row] => [`${row.verdict}: ${row.why}`, row]))(`${check.id} — %s`, (_, row) => {
    const outcomes = outcomesOf(check, row.world());
    outcomes.forEach(sound);
    const [worst] = outcomes.toSorted((a, b) => RANK[a.verdict] - RANK[b.verdict]);
    expect(worst?.verdict ?? 'nothing', JSON.stringify(outcomes, null, 1)).toBe(row.verdict);
    if (worst === undefined) return;
    if (row.code !== undefined) expect(worst.code).toBe(row.code);
    if (row.severity !== undefined) expect(worst.severity ?? check.severity).toBe(row.severity);
    if (row.subject !== undefined) expect(worst.subject).toBe(row.subject);
    for (const words of row.says ?? []) expect(worst.message).toContain(words);
    expect(worst.evidence.map(({ id }) => id)).toEqual(expect.arrayContaining([...(row.evidence ?? [])]));
    for (const words of row.remedy ?? []) expect(worst.remedy).toContain(words);
  });
}

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
