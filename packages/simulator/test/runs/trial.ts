import { driversOf, isPosternError, memoryJournal, type RunEvent } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { machine, type Machine } from './machine.js';
import { contextOf, type Scene } from './scene.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/** How far lists lag at most, in milliseconds. */
const LAG_MS = 30_000;
/** Milliseconds after which a killed run is continued. */
const PAUSES = [0, 2_000, 5_000, 10_000, 15_000];
/** Most milliseconds between the starts of two machines: after more, the second one reads the first one's link. */
const APART_MS = 45_000;

/** The result of one run: the codes of failed steps, or of the error that ended it. */
export type Ended = readonly string[];

/** Plans and applies as one process; ends, too, when the process is killed. */
export async function run(scene: Scene, by: Machine): Promise<Ended> {
  const { spec } = scene;
  const drivers = driversOf(scene.driver(by));
  const context = contextOf(by);
  const failed: string[] = [];
  const tell = (event: RunEvent): void => {
    if (event.type === 'step.failed') failed.push(`${event.step}: ${event.error.code}`);
  };
  const work = async (): Promise<Ended> => {
    try {
      const plan = diff(await observeSpec(spec, drivers, context), spec, { clouds: CLOUDS });
      for await (const event of apply(plan, {
        judge,
        spec,
        drivers,
        context,
        journal: by.journal,
        allowPurchase: true,
        ignoreFindings: ['*'],
      }))
        tell(event);
    } catch (error) {
      if (!isPosternError(error)) throw error;
      failed.push(error.code);
    }
    return failed;
  };
  return Promise.race([work(), by.killed.then(() => ['killed'])]);
}

/** From now on every read of the cloud returns an older state: of constant age, or each of its own age up to `ms`. */
function lag({ simulation }: Scene, seed: number, ms: number): void {
  simulation.faults.add({ kind: 'stale', ms, leastMs: seed % 3 === 0 ? 0 : ms });
}

/** Runs until one run completes; the last one can have no steps. */
async function converge(scene: Scene, next: () => Machine): Promise<Ended> {
  let ended: Ended = [];
  for (let runs = 0; runs < 3; runs += 1) {
    ended = await run(scene, next());
    if (ended.length === 0) return [];
    await scene.simulation.advance(LAG_MS);
  }
  return ended;
}

/**
 * A process is killed after it has created a link, and run again on the same machine. Returns the failures of the
 * last run.
 */
export async function killed(scene: Scene, seed: number): Promise<Ended> {
  const chances = new SeededRandom(seed, 10);
  const random = (): number => chances.next();
  lag(scene, seed, LAG_MS * Math.sqrt(random()));
  const journal = memoryJournal();
  const first = machine(scene.simulation, { random, journal, killAfter: scene.creates });
  const ended = await run(scene, first);
  if (ended[0] !== 'killed') throw new Error(`not killed: ${ended.join()}`);
  await scene.simulation.advance(PAUSES[seed % PAUSES.length] ?? 0);
  return converge(scene, () => machine(scene.simulation, { random, journal }));
}

/** Two machines apply the same spec at about the same time. Returns the failures of a later run. */
export async function together(scene: Scene, seed: number): Promise<{ readonly links: number; readonly later: Ended }> {
  const chances = new SeededRandom(seed, 11);
  const random = (): number => chances.next();
  lag(scene, seed, LAG_MS * Math.sqrt(random()));
  const apartMs = seed % 2 === 0 ? 0 : APART_MS * random();
  const start = async (afterMs: number, stream: number): Promise<Ended> => {
    const own = new SeededRandom(seed, stream);
    const by = machine(scene.simulation, { random: () => own.next() });
    await by.clock.sleep(afterMs);
    return run(scene, by);
  };
  await Promise.all([start(0, 12), start(apartMs, 13)]);
  return { links: scene.links().length, later: await converge(scene, () => machine(scene.simulation, { random })) };
}
