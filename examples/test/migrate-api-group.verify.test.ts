import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { assume, movingShop } from '../../packages/simulator/test/moves/scene.js';
import { restoreEnvironment } from './environment.js';

const before = { ...process.env };
const cleanups: (() => unknown)[] = [];
beforeEach(() => {
  Object.assign(process.env, { ALIBABA_CLOUD_ACCESS_KEY_ID: 'example', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'example' });
});
afterEach(async () => {
  vi.restoreAllMocks();
  restoreEnvironment(before);
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A served cloud with an API group that moves, and the program. */
async function shop() {
  const world = await movingShop();
  const server = await world.sim.listen();
  cleanups.push(() => server.close());
  const journal = path.join(temporaryFolder(), 'moves.journal');
  const { migrate } = (await import(new URL('../migrate-api-group/migrate.mjs', import.meta.url).href)) as {
    migrate: (options: object) => Promise<number>;
  };
  const run = async (manage: readonly string[]) => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { groupId: group, to, sim } = world;
    const cloud = { region: 'cn-hangzhou', endpoint: server.url, clock: sim.clock };
    const status = await migrate({ ...cloud, group, to, manage, assume, journal });
    const [out, err] = [log, error].map(({ mock }) => mock.calls.map((words) => words.join(' ')).join('\n'));
    return { status, out: out ?? '', err: err ?? '' };
  };
  return { ...world, run };
}

it('adds what is missing, moves the group, and no call is lost', async () => {
  const { run, load, state, serverGroup, groupId, to } = await shop();
  const calls = load(2);
  const { status, out, err } = await run([serverGroup]);
  expect(err).toBe('');
  expect(out).toContain(`adds    allow ingress tcp 80 from 10.0.1.0/24 in ${serverGroup}`);
  expect(out).toContain(`finished: ${groupId} is on ${to}`);
  expect(status).toBe(0);
  expect(state()).toMatchObject({ on: to });
  expect(calls.end().lost).toBe(0);
});

it('changes nothing where a rule is missing in a group that it may not change', async () => {
  const { run, state } = await shop();
  const was = state();
  const { status, err } = await run([]);
  expect(status).toBe(3);
  expect(err).toContain('security group');
  expect(state()).toEqual(was);
});
