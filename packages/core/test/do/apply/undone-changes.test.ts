import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../../src/do/apply/journal.js';
import { recordedChanges, undoneChanges } from '../../../src/do/apply/undone-changes.js';
import type { Step, Unit } from '../../../src/do/plan/plan.js';

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

describe('changes that something else undoes', () => {
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
  ])('a record with %s shows none', (_, value) => {
    const records = journalOf([A, 'after'], [A, 'after']);
    const forged = records.map((one) => (one.type === 'run' ? { ...one, value: value as never } : one));
    expect(undoneChanges(forged, A).size).toBe(0);
  });

  it('a record whose time is not one shows none', () => {
    const records = journalOf([A, 'after'], [A, 'after']).map((one) => ({ ...one, at: '\u001b[31m' }));
    expect(undoneChanges(records, A).size).toBe(0);
  });
});

describe('what counts as the same change', () => {
  const key = 'link:eu rename link eu';
  const timesOf = (first: ReturnType<typeof renames>, second = first, plan = first) =>
    undoneChanges(journalOf([first, 'after'], [second, 'after']), plan).get(key) ?? [];

  it('is the same effect on the same resource; the times are those of the runs, oldest first', () => {
    expect(timesOf(A)).toEqual(['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z']);
  });

  it.each<[string, Partial<Step>]>([
    ['another field', { changes: [{ field: 'tag', to: 'a' }] }],
    ['a field that is removed', { changes: [{ field: 'name', from: 'x' }] }],
    ['another kind of step', { kind: 'retarget' }],
    ['another type of resource', { resource: { type: 'target', name: 'eu' } }],
    ['another name of a resource', { resource: { type: 'link', name: 'us' } }],
  ])('is not one of %s', (_, step) => {
    expect(timesOf(A, renames('a', step))).toEqual([]);
  });

  it('is not one of a resource with the same name in another unit', () => {
    const [unit] = A.units;
    const other = { units: [{ ...unit!, name: 'us' }] };
    expect(timesOf(other, other, A)).toEqual([]);
    expect(timesOf(other)).toHaveLength(2);
  });

  it('without a list of changes is one', () => {
    const { changes: _, ...step } = A.units[0]!.steps[0]!;
    const plan = { units: [{ ...A.units[0]!, steps: [step] }] };
    expect(timesOf(plan)).toHaveLength(2);
  });

  it('counts once where a run recorded it twice, as it ended at last', () => {
    const twice = [...journalOf([A, 'after']), journalOf([A, 'after']).at(-1)!];
    expect(undoneChanges(twice, A).size).toBe(0);
    const after = journalOf([A, 'after'], [A, 'after']);
    const failed = { ...after.at(-1)!, type: 'failed' as const };
    expect(undoneChanges([...after, failed], A).size).toBe(0);
    expect(undoneChanges([...after.slice(0, -1), failed, after.at(-1)!], A).size).toBe(1);
  });

  it('is not what was only begun, or what has no unit or step', () => {
    const after = journalOf([A, 'after'], [A, 'after']);
    expect(
      undoneChanges(
        after.filter(({ type }) => type !== 'after'),
        A,
      ).size,
    ).toBe(0);
    for (const lost of ['unit', 'step'] as const)
      expect(
        undoneChanges(
          after.map((one) => ({ ...one, [lost]: undefined }) as JournalRecord),
          A,
        ).size,
      ).toBe(0);
  });

  it('is what ended, also where it was begun again after that', () => {
    const after = journalOf([A, 'after'], [A, 'after']);
    const again = { ...after.at(-1)!, type: 'before' as const };
    expect(undoneChanges([...after, again], A).size).toBe(1);
  });

  it('is not one of a record without a unit or a step, whatever the record of the run names', () => {
    for (const lost of ['unit', 'step'] as const) {
      const forged = journalOf([A, 'after'], [A, 'after']).map((one) => {
        if (one.type !== 'run') return { ...one, [lost]: undefined } as JournalRecord;
        const [change] = Object.values((one.value as { readonly changes: Record<string, never> }).changes);
        const name = lost === 'unit' ? 'undefined rename link eu' : 'link:eu undefined';
        return { ...one, value: { changes: { [name]: change! } } };
      });
      expect(undoneChanges(forged, A).size).toBe(0);
    }
  });

  it.each([undefined, null, 'changes', 7])('is not one of a run whose record holds %j', (value) => {
    const forged = journalOf([A, 'after'], [A, 'after']).map((one) => (one.type === 'run' ? { ...one, value } : one));
    expect(undoneChanges(forged as JournalRecord[], A).size).toBe(0);
  });

  it('that is recorded with an effect that is no text does not count as another one', () => {
    const records = journalOf([A, 'after'], [A, 'after'], [A, 'after']);
    const [resource] = Object.values(recordedChanges(A).changes!)[0] as string[];
    const forged = records.map((one) =>
      one.type === 'run' && one.run === 'r1' ? { ...one, value: { changes: { [key]: [resource!, 1] } } } : one,
    );
    expect(undoneChanges(forged, A).get(key)).toHaveLength(2);
  });

  it('is not what a run did whose plan is not in the journal', () => {
    const after = journalOf([A, 'after'], [A, 'after']).filter(({ type, run }) => type !== 'run' || run !== 'r0');
    expect(undoneChanges(after, A).size).toBe(0);
  });

  it.each<[string, unknown]>([
    ['a text and a number', ['x', 1]],
    ['a number and a text', [1, 'x']],
  ])('is not one that is recorded as %s', (_, change) => {
    const forged = journalOf([A, 'after'], [A, 'after']).map((one) =>
      one.type === 'run' ? { ...one, value: { changes: { [key]: change } } as never } : one,
    );
    expect(undoneChanges(forged, A).size).toBe(0);
  });
});

describe('what a run records of its changes', () => {
  it('is one entry by unit and step, without deployments', () => {
    const { changes } = recordedChanges(A);
    expect(changes).toEqual({
      'link:eu rename link eu': [expect.stringMatching(/^[0-9a-f]{12}$/), expect.stringMatching(/^[0-9a-f]{12}$/)],
    });
    expect(recordedChanges(renames('a', { kind: 'deploy' }))).toEqual({});
  });

  it('is all of it up to 256 Ki of text', () => {
    const [unit] = A.units;
    const [step] = unit!.steps;
    const padded = (length: number) => ({ units: [{ ...unit!, steps: [{ ...step!, id: 'x'.repeat(length) }] }] });
    const rest = JSON.stringify(recordedChanges(padded(0)).changes).length;
    expect(recordedChanges(padded(256 * 1024 - rest))).toHaveProperty('changes');
    expect(recordedChanges(padded(256 * 1024 - rest + 1))).toEqual({});
  });
});
