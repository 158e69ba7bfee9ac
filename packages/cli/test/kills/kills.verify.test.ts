import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedTemporaryFolder } from '../../../core/test/temporary-folder.js';
import { PROVE, seeds } from '../../../core/test/runs.js';
import { run } from '../run-command.js';
import { alibabaScene } from './alibaba-scene.js';
import { awsScene } from './aws-scene.js';
import { bundleCommand, type PosternCommand } from './postern-command.js';
import { prepare, type Stage } from './stage.js';
import { trial, type Signal } from './trial.js';
import { together } from './together.js';

const CLOUDS = ['aws', 'alibaba'];
const HOURS_MS = 6 * 3_600_000;
/** Trials of each cloud in `npm run prove`, where their seconds allow them. Three processes of each with SIGKILL are killed. */
const KILLS = 1_000;
/** Seconds of trials with SIGKILL, with other signals, and with two processes. */
const SECONDS = { killed: 40, ended: 15, together: 15 };
const folder = sharedTemporaryFolder();
let command: PosternCommand;
let stages: Readonly<Record<string, Stage>> = {};

beforeAll(async () => {
  command = await bundleCommand();
  const sceneOf = (name: string) => (name === 'aws' ? awsScene() : alibabaScene());
  const stageOf = async (name: string) => prepare(await sceneOf(name), command, run, path.join(folder(), name));
  stages = Object.fromEntries(await Promise.all(CLOUDS.map(async (name) => [name, await stageOf(name)] as const)));
});
afterAll(async () => {
  command.end();
  await Promise.all(Object.values(stages).map(({ scene }) => scene.server.close()));
});

/** Runs trials of clouds side by side, each cloud with a simulator of its own. */
async function onClouds(
  clouds: readonly string[],
  seconds: number,
  tried: (stage: Stage, seed: number, cwd: string) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const lane = async (cloud: string): Promise<readonly string[]> => {
    const stage = stages[cloud]!;
    const odd: string[] = [];
    for (const seed of seeds(1, KILLS, seconds)) {
      const found = await tried(stage, seed, path.join(folder(), cloud, 'trial'));
      odd.push(...found.map((text) => `${cloud}, ${text}`));
      if (found.length > 0) console.log(`${cloud}, ${found.join('\n')}`); // the end may be an hour away
    }
    return odd;
  };
  return (await Promise.all(clouds.map(lane))).flat();
}

describe.runIf(PROVE)('processes that get a signal at a random moment while calls are made', () => {
  it(
    'the runs after SIGKILL end with one resource for each declaration, lose no call and wait for no lock',
    async () => {
      const hits = new Map<Stage, number>();
      const odd = await onClouds(CLOUDS, SECONDS.killed, async (stage, seed, cwd) => {
        const result = await trial(stage, seed, cwd, 'SIGKILL');
        hits.set(stage, (hits.get(stage) ?? 0) + result.hits);
        return result.odd;
      });
      console.log(`SIGKILLs that met a running process: ${[...hits.values()].join(' and ')}`);
      expect(odd).toEqual([]);
      for (const stage of Object.values(stages)) expect(hits.get(stage)).toBeGreaterThan(0);
    },
    HOURS_MS,
  );

  // In `npm run verify` test/process.verify.test.ts sends two of them, at one moment.
  it(
    'SIGINT, SIGTERM and SIGHUP end a run with their status and message, and the next run completes it',
    { timeout: HOURS_MS },
    async () => {
      const signals: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
      const odd = await onClouds(CLOUDS, SECONDS.ended, async (stage, seed, cwd) => {
        const result = await trial(stage, seed, cwd, signals[seed % signals.length] ?? 'SIGTERM');
        return result.odd;
      });
      expect(odd).toEqual([]);
    },
  );
});

// In `npm test` packages/testing/test/runs/two-machines.verify.test.ts has two that share a process of Node.js.
describe.runIf(PROVE)('two processes without a common journal', () => {
  it(
    'that apply at the same time end with one link, which carries the routes',
    async () => {
      expect(await onClouds(CLOUDS, SECONDS.together, together)).toEqual([]);
    },
    HOURS_MS,
  );
});
