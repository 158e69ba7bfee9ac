import { memoryJournal, type Journal } from '@postern/core/internal/library';
import { runs } from '../../../core/test/runs.js';
import { killAt } from '../runs/machine.js';
import { ended, assume, movingShop, worker, type MovingShop } from './scene.js';

/** What a killed process does. */
export type Work = 'run' | 'rollback';

async function work(shop: MovingShop, { moves }: ReturnType<typeof worker>, does: Work) {
  if (does === 'rollback') {
    const [status] = await moves.status();
    return (await ended(moves.rollback(status?.move ?? '', { assume, drainMs: 600_000 }))).result.state;
  }
  const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
  return (await ended(moves.run(plan, { assume, pauseMs: 0 }))).result.state;
}

/** A journal whose last record was lost with the disk. */
async function cut(journal: Journal): Promise<Journal> {
  const left = memoryJournal();
  for (const record of (await journal.read()).slice(0, -1)) await left.append(record);
  return left;
}

/**
 * Kills at each write (in `npm test` each fifth one) until there is none of that number; the same command continues. `isCut`: the record
 * of the write is lost, and everything returns.
 */
export async function killEverywhere(does: Work, when: 'before' | 'after', isCut = false) {
  const ends: string[] = [];
  for (let number = 0; ; number += isCut ? 1 : runs(11, 1)) {
    const shop = await movingShop();
    const journal = memoryJournal();
    if (does === 'rollback') await work(shop, worker(shop, { journal }), 'run');
    const load = shop.load(2);
    const first = worker(shop, { journal, around: killAt(number, when) });
    const killed = await Promise.race([work(shop, first, does).then(() => false), first.by.killed.then(() => true)]);
    if (!killed) return { kills: number, ends: [...new Set(ends)] };
    const state = isCut
      ? await work(shop, worker(shop, { journal: await cut(journal) }), 'rollback')
      : await work(shop, worker(shop, { journal }), does);
    ends.push(JSON.stringify({ state, lost: load.end(), ...(shop.state() as object) }));
  }
}
