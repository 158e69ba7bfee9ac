import { describe, expect, it } from 'vitest';
import { carriedSteps, interruptedSteps } from '../../../src/apply/interrupted.js';
import type { JournalRecord } from '../../../src/apply/journal.js';
import { drainRecords, pendingDrains, plannedDrains, unknownDrain } from '../../../src/apply/pending-drains.js';

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
  describe('of a plan', () => {
    const link = { type: 'link', id: 'l-1' };
    const deletions = ['link', 'target', 'route', 'stage', 'allowlist'].map((type) => ({
      id: `delete ${type}`,
      kind: 'delete',
      resource: { type, id: `${type[0]}-1` },
    }));
    const creation = { id: 'create link', kind: 'create', resource: link };
    const waits = (
      steps: readonly object[],
      { pending: left = {}, unknown }: { pending?: Record<string, number>; unknown?: number } = {},
    ) =>
      plannedDrains({ units: [{ id: 'u', steps }] } as never, new Map(Object.entries(left)), ({ id }) =>
        id === 'u' ? unknown : 7,
      );

    it('are what it says', () => {
      const steps = [{ id: 'a', drainMs: 7 }, { id: 'b' }, { id: 'c', drainMs: 0 }].map((step) => ({
        ...step,
        kind: 'delete',
        resource: link,
      }));
      expect(waits(steps)).toEqual({ 'u a': 7, 'u c': 0 });
      expect(waits(steps, { unknown: 35_000 })).toEqual({ 'u a': 7, 'u b': 35_000, 'u c': 0 });
    });

    it('are unknown of links and targets that are deleted, and of nothing else', () => {
      expect(waits([...deletions, creation], { unknown: 35_000 })).toEqual({
        'u delete link': 35_000,
        'u delete target': 35_000,
      });
      expect(waits([...deletions, creation])).toEqual({});
    });

    it('are what earlier runs left, where that is longer', () => {
      const left = { 'link l-1': 20, 'target t-1': 30, 'route r-1': 40, 'u delete stage': 50 };
      const known = { 'u delete link': 20, 'u delete target': 30, 'u delete stage': 50 };
      expect(waits([...deletions, creation], { pending: left, unknown: 9 })).toEqual(known);
      expect(waits([{ ...deletions[0], drainMs: 25 }], { pending: left })).toEqual({ 'u delete link': 25 });
      expect(waits([{ ...deletions[0], drainMs: 15 }], { pending: left })).toEqual({ 'u delete link': 20 });
      expect(waits([{ ...deletions[0], resource: { type: 'link', id: 'l-2' } }], { pending: left })).toEqual({});
    });
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

  it('are over where the last record of the run is older than twice the wait', () => {
    expect(pending(run(70, { [KEY]: 35_000 }))).toEqual({ [KEY]: 35_000 });
    expect(pending(run(71, { [KEY]: 35_000 }))).toEqual({});
    const later = record('after', 20, { step: 'other' });
    expect(pending(run(71, { [KEY]: 35_000 }), later)).toEqual({ [KEY]: 35_000 });
    expect(pending(run(71, { [KEY]: 35_000 }), { ...later, run: 's' })).toEqual({});
  });

  it('of a run that ended well are the rest', () => {
    const end = (seconds: number): JournalRecord => ({ ...run(seconds, undefined), type: 'end' });
    const failed = record('failed', 20, { step: 'other' });
    const begun = run(30, { [KEY]: 35_000 });
    expect(pending(begun, end(10))).toEqual({ [KEY]: 25_000 });
    expect(pending(begun, end(-10))).toEqual({ [KEY]: 35_000 });
    expect(pending(begun, { ...end(10), run: 's' })).toEqual({ [KEY]: 35_000 });
    expect(pending(begun, failed, end(10))).toEqual({ [KEY]: 35_000 });
    expect(pending(begun, { ...failed, run: 's' }, end(10))).toEqual({ [KEY]: 25_000 });
    expect(pending(run(50, { [KEY]: 35_000 }), end(36))).toEqual({});
    expect(pending(run(80, { [KEY]: 35_000 }), failed, end(60))).toEqual({ [KEY]: 35_000 });
    expect(pending(...drainRecords([begun, end(10)]))).toEqual({ [KEY]: 25_000 });
    expect(pending(...drainRecords([begun, failed, end(10)]))).toEqual({ [KEY]: 35_000 });
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
    expect(drainRecords([...old, run(10, {}, 's')])).toEqual([old[0]]);
  });

  it('are unknown for as long as the journal may begin right after callers left', () => {
    const unknown = (...records: readonly JournalRecord[]) => unknownDrain(records, NOW, ['http-api']);
    expect(unknown()).toBe(35_000);
    expect(unknown(record('before', 90))).toBe(35_000);
    expect(unknown(run(10, {}), run(5, {}, 's'))).toBe(25_000);
    expect(unknown(run(35, {}), run(5, {}, 's'))).toBe(0);
    expect(unknown(run(36, {}), run(5, {}, 's'))).toBeUndefined();
    expect(unknown(run(-9, {}))).toBe(35_000);
    expect(unknown({ ...run(99, {}), at: 'soon' })).toBe(35_000);
    expect(unknown(...drainRecords([run(10, {}), run(5, {}, 's')]))).toBe(25_000);
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
