import { memoryJournal, type Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { machine } from './machine.js';
import { atOnce, codeFrom, programOf, WORLDS, type World } from './one-spec.js';
import { repair, runOnce, type RunGoal } from './repaired.js';

const random = (): number => 0.5;

/** Runs one process until nothing is left to do. */
const calm = ({ simulation, driver }: World, goal: RunGoal): Promise<number> =>
  repair({ simulation, driver }, () => machine(simulation, { random }), goal);

/** What processes do at once, by their number, and what is declared after that. */
const GOALS: readonly (readonly [string, (at: number) => { readonly other?: boolean; readonly destroy?: boolean }])[] =
  [
    ['change', () => ({ other: true })],
    ['versions', (at) => ({ other: at % 2 === 0 })],
    ['destroy and change', (at) => ({ other: true, destroy: at % 2 === 1 })],
    ['first', () => ({ other: true })],
  ];

/** Codes with which a run may end that another one overtakes. */
const HONEST =
  /: (?:STILL_REFERENCED|WORLD_MOVED|NOT_FOUND|OUTCOME_UNKNOWN|ALREADY_EXISTS|WAIT_FAILED)$|^(?:WORLD_MOVED|NOT_FOUND|WAIT_FAILED)$/;

describe.each(WORLDS)('processes that apply one spec at once, on %s', (_, worldOf) => {
  it('leave what one run leaves, and a destroy leaves nothing', async () => {
    const plain = await worldOf(7);
    const empty = await plain.shape();
    await calm(plain, { spec: plain.spec(true) });
    const whole = await plain.shape();
    const odd: string[] = [];
    for (const seed of seeds(4, 1_000)) {
      const world = await worldOf(seed);
      const [name, goalOf] = GOALS[seed % GOALS.length]!;
      if (name !== 'first') await calm(world, { spec: world.spec() });
      await world.simulation.advance(600_000);
      const journal = seed % 3 === 0 ? memoryJournal() : undefined;
      const ended = await atOnce(
        world,
        seed,
        2 + (seed % 9),
        async (by, at) => {
          const { other, destroy } = goalOf(at);
          return (await runOnce({ driver: world.driver }, by, { spec: world.spec(other), destroy })).failed;
        },
        journal,
      );
      const strange = ended.flat().filter((code) => !HONEST.test(code));
      const wrong = async (goal: RunGoal, wanted: readonly string[]): Promise<void> => {
        const failed = await calm(world, goal).then(
          () => [],
          (error: unknown) => [String(error)],
        );
        await world.simulation.advance(600_000);
        const left = await world.shape();
        if (failed.length > 0 || left.join() !== wanted.join())
          odd.push(`${name} ${seed}: ${failed.join()} ${left.join()}`);
      };
      if (strange.length > 0) odd.push(`${name} ${seed}: ${strange.join()}`);
      await wrong({ spec: world.spec(true) }, whole);
      await wrong({ spec: world.spec(true), destroy: true }, empty);
    }
    expect(odd).toEqual([]);
  });
});

/** What a program declares: as many routes of one target. */
function declared(world: World, count: number): Spec {
  const spec = world.spec();
  const orders = spec.integrations['orders']!;
  const routes = Object.fromEntries(Array.from({ length: count }, (_, at) => [`GET /r${at}`, 'orders']));
  return { ...spec, integrations: { orders: { ...orders, routes } } };
}

describe.each(WORLDS)('replicas of one program, on %s', (_, worldOf) => {
  it('have what they asked for, and a release leaves nothing', async () => {
    const odd: string[] = [];
    const codes: (string | undefined)[] = [];
    const released = async (world: World): Promise<readonly string[]> => {
      for (const isLast of [false, false, true]) {
        const gate = programOf(world, machine(world.simulation, { random }));
        const code = await codeFrom(() => gate.release({ deleteInstances: true }));
        if (code !== undefined && isLast) odd.push(`release ${code}`);
        await world.simulation.advance(600_000);
      }
      return world.shape();
    };
    const plain = await worldOf(7);
    await programOf(plain, machine(plain.simulation, { random })).ensure(declared(plain, 2), { allowPurchase: true });
    const empty = await released(plain);
    for (const seed of seeds(4, 1_000)) {
      const world = await worldOf(seed);
      const gateway = world.spec().integrations['orders']!.gateway as any;
      const program = programOf(world, machine(world.simulation, { random }));
      const made = await program.ensure(declared(world, 2), { allowPurchase: true });
      const [link] = Object.values(made.links);
      const { ref } = world.spec().integrations['orders']!.targets['orders']!;
      const target = await program.ensureTarget(link!, { name: 'orders', ...ref });
      await world.simulation.advance(120_000);
      codes.push(
        ...(
          await atOnce(world, seed, 2 + (seed % 9), async (by, at, own) => {
            const gate = programOf(world, by);
            if (seed % 2 === 0 && at === 0) return [await codeFrom(() => gate.release())];
            if (seed % 2 === 0) return [await codeFrom(() => gate.ensure(declared(world, 6), { allowPurchase: true }))];

            const results: (string | undefined)[] = [];
            for (const round of [0, 1, 2]) {
              const key = `GET /t${at}k${round}`;
              await by.clock.sleep(Math.floor(own() * 5_000));
              results.push(await codeFrom(() => gate.ensureRoute(gateway, key, target)));
              if (own() < 0.6) results.push(await codeFrom(() => gate.deleteRoute(gateway, key)));
            }
            return results;
          })
        ).flat(),
      );
      const left = await released(world);
      if (left.join() !== empty.join()) odd.push(`${seed}: ${left.join()}`);
    }
    const unknown = codes.filter((code) => code === 'OUTCOME_UNKNOWN').length;
    expect([odd, unknown <= codes.length / 100]).toEqual([[], true]);
  });
});
