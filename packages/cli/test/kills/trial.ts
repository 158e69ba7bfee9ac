import { isDeepStrictEqual } from 'node:util';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { seeded } from '../../../core/test/drive.js';
import { hitAtRandom } from './hit-at-random.js';
import type { Ended } from './postern-command.js';
import { applyOf, CANARY, countsOf, restart, type Stage } from './stage.js';

export type Signal = 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const STATUS: Readonly<Record<Signal, number | null>> = { SIGKILL: null, SIGINT: 130, SIGTERM: 143, SIGHUP: 143 };

/** Runs without a signal after which a trial is given up. */
const MOST_RUNS = 3;
/** The most processes of a trial that get a signal, one after the other. */
const MOST_SIGNALS = 6;
/** Calls of the load job per second of simulated time. */
const PER_SECOND = 2;

export interface TrialResult {
  /** What is not as it must be; empty where all is well. */
  readonly odd: readonly string[];
  /** How many signals met a process that was still running. */
  readonly hits: number;
}

/**
 * The second spec is applied by processes that get a signal at a random moment, until one ends with success; meanwhile
 * callers use the route that the first spec made. Then what is left is compared, and removed.
 */
export async function trial(stage: Stage, seed: number, cwd: string, signal: Signal): Promise<TrialResult> {
  const { scene, command, env } = stage;
  const { simulation } = scene.server;
  const random = seeded(seed * 7_919);
  const odd: string[] = [];
  const runs: string[] = [];
  let hits = 0;
  const keepsJournal = seed % 3 !== 0;
  const signals = 1 + (seed % MOST_SIGNALS);

  restart(stage, cwd);
  const load = simulation.traffic.load({ gateway: scene.host, paths: ['/orders'], perSecond: PER_SECOND, seconds: 0 });
  const interrupted = async (): Promise<Ended> => {
    const running = command.start(applyOf(scene), { cwd, env });
    if (await hitAtRandom(running, signal, { random, simulation, ...stage })) hits += 1;
    return running.ended;
  };
  let last: Ended | undefined;
  while (last?.status !== 0 && runs.length < signals + MOST_RUNS) {
    const isInterrupted = runs.length < signals;
    const started = performance.now();
    const callsBefore = simulation.journal().length;
    last = isInterrupted ? await interrupted() : await command.start(applyOf(scene), { cwd, env }).ended;
    runs.push(String(last.status ?? last.killedBy));
    odd.push(...leaks(last, cwd));
    const made = simulation.journal().length - callsBefore;
    if (isInterrupted) odd.push(...endOf(last, signal, made));
    else if (last.status !== 0) odd.push(`run ${runs.length} ended with ${runs.at(-1)}: ${last.err}`);
    else if (runs.length === signals + 1) stage.usualMs = (stage.usualMs + performance.now() - started) / 2;
    if (!keepsJournal) rmSync(path.join(cwd, '.postern'), { recursive: true, force: true });
  }
  if (last?.status !== 0) odd.push(`no run of ${runs.join(', ')} succeeded`);

  await simulation.advance(60_000);
  const { calls, lost, firstLost } = load.end();
  if (calls === 0) odd.push('no call was made meanwhile');
  if (lost > 0) odd.push(`${lost} calls were lost, first ${JSON.stringify(firstLost)}`);
  if (await isToSweep(stage, cwd)) await command.start(applyOf(scene), { cwd, env }).ended;
  odd.push(...(await leftOver(stage, cwd)));
  const what = `seed ${seed}, ${signal}, journal ${keepsJournal ? 'kept' : 'deleted'}`;
  return { odd: odd.map((text) => `${what}: ${text}`), hits };
}

/** A run that got a signal ends as documented: killed, stopped with a message, or done before. */
function endOf({ status, killedBy, out, err }: Ended, signal: Signal, calls: number): readonly string[] {
  if (status === 0) return [];
  // Before the command handles signals, the system ends it, and nothing was done; and so while Node.js ends, when all was reported.
  const isOutside = calls === 0 || out.includes('"type":"run.done"');
  if (killedBy === signal) return signal === 'SIGKILL' || isOutside ? [] : [`killed by ${signal} after ${calls} calls`];
  const message = `stopped by ${signal}. No change was started after that. Changes that were started are recorded; run the command again to continue`;
  const last = err.trimEnd().split('\n').at(-1) ?? '';
  const expected = JSON.stringify({ error: { code: 'ABORTED', message } });
  return status === STATUS[signal] && last === expected ? [] : [`after ${signal} the status was ${status}: ${err}`];
}

/** Where the canary is in an output or a file. */
function leaks({ out, err }: Ended, cwd: string): readonly string[] {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = [out, err, ...files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))];
  return texts.some((text) => text.includes(CANARY)) ? ['a secret was written'] : [];
}

/**
 * Whether a mark names a route that is not there. A run that creates routes keeps what a killed one wrote into marks, since lists may not
 * show new routes yet; the next run corrects them.
 */
async function isToSweep({ scene, run, env }: Stage, cwd: string): Promise<boolean> {
  const { status, out } = await run(['plan', '--detailed-exitcode', ...scene.destroyFlags], { cwd, env });
  return status === 2 && out.includes('~ sweep ') && out.includes('\n1 to change; ');
}

/** The next plan is empty, there is one resource for each declaration and `more` integrations, and after `destroy` it is as before everything. */
export async function leftOver(stage: Stage, cwd: string, more = 0): Promise<readonly string[]> {
  const { scene, run, env, before, counts } = stage;
  const { simulation } = scene.server;
  const odd: string[] = [];
  const plan = await run(['plan', '--detailed-exitcode', ...scene.destroyFlags], { cwd, env });
  if (plan.status !== 0) odd.push(`the next plan ended with ${plan.status}: ${plan.out}${plan.err}`);
  await simulation.advance(3_600_000);
  const now = scene.inventory();
  for (const [kind, count] of Object.entries(countsOf(now))) {
    const least = counts[kind] ?? 0;
    if (count < least || count > least + (kind === 'integrations' ? more : 0))
      odd.push(`${count} ${kind}, not ${least}`);
  }
  for (const [kind, rows] of Object.entries(before)) {
    const foreign = rows.filter((row) => !now[kind]?.some((one) => isDeepStrictEqual(one, row)));
    if (foreign.length > 0) odd.push(`changed or gone of ${kind}: ${JSON.stringify(foreign)}`);
  }
  const destroyed = await run(['destroy', '--yes', ...scene.destroyFlags], { cwd, env });
  if (destroyed.status !== 0) odd.push(`destroy ended with ${destroyed.status}: ${destroyed.out}${destroyed.err}`);
  await simulation.advance(3_600_000);
  const after = scene.inventory();
  for (const [kind, rows] of Object.entries(after)) {
    if (!isDeepStrictEqual(rows, before[kind])) {
      odd.push(`after destroy ${kind} is ${JSON.stringify(rows)}, not ${JSON.stringify(before[kind])}`);
    }
  }
  return odd;
}
