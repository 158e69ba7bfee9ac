import { describe, expect, it } from 'vitest';
import { afterLateWrites, lateWrites, untilChangesShow, withOpenWrites } from '../../../src/do/apply/late-writes.js';
import { memoryJournal, type Journal, type JournalRecord } from '../../../src/do/apply/journal.js';
import { createContext } from '../../../src/do/context.js';
import { PosternError } from '../../../src/ground/errors.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { drive } from '../../drive.js';

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const STEP = { run: 'r', unit: 'u', step: 'x' };
const before: JournalRecord = { type: 'before', at: at(0), ...STEP };
const intent: JournalRecord = { ...before, until: at(315), by: 'A', value: 'ModifyX' };
const fence = (ended: readonly string[] = []): NonNullable<Journal['fence']> => ({
  holder: () => 'B',
  requireLock: () => undefined,
  hasEnded: (holder) => ended.includes(holder),
  note: () => undefined,
});

describe('changes that may take effect late', () => {
  it.each<[string, readonly JournalRecord[], number, boolean]>([
    ['of a process that did not end', [before, intent], 20, true],
    ['where the time of the cloud is not known', [before, intent], NaN, true],
    ['of a later attempt in the same step', [before, { ...intent, until: at(1) }, intent], 20, true],
    ['not of a step that only reads', [before], 20, false],
    ['not once it can take effect no more', [before, intent], 315, false],
    ['not after its end is recorded', [before, intent, { ...before, type: 'after' }], 20, false],
    ['not after its failure is recorded', [before, intent, { ...before, type: 'failed' }], 20, false],
    ['also where another run has done the step', [before, intent, { ...before, run: 's', type: 'after' }], 20, true],
    ['not where it is not known whose it is: nothing could be asked', [{ ...intent, by: undefined }], 20, false],
  ])('%s', (_, records, seconds, isLate) => {
    expect(lateWrites(records, fence(), seconds * 1_000).length > 0).toBe(isLate);
  });

  it('are none of a process that has ended for certain', () => {
    expect(lateWrites([intent], fence(['A']), 20_000)).toEqual([]);
  });
});

/** How long the lock of a journal with these records is waited for, in seconds, at a time of the cloud. */
async function waited(
  records: readonly JournalRecord[],
  cloudSeconds: number | undefined,
  ended: readonly string[] = [],
) {
  const clock = simulatedClock(1_000_000);
  const journal = memoryJournal();
  for (const one of records) await journal.append(one);
  const context = createContext({ clock });
  const hear = async (): Promise<void> => {
    if (cloudSeconds !== undefined) context.time?.heard(cloudSeconds * 1_000, { nowMs: 1_000_000, monotonicMs: 0 });
  };
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const { lock } = afterLateWrites({ ...journal, fence: { ...fence(ended), note } }, { context, hear });
  await drive(clock, lock());
  return { seconds: clock.monotonicMs() / 1_000, notes };
}

describe('a lock that is taken over', () => {
  it('is held only once nothing of its former holder can arrive any more', async () => {
    const { seconds, notes } = await waited([before, intent], 100);
    expect(seconds).toBe(215);
    expect(notes).toEqual([
      expect.stringContaining(`ModifyX (x of u) may still take effect: waiting until ${at(315)}`),
    ]);
  });

  it.each([
    ['as long as it can take where the time of the cloud is not known', undefined, [], 315],
    ['at once where the former holder has ended', 100, ['A'], 0],
    ['at once where the time has passed', 400, [], 0],
  ])('%s', async (_, cloudSeconds, ended, seconds) => {
    expect(await waited([before, intent], cloudSeconds, ended)).toMatchObject({ seconds });
  });
});

it('the error of a process that lost its lock says what it may have changed', async () => {
  const journal = { ...memoryJournal(), fence: fence() };
  for (const one of [before, intent, { ...intent, run: 's', by: 'B' }]) await journal.append(one);
  const lost = new PosternError('JOURNAL_WRITE_FAILED', 'taken over');
  expect(await withOpenWrites(lost, journal, 'A')).toMatchObject({
    message: 'taken over; it may have made: ModifyX (x of u)',
    remedy: lost.remedy,
  });
  expect(await withOpenWrites(lost, journal, 'C')).toBe(lost);
});

it.each<[string, readonly JournalRecord[], number]>([
  ['waits until reads show what was changed a moment before', [intent, { ...before, at: at(5), type: 'after' }], 35],
  ['does not wait for what was only read', [before, { ...before, at: at(5), type: 'after' }], 10],
])('a removal: %s', async (_, records, endSeconds) => {
  const clock = simulatedClock(0);
  await drive(clock, clock.sleep(10_000));
  await drive(clock, untilChangesShow(records, { clock }));
  expect(clock.now() / 1_000).toBe(endSeconds);
});
