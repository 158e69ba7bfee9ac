import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ended, PosternCommand } from './postern-command.js';
import type { Inventory, Scene } from './scene.js';

/** In the environment of every process; it must be in no output and in no file. */
export const CANARY = 'c4nary-53cr3t-0f-th3-t3st';

/** Runs a command line of the same version without a process, which takes less time. */
export type Run = (
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
) => Promise<{ readonly status: number; readonly out: string; readonly err: string }>;

/** A scene in which the first spec is applied, and from which every trial starts. */
export interface Stage {
  readonly scene: Scene;
  readonly command: PosternCommand;
  readonly run: Run;
  readonly env: Record<string, string>;
  readonly world: unknown;
  /** The folder of the first run, with its journal. */
  readonly folder: string;
  /** Before the first spec was applied. */
  readonly before: Inventory;
  /** After the second spec was applied without an interruption: how many resources of each kind there are. */
  readonly counts: Readonly<Record<string, number>>;
  /** How long that took in milliseconds of real time, and how many calls of the cloud it made. */
  usualMs: number;
  readonly usualCalls: number;
}

export const countsOf = (inventory: Inventory): Record<string, number> =>
  Object.fromEntries(Object.entries(inventory).map(([kind, rows]) => [kind, rows.length]));

/** Changes of domains take minutes to reach all callers of Alibaba Cloud, and load balancers become active. */
const SETTLE_MS = 1_200_000;

export const applyOf = ({ flags }: Scene): readonly string[] => ['apply', '--yes', '--json', ...flags];

/** Applies the first spec, saves the world, and measures how the second one is applied without an interruption. */
export async function prepare(scene: Scene, command: PosternCommand, run: Run, folder: string): Promise<Stage> {
  const { simulation, url } = scene.server;
  const env = {
    POSTERN_SIMULATOR: url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: CANARY,
    AWS_SESSION_TOKEN: CANARY,
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIEXAMPLE',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: CANARY,
    ALIBABA_CLOUD_SECURITY_TOKEN: CANARY,
  };
  const must = async ({ ended }: { readonly ended: Promise<Ended> }): Promise<void> => {
    const { status, err } = await ended;
    if (status !== 0) throw new Error(`an apply without an interruption ended with ${status}: ${err}`);
  };
  const own = path.join(folder, 'first');
  mkdirSync(own, { recursive: true });
  const before = scene.inventory();
  writeFileSync(path.join(own, 'postern.yaml'), scene.first);
  await must(command.start(applyOf(scene), { cwd: own, env }));
  await simulation.advance(SETTLE_MS);
  const world = simulation.world();

  const reference = path.join(folder, 'reference');
  cpSync(own, reference, { recursive: true });
  writeFileSync(path.join(reference, 'postern.yaml'), scene.second);
  const calls = simulation.journal().length;
  const started = performance.now();
  await must(command.start(applyOf(scene), { cwd: reference, env }));
  const usualMs = performance.now() - started;
  const usualCalls = simulation.journal().length - calls;
  await simulation.advance(SETTLE_MS);
  const counts = countsOf(scene.inventory());
  return { scene, command, run, env, world, folder: own, before, counts, usualMs, usualCalls };
}

/** Back to the world in which the first spec is applied, and a new folder with its journal and the second spec. */
export function restart({ scene, world, folder }: Stage, to: string): void {
  const { simulation } = scene.server;
  simulation.reset();
  simulation.load(world);
  rmSync(to, { recursive: true, force: true });
  cpSync(folder, to, { recursive: true });
  writeFileSync(path.join(to, 'postern.yaml'), scene.second);
}
