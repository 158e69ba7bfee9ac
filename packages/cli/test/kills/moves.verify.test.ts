import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { PROVE, runs, seeds } from '../../../core/test/runs.js';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { hitAtRandom } from './hit-at-random.js';
import { groupScene, routesScene, type MovingScene } from './moving-scenes.js';
import { bundleCommand, type Ended, type PosternCommand } from './postern-command.js';

const HOURS_MS = 6 * 3_600_000;
/** Trials of each cloud in `npm run prove`, where their seconds allow them. */
const KILLS = 1_000;
const SECONDS = 40;
/** Calls of each route in a simulated second. */
const PER_SECOND = runs(5, 20);
/** The most processes of a trial that are killed, one after the other. */
const MOST_KILLS = 5;
/** Runs after which a trial is given up. */
const MOST_RUNS = MOST_KILLS + 3;

const folder = sharedTemporaryFolder();
let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.end());

/** What a process does: the whole move, or the return from one that was switched. */
const GOALS = {
  finish: ['run', '--pause', '30s', '--finish', '--yes', '--json'],
  'roll back': ['rollback', '--yes', '--json'],
} as const;
type Goal = keyof typeof GOALS;

/** A scene, and the states in which undisturbed processes leave it. */
interface Stage {
  readonly scene: MovingScene;
  readonly world: unknown;
  readonly ends: Readonly<Record<Goal, unknown>>;
  /** How long a run takes, in milliseconds of real time, and how many calls it makes. */
  readonly usualMs: number;
  readonly usualCalls: number;
}

function start({ server, move, takesEffectSeconds }: MovingScene, goal: Goal | 'switch', cwd: string) {
  const [subcommand = '', ...options] =
    goal === 'switch' ? GOALS.finish.filter((one) => one !== '--finish') : GOALS[goal];
  const named = subcommand === 'run' ? move : [];
  const env = { POSTERN_SIMULATOR: server.url };
  const drain = ['--drain', `${takesEffectSeconds}s`];
  return command.start(['migrate', subcommand, ...named, ...options, ...drain], { cwd, env });
}

async function must(running: { readonly ended: Promise<Ended> }): Promise<void> {
  const { status, err, out } = await running.ended;
  if (status !== 0) throw new Error(`a move without an interruption ended with ${status}: ${err}${out}`);
}

function freshFolder(name: string): string {
  const cwd = path.join(folder(), name);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd, { recursive: true });
  return cwd;
}

async function prepare(scene: MovingScene, name: string): Promise<Stage> {
  const { simulation } = scene.server;
  const world = simulation.world();
  const before = scene.state();
  const cwd = freshFolder(name);
  const calls = simulation.journal().length;
  const started = performance.now();
  await must(start(scene, 'finish', cwd));
  const usualMs = performance.now() - started;
  const finished = scene.state();
  expect(finished).not.toEqual(before);
  return {
    scene,
    world,
    ends: { finish: finished, 'roll back': before },
    usualMs,
    usualCalls: simulation.journal().length - calls,
  };
}

/**
 * Processes are killed at random moments until one comes to the end, while callers use all routes.
 * @returns what is not as it must be, and how many kills met a process that was running
 */
async function trial(stage: Stage, seed: number, name: string): Promise<{ odd: readonly string[]; hits: number }> {
  const { scene, world, ends } = stage;
  const { simulation } = scene.server;
  const random = seeded(seed * 104_729);
  const goal: Goal = seed % 3 === 0 ? 'roll back' : 'finish';
  const kills = 1 + (seed % MOST_KILLS);
  const odd: string[] = [];
  let hits = 0;
  const cwd = freshFolder(name);
  simulation.reset();
  simulation.load(world);
  const jobs = scene.paths.map((one) =>
    simulation.traffic.load({ gateway: scene.host, paths: [one], perSecond: PER_SECOND, seconds: 0 }),
  );
  if (goal === 'roll back') await must(start(scene, 'switch', cwd));

  const killed = async (): Promise<Ended> => {
    const running = start(scene, goal, cwd);
    if (await hitAtRandom(running, 'SIGKILL', { random, simulation, ...stage })) hits += 1;
    return running.ended;
  };
  let last: Ended | undefined;
  const statuses: string[] = [];
  while (last?.status !== 0 && statuses.length < MOST_RUNS) {
    last = await (statuses.length < kills ? killed() : start(scene, goal, cwd).ended);
    statuses.push(String(last.status ?? last.killedBy));
    if (last.status !== 0 && last.killedBy === null) odd.push(`a run ended with ${last.status}: ${last.err}`);
  }
  if (last?.status !== 0) odd.push(`no run of ${statuses.join(', ')} came to the end`);
  await simulation.advance(scene.takesEffectSeconds * 1_100);
  for (const job of jobs) {
    job.end();
    const { calls, lost, firstLost } = job.status();
    if (calls === 0) odd.push('no call was made');
    if (lost > 0) odd.push(`${lost} of ${calls} calls were lost, first ${JSON.stringify(firstLost)}`);
  }
  const state = scene.state();
  if (!isDeepStrictEqual(state, ends[goal]))
    odd.push(`it ended as ${JSON.stringify(state)}, not as ${JSON.stringify(ends[goal])}`);
  return { odd: odd.map((text) => `seed ${seed}, ${goal}: ${text}`), hits };
}

const MOST_MISSES = 20;

// In `npm run verify` processes that apply are killed: kills.verify.test.ts.
describe.runIf(PROVE).each([
  ['an API group', groupScene],
  ['routes of an HTTP API', routesScene],
] as const)('processes that move %s and are killed at a random moment while calls are made', (name, sceneOf) => {
  it(
    'the same command continues, loses no call, and ends as without the kill',
    async () => {
      const scene = await sceneOf();
      try {
        const stage = await prepare(scene, name);
        let hits = 0;
        const odd: string[] = [];
        let trials = 0;
        const tryOne = async (seed: number) => {
          const result = await trial(stage, seed, name);
          trials += 1;
          odd.push(...result.odd);
          return result.hits;
        };
        for (const seed of seeds(1, KILLS, SECONDS)) hits += await tryOne(seed);
        // On a busy machine a signal may come when the process has ended.
        for (let seed = KILLS + 1; hits === 0 && seed <= KILLS + MOST_MISSES; seed += 1) hits += await tryOne(seed);
        console.log(`${name}: ${trials} trials, ${hits} SIGKILLs met a running process`);
        expect(odd).toEqual([]);
        expect(hits).toBeGreaterThan(0);
      } finally {
        await scene.server.close();
      }
    },
    HOURS_MS,
  );
});
