import { aws } from '@postern/aws';
import { createContext, isPosternError, type Driver, type Journal } from '@postern/core/internal/library';
import type { MovePlan, MoveResult, Moves, RunMoveOptions } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { seeded } from '../../../core/test/drive.js';
import { seeds } from '../../../core/test/runs.js';
import type { Simulation } from '../../src/index.js';
import type { Around, Machine, MachineOptions } from '../runs/machine.js';
import { ACCEPTED_MS, SharedJournal, sleeperAt, STALE_MS } from '../runs/sleeper.js';
import { canaryShop } from '../shifts/rest-apis/canary-shop.js';
import { routeShop } from '../shifts/route-shop.js';
import { ended, shiftingShop, worker, type ShiftingWorld } from '../shifts/scene.js';
import { callsOf, groups, routes, type HalfWayWorld } from './half-way-worlds.js';
import { MINUTE } from './scene.js';

/** Calls that are moved or shifted, whatever holds them. */
interface SleeperWorld {
  readonly simulation: Simulation;
  readonly driverOf: (by: Machine) => Driver;
  readonly plan: (moves: Moves) => Promise<MovePlan>;
  readonly options: RunMoveOptions;
  /** About how many writes a run makes until its drain. */
  readonly writes: number;
  readonly acceptedMs: number;
  /** Where the calls go, and which entries let them: as text. */
  readonly place: () => Promise<string>;
  /** Calls until it is ended: how many were lost, and the first of them. */
  readonly load: () => () => unknown;
}

const shifting = async (make: () => Promise<ShiftingWorld>, acceptedMs = ACCEPTED_MS.aws): Promise<SleeperWorld> => {
  const world = await make();
  const { simulation, driverOf, callGateway, traffic } = world;
  return {
    simulation,
    driverOf,
    plan: async (moves) => moves.plan(await world.nextRequest()),
    options: { callGateway, drainMs: MINUTE, pauseMs: 5_000 },
    writes: 5,
    acceptedMs,
    place: () => world.holder(),
    load: () => {
      const job = simulation.traffic.load({ ...traffic, perSecond: 2, seconds: 0 });
      return () => {
        job.end();
        return job.status().firstLost;
      };
    },
  };
};

/** Of what a move may change: where routes lead, which rules let calls, and the blocks of links. */
async function placeOf({ simulation, driverOf }: Pick<SleeperWorld, 'simulation' | 'driverOf'>): Promise<string> {
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const clients = (region: string) => simulation.clients(region);
  const driver = driverOf({ clients, alibaba: (region: string) => simulation.alibaba(region) } as Machine);
  const { gateways, securityGroups, links } = await driver.observe({ all: true, checks: true }, context);
  const routes = gateways.map((one) => [one.id, one.linkId, one.routes.map(({ key, linkId }) => [key, linkId])]);
  const rules = securityGroups.flatMap((one) => one.rules.map((rule) => [one.id, rule.cidrBlock, rule.fromPort]));
  return JSON.stringify([routes, rules, links.map(({ id, native }) => [id, native])]);
}

/** A world in which calls are counted while something moves. */
type MovingWorld = Omit<HalfWayWorld, 'former' | 'fresh' | 'settlesMs' | 'mend'>;

const moving = async (make: () => Promise<MovingWorld>, acceptedMs = ACCEPTED_MS.aws): Promise<SleeperWorld> => {
  const { simulation, driverOf, request, how, callGateway, calls } = await make();
  return {
    simulation,
    driverOf,
    plan: async (moves) => moves.plan(await request(), how),
    options: { callGateway, drainMs: 10 * MINUTE, pauseMs: 5_000, assume: how.assume },
    writes: 10,
    acceptedMs,
    place: () => placeOf({ simulation, driverOf }),
    load: () => {
      const { lost, end } = calls();
      return () => {
        end();
        return lost() === 0 ? null : lost();
      };
    },
  };
};

/** A stage of a REST API, from a V1 link to a V2 link. */
async function stage(): Promise<MovingWorld> {
  const { simulation, restApiId, v2 } = await restShop();
  return {
    simulation,
    driverOf: (by) => aws({ region: REGION, clients: by.clients(REGION) }),
    request: () => Promise.resolve({ restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' }),
    how: {},
    calls: callsOf(simulation, {
      gateway: `${restApiId}.execute-api.${REGION}.amazonaws.com`,
      paths: ['/prod/orders', '/prod/carts'],
    }),
  };
}

const WORLDS: Readonly<Record<string, () => Promise<SleeperWorld>>> = {
  listener: () => shifting(shiftingShop),
  'stage with a canary': () => shifting(() => canaryShop('link')),
  'routes of a service': () => shifting(routeShop, ACCEPTED_MS.alibaba),
  'routes of a registry': () => shifting(() => routeShop(undefined, true), ACCEPTED_MS.alibaba),
  'routes of an HTTP API': () => moving(routes),
  'API group': () => moving(() => groups('group'), ACCEPTED_MS.alibaba),
  'instance of API groups': () => moving(() => groups(), ACCEPTED_MS.alibaba),
  'REST deployment': () => moving(stage),
};

const workerOf = (
  world: SleeperWorld,
  journal: Journal,
  how: Pick<MachineOptions, 'around' | 'random' | 'unfenced'>,
): Moves => worker(world, { journal, lock: journal.lock, ...how }).moves;

/** Waits for a command: how it ended, and what it told. */
async function came(work: () => Promise<{ readonly result: MoveResult }>): Promise<string> {
  try {
    const { result } = await work();
    return [result.state, ...result.failures.map(({ code, message }) => `${code} ${message}`)].join('; ');
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return `!${error.code}: ${error.message}`;
  }
}

/**
 * A run sleeps at one of its writes. Once its lock is stale, another process returns it, or continues and finishes it; that one may sleep as
 * well, and a third one takes over. Returns what is wrong at the end.
 */
async function trial(make: () => Promise<SleeperWorld>, seed: number, fenced = true) {
  const random = seeded(seed * 17 + 5);
  const world = await make();
  const { simulation, options } = world;
  const shared = new SharedJournal();
  const before = await world.place();
  const end = world.load();
  const log: string[] = [];
  const work = (name: string, around?: Around) =>
    workerOf(world, shared.of(name, fenced), { around, unfenced: !fenced, random: seeded(seed) });
  const told = async (name: string, done: Promise<string>): Promise<string> => {
    const text = await done;
    log.push(`${name}: ${text}`);
    return text.split(';')[0] as string;
  };
  let move = '';
  const running = async (moves: Moves, more: RunMoveOptions = {}) => {
    const plan = await world.plan(moves);
    move = plan.move;
    return ended(moves.run(plan, { ...options, ...more }));
  };
  const back = (moves: Moves) => ended(moves.rollback(move, { drainMs: options.drainMs, assume: options.assume }));
  const first = sleeperAt(world, random);
  let last = '';
  const a = told('A', came(() => running(work('A', first.around))).finally(first.wake)).then((state) => (last = state));
  await first.asleep;
  const isTaken = first.found.slept !== '' && first.sleepMs >= STALE_MS;
  if (isTaken) {
    await simulation.clock.sleep(STALE_MS);
    const goesBack = random() < 0.6;
    const second = random() < 0.5 ? sleeperAt(world, random) : undefined;
    const does = (moves: Moves) => (goesBack ? back(moves) : running(moves, { finish: true }));
    const b = told(
      'B',
      came(() => does(work('B', second?.around))).finally(() => second?.wake()),
    );
    await Promise.race([second?.asleep ?? b, b]);
    if (second?.found.slept && second.sleepMs >= STALE_MS) {
      await simulation.clock.sleep(STALE_MS);
      last = await told(
        'C',
        came(() => back(work('C'))),
      );
      await b;
    } else last = await b;
    const byOthers = last;
    await a;
    last = byOthers;
    log.push(`asleep: ${first.found.slept}; ${second?.found.slept ?? 'none'}`);
  } else await a;
  await simulation.advance(20 * MINUTE);
  const problems: string[] = [];
  const calm = () => work('calm');
  const statusNow = async () => (await calm().status()).find((row) => row.move === move);
  for (let at = 0; at < 4; at += 1) {
    const row = await statusNow();
    if (row === undefined || row.next === 'nothing') break;
    if (at === 3) problems.push(`no way out: ${row.state}, ${row.next}`);
    log.push(`status: ${row.state}, ${row.next}`);
    if (/^(?:finished|rolled-back)$/.test(last)) problems.push(`ended ${last}, and then ${row.state}: ${row.next}`);
    last = await told(
      'again',
      came(() => back(calm())),
    );
    await simulation.advance(MINUTE);
  }
  const lost = end();
  if (lost !== null) problems.push(`lost: ${JSON.stringify(lost)}`);
  if (last === 'rolled-back' && (await world.place()) !== before)
    problems.push(`not as before: ${await world.place()}`);
  return { seed, problems, log, slept: first.found.slept };
}

describe('a process that sleeps at one of its writes, while others return or finish its move', () => {
  it.each(Object.entries(WORLDS))('%s: every call is served, and all is where status says', async (_, make) => {
    for (const seed of seeds(2, 1_000)) expect(await trial(make, seed)).toMatchObject({ problems: [] });
  });

  it('leaves its late write where nothing asks the lock before a change', async () => {
    const found = [];
    for (const seed of seeds(12, 40)) found.push(...(await trial(() => shifting(shiftingShop), seed, false)).problems);
    expect(found.length).toBeGreaterThan(0);
  });
});
