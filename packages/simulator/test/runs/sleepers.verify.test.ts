import { expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { seeds } from '../../../core/test/runs.js';
import { machine, type Around } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, type Scene } from './scene.js';
import { ACCEPTED_MS, SharedJournal, sleeperAt, STALE_MS } from './sleeper.js';

/**
 * An apply or a destroy sleeps at one of its writes. Once its lock is stale, another process applies or destroys, and may sleep as well:
 * then a third one does. Returns what is not as the last one said.
 */
async function trial(make: (seed: number) => Promise<Scene>, seed: number, fenced = true) {
  const random = seeded(seed * 13 + 3);
  const plain = await make(seed);
  const absent = plain.shape();
  await repair(plain, () => machine(plain.simulation, { random: () => 0.5 }));
  const applied = plain.shape();

  const scene = await make(seed);
  const { simulation, creates } = scene;
  const shared = new SharedJournal();
  const log: string[] = [];
  const process = (name: string, around?: Around) => {
    const journal = shared.of(name, fenced);
    return machine(simulation, { random: seeded(seed), journal, lock: journal.lock, unfenced: !fenced, around });
  };
  const acceptedMs = creates === 'CreateVpcLink' ? ACCEPTED_MS.aws : ACCEPTED_MS.alibaba;
  const sleeper = () => sleeperAt({ simulation, writes: 5, acceptedMs }, random);
  const command = async (name: string, around?: Around) => {
    const destroy = random() < 0.5;
    const { failed } = await runOnce(scene, process(name, around), { destroy });
    log.push(`${name} ${destroy ? 'destroys' : 'applies'}: ${failed.join('; ')}`);
    return { destroy, failed };
  };
  if (random() < 0.5) await repair(scene, () => process('before'));
  const [first, second] = [sleeper(), sleeper()];
  const a = command('A', first.around).finally(first.wake);
  await first.asleep;
  let last = undefined as Awaited<typeof a> | undefined;
  if (first.found.slept !== '' && first.sleepMs >= STALE_MS) {
    await simulation.clock.sleep(STALE_MS);
    const b = command('B', second.around).finally(second.wake);
    await Promise.race([second.asleep, b]);
    if (second.found.slept !== '' && second.sleepMs >= STALE_MS) {
      await simulation.clock.sleep(STALE_MS);
      last = await command('C');
    }
    last ??= await b;
    await Promise.all([a, b]);
  } else last = await a;
  log.push(`asleep: ${first.found.slept}; ${second.found.slept}`);
  await simulation.advance(1_200_000);
  const { destroy, failed } = last;
  if (failed.length > 0) await repair(scene, () => process('again'), { destroy });
  const problems = JSON.stringify(scene.shape()) === JSON.stringify(destroy ? absent : applied) ? [] : scene.shape();
  return { seed, problems, log };
}

it.each(CLOUDS)('an apply that sleeps at a write, on %s: all is as the last command says', async (_cloud, sceneOf) => {
  for (const seed of seeds(3, 1_000)) expect(await trial(sceneOf, seed)).toMatchObject({ problems: [] });
});

it('leaves its late write where nothing asks the lock before a change', async () => {
  const found = [];
  for (const seed of seeds(12, 40)) found.push(...(await trial(CLOUDS[0]![1], seed, false)).problems);
  expect(found.length).toBeGreaterThan(0);
});
