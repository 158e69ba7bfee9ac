import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { JournalLock } from '../../../src/harness/trial/journal-lock.js';
import { prepare, replay } from '../../../src/internal/harness.js';
import { VirtualProcess } from '../../../src/harness/trial/virtual-process.js';
import { simulate } from '@postern/simulator';
import { sample } from '../../../../core/test/runs.js';
import { onTime } from '../on-time.js';
import { AWS_MOVES } from './aws.js';

/** Two processes with one journal. */
function operators(): readonly [VirtualProcess, VirtualProcess] {
  const simulation = simulate({ clock: 'auto' });
  const shared = { journal: memoryJournal(), lock: new JournalLock(), happens: () => undefined, random: () => 0.5 };
  return [new VirtualProcess(simulation, shared), new VirtualProcess(simulation, shared)];
}

const LOCKED = expect.objectContaining({ code: 'LOCKED' });

describe('a journal of two processes', () => {
  it('is locked by one of them until it releases it', async () => {
    const [first, second] = operators();
    const { release } = await first.journal.lock();
    await expect(second.journal.lock()).rejects.toEqual(LOCKED);
    await release();
    await second.journal.lock();
    await release(); // not its lock any more
    await expect(first.journal.lock()).rejects.toEqual(LOCKED);
  });

  it('is free where its holder was killed', async () => {
    const [first, second] = operators();
    await first.journal.lock();
    first.kill();
    await second.journal.lock();
  });
});

/** The command of the second operator begins at a call of the plan, or while the first one holds the lock. */
it.each(sample(['twin@53 kill@60', 'twin@5', 'twin@53', 'twin@53 kill-after@75', 'twin@20 kill@100 kill@120'], 5))(
  'a second operator gives the same command of a move: joins or is refused: %s',
  async (trace) => {
    const scenario = AWS_MOVES.find(({ name }) => name === 'aws move: two routes of one integration');
    if (scenario === undefined) throw new Error('the scenario does not exist');
    const { events, violation, runs } = await replay(await prepare(onTime(scenario)), trace, 1);
    expect(violation).toBeUndefined();
    expect(events.map(({ kind }) => kind)).toContain('twin');
    expect(runs).toBeGreaterThan(2);
  },
);
