import { describe, expect, it } from 'vitest';
import { carriedSteps, interruptedSteps } from '../../../src/apply/interrupted.js';
import type { JournalRecord } from '../../../src/apply/journal.js';
import { drainRecords, pendingDrains, plannedDrains, unknownDrains } from '../../../src/apply/pending-drains.js';

const NOW = Date.parse('2026-06-01T00:10:00Z');
const KEY = 'link:eu delete link eu';
const STEP = { unit: 'link:eu', step: 'delete link eu' };
const at = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();
const run = (seconds: number, drains: unknown, id = 'r'): JournalRecord =>
  ({ type: 'run', at: at(seconds), run: id, value: { drains } }) as JournalRecord;
const record = (type: JournalRecord['type'], seconds: number, fields: Partial<JournalRecord> = {}): JournalRecord => ({
  type,
  at: at(seconds),
  run: 'r',
  ...STEP,
  ...fields,
});
const pending = (...records: readonly JournalRecord[]) => Object.fromEntries(pendingDrains(records, NOW));

describe('waits for calls in flight', () => {
  it('are unknown of links and targets that are deleted', () => {
    const steps = [
      ...(['link', 'target', 'route', 'stage', 'allowlist'] as const).map((type) => ['delete', type] as const),
      ['create', 'link'] as const,
    ].map(([kind, type]) => ({ id: `${kind} ${type}`, kind, resource: { type } }));
    const units = [
      { id: 'u', steps },
      { id: 'v', steps: [] },
    ];
    const waits = unknownDrains({ units } as never, ({ id }) => (id === 'u' ? 35_000 : 7));
    expect(waits).toEqual({ 'u delete link': 35_000, 'u delete target': 35_000 });
  });

  it('are planned for the deletions that have one', () => {
    const steps = [{ id: 'a', drainMs: 7 }, { id: 'b' }, { id: 'c', drainMs: 0 }];
    expect(plannedDrains({ units: [{ id: 'u', steps }] } as never)).toEqual({ 'u a': 7, 'u c': 0 });
  });

  it('are pending where the deletion of an earlier run did not begin', () => {
    expect(pending(run(10, { [KEY]: 35_000 }))).toEqual({ [KEY]: 35_000 });
    expect(pending(run(10, { [KEY]: 35_000 }), record('before', 5))).toEqual({});
    expect(pending(run(10, { [KEY]: 35_000 }), record('before', 5, { step: 'delete link us' }))).toEqual({
      [KEY]: 35_000,
    });
    expect(pending(run(10, { [KEY]: 35_000 }), record('after', 5))).toEqual({ [KEY]: 35_000 });
    expect(pending(record('before', 9), run(8, { [KEY]: 35_000 }))).toEqual({ [KEY]: 35_000 });
  });

  it('are over where the last record of the run is older than the wait', () => {
    expect(pending(run(35, { [KEY]: 35_000 }))).toEqual({ [KEY]: 35_000 });
    expect(pending(run(36, { [KEY]: 35_000 }))).toEqual({});
    const later = record('after', 20, { step: 'other' });
    expect(pending(run(36, { [KEY]: 35_000 }), later)).toEqual({ [KEY]: 35_000 });
    expect(pending(run(36, { [KEY]: 35_000 }), { ...later, run: 's' })).toEqual({});
  });

  it('are the same with the records that a rotation keeps', () => {
    const killed = [
      run(30, { [KEY]: 35_000, 'link:us delete link us': 35_000 }),
      record('after', 25, { step: 'point route' }),
      record('before', 20, { unit: 'link:us', step: 'delete link us' }),
      record('failed', 15, { unit: 'link:us', step: 'delete link us' }),
    ];
    expect(pending(...drainRecords([...killed, run(10, {}, 's')]))).toEqual({ [KEY]: 35_000 });
    expect(drainRecords([...killed, run(10, {}, 's')]).map(({ type }) => type)).toEqual(['run', 'before', 'failed']);
    const old = [run(90, { [KEY]: 35_000 }), record('before', 85, { step: 'point route' })];
    expect(drainRecords([...old, run(10, {}, 's')])).toEqual([]);
  });

  it('of a record whose time is not one are pending', () => {
    expect(pending({ ...run(99, { [KEY]: 1 }), at: 'soon' })).toEqual({ [KEY]: 1 });
  });

  it.each([[undefined], [null], ['text'], [7], [[]], [{}], [{ drains: null }], [{ drains: undefined }]])(
    'A14: are none in a record that holds %j',
    (value) => {
      expect(pending({ ...run(1, {}), value } as JournalRecord)).toEqual({});
    },
  );

  it('A14: are only those that are numbers', () => {
    expect(pending(run(1, { a: 9_000, b: '9000', c: null, d: {} }))).toEqual({ a: 9_000 });
  });
});

describe('the steps of earlier runs that are open', () => {
  const end = { type: 'end', at: at(1), run: 'r' } as const;
  const openSteps = (records: readonly JournalRecord[]) => carriedSteps([...records, end]);

  it('are those that began and have no outcome, by unit and step', () => {
    const before = record('before', 9);
    expect(openSteps([before, record('before', 8, { step: 'x' }), record('after', 7, { step: 'x' })])).toEqual([
      before,
    ]);
    expect(openSteps([before, record('failed', 7, { unit: 'link:us' })])).toEqual([before]);
    expect(openSteps([record('before', 9, { unit: undefined }), record('before', 9, { step: undefined })])).toEqual([]);
    const again = record('before', 3);
    expect(openSteps([before, again])).toEqual([again]);
  });

  it.each([null, 'x', undefined, {}, { outcomeUnknown: false }, { outcomeUnknown: 'true' }])(
    'are not those that failed with %j',
    (value) => {
      expect(openSteps([record('before', 9), record('failed', 8, { value } as never)])).toEqual([]);
    },
  );

  it('are too old after an hour; what ended in a killed run is seen after a minute', () => {
    const has = (...records: readonly JournalRecord[]) => interruptedSteps(records, NOW).has(KEY);
    expect([has(record('before', 3_600)), has(record('before', 3_601))]).toEqual([true, false]);
    expect([has(record('after', 60)), has(record('after', 61))]).toEqual([true, false]);
    expect([has(record('after', 5), end), has(record('after', 5), { ...end, run: 's' })]).toEqual([false, true]);
  });
});
