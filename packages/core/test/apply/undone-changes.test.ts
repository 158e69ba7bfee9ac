import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/apply/journal.js';
import { recordedChanges, undoneChanges } from '../../src/apply/undone-changes.js';
import type { Step, Unit } from '../../src/plan/plan.js';

/** A plan of one step, which renames a link. */
function renames(to: string, step: Partial<Step> = {}): { readonly units: readonly Unit[] } {
  const place = { provider: 'aws', region: 'eu-west-1', account: '111122223333', dependsOn: [] };
  const change: Step = {
    id: 'rename link eu',
    kind: 'rename',
    resource: { type: 'link', name: 'eu' },
    reason: 'its name differs',
    changes: [{ field: 'name', from: 'x', to }],
    input: {},
    ...step,
  };
  return { units: [{ id: 'link:eu', kind: 'link', name: 'eu', ...place, steps: [change] }] };
}

/** The records of runs with these plans, each of which ended as said. */
function journalOf(
  ...plans: readonly (readonly [ReturnType<typeof renames>, JournalRecord['type']])[]
): JournalRecord[] {
  return plans.flatMap(([plan, type], index): JournalRecord[] => {
    const of = { at: `2026-06-0${index + 1}T00:00:00Z`, run: `r${index}` };
    const step = { unit: 'link:eu', step: plan.units[0]?.steps[0]?.id };
    return [
      { ...of, type: 'run', value: { ...recordedChanges(plan) } },
      { ...of, ...step, type: 'before' },
      { ...of, ...step, type },
    ];
  });
}

const A = renames('a');
const B = renames('b');

describe('F41: changes that something else undoes', () => {
  it.each<[string, readonly JournalRecord[], number]>([
    ['made once', journalOf([A, 'after']), 0],
    ['made twice', journalOf([A, 'after'], [A, 'after']), 2],
    ['made twice, once without success', journalOf([A, 'after'], [A, 'failed']), 0],
    ['made twice, after another one of this project', journalOf([B, 'after'], [A, 'after'], [A, 'after']), 2],
    ['changed back by the spec in between', journalOf([A, 'after'], [B, 'after'], [A, 'after'], [B, 'after']), 0],
    [
      'of a journal of an older version',
      journalOf([A, 'after'], [A, 'after']).map((one) => ({ ...one, value: {} })),
      0,
    ],
  ])('%s', (_, records, times) => {
    expect(undoneChanges(records, A).get('link:eu rename link eu')?.length ?? 0).toBe(times);
  });

  it('a deletion in between is a change of this project', () => {
    const create = renames('', { id: 'create link eu', kind: 'create', changes: [] });
    const remove = renames('', { id: 'delete link eu', kind: 'delete', changes: [] });
    const records = journalOf([create, 'after'], [remove, 'after'], [create, 'after'], [remove, 'after']);
    expect(undoneChanges(records, create).size).toBe(0);
  });

  it('are not recorded where a line of the journal would not hold them', () => {
    const [unit] = A.units;
    const [step] = unit?.steps ?? [];
    const many = (count: number) => ({
      units:
        unit && step ? [{ ...unit, steps: Array.from({ length: count }, (_, at) => ({ ...step, id: `${at}` })) }] : [],
    });
    expect(Object.keys(recordedChanges(many(1_000)).changes ?? {})).toHaveLength(1_000);
    expect(recordedChanges(many(100_000))).toEqual({});
    expect(recordedChanges({ units: [] })).toEqual({});
  });

  it('deployments repeat without that', () => {
    const deploy = renames('', { id: 'deploy', kind: 'deploy' });
    expect(undoneChanges(journalOf([deploy, 'after'], [deploy, 'after'], [deploy, 'after']), deploy).size).toBe(0);
  });

  it.each<[string, unknown]>([
    ['no list', { changes: { 'link:eu rename link eu': 'x' } }],
    ['other members', { changes: { 'link:eu rename link eu': [1, {}] } }],
    ['null', { changes: null }],
    ['a text', 'changes'],
  ])('A14: a record with %s shows none', (_, value) => {
    const records = journalOf([A, 'after'], [A, 'after']);
    const forged = records.map((one) => (one.type === 'run' ? { ...one, value: value as never } : one));
    expect(undoneChanges(forged, A).size).toBe(0);
  });

  it('A14: a record whose time is not one shows none', () => {
    const records = journalOf([A, 'after'], [A, 'after']).map((one) => ({ ...one, at: '\u001b[31m' }));
    expect(undoneChanges(records, A).size).toBe(0);
  });
});
