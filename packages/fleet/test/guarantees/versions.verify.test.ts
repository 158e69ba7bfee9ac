import { PosternError, type Driver } from '@postern/core/internal/library';
import { registerWorkers, type WorkerOptions } from '@postern/fleet/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { made, smallWorld, type SmallWorld } from '../small-world.js';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

const BY = { by: 'ada' };

/** A worker of a deployment of its own, whose waits hold no connection, so that it stops at once. */
async function deployed(options: Partial<WorkerOptions> = {}) {
  const worker = await world.worker({ replaysAlways: true, ...options });
  return { ...worker, port: Number(new URL(worker.url).port) };
}

const register = (url: string, how = {}) => registerWorkers(world.engine.admin, url, how);

/** Workers end and begin: `npm run prove`. */
describe.runIf(PROVE)('workers of several versions', () => {
  it('what begins on a version ends on it: later waves, specs and units of a run, although newer workers are registered', async () => {
    const [first, second, other] = [await world.account(), await world.account(), await world.account()];
    const waves = [first, second].map(({ id }, at) => ({ name: `wave ${at}`, specs: [id], approval: at === 1 }));
    const approve = (wave: string) => world.client.approve('old', `wave ${wave}`, { ...BY, approved: true });
    await register((await deployed({ version: 'old' })).url);
    await world.client.start(world.request('old', [first, second], { waves }));
    await world.until('old', ({ state }) => state === 'asking');
    await register((await deployed({ version: 'new (2)' })).url);
    await world.client.start(world.request('new', [other]));
    await approve('wave 1');
    expect([await world.ended('old'), await world.ended('new')]).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    const rows = await world.sql<{ readonly key: string; readonly service: string; readonly deployment: string }>(
      `select target_service_key as key, target_service_name as service, pinned_deployment_id as deployment from sys_invocation
        where target_handler_name = 'run'`,
    );
    const deploymentsOf = (run: string): ReadonlySet<string> =>
      new Set(rows.filter(({ key }) => key === run || key.startsWith(`["${run}"`)).map(({ deployment }) => deployment));
    const [old, fresh] = [deploymentsOf('old'), deploymentsOf('new')];
    expect([old.size, fresh.size, new Set([...old, ...fresh]).size]).toEqual([1, 1, 2]);
    const services = new Set(rows.filter(({ key }) => /^\["(?:old|new)"/.test(key)).map(({ service }) => service));
    expect([...services].toSorted()).toEqual([
      'postern-spec-new--2-',
      'postern-spec-old',
      'postern-unit-new--2-',
      'postern-unit-old',
    ]);
  });

  it('a release that is rolled back holds no run up once the earlier workers are registered again', async () => {
    const account = await world.account();
    const old = await deployed({ version: 'good' });
    await register(old.url);
    await world.client.start(
      world.request('held', [account], { waves: [{ name: 'all', specs: [account.id], approval: true }] }),
    );
    await world.until('held', ({ state }) => state === 'asking');
    const bad = await deployed({ version: 'bad' });
    await register(bad.url);
    await bad.stop();
    await register(old.url);
    await world.client.approve('held', 'wave all', { ...BY, approved: true });
    expect(await world.ended('held')).toMatchObject({ state: 'done' });
    expect(made(account, 'CreateVpcLink')).toBe(1);
  });

  it('workers of another version do not replace those at their address that runs have begun on', async () => {
    const account = await world.account();
    const old = await deployed({ version: 'a' });
    await register(old.url);
    await expect(register(old.url)).resolves.toHaveProperty('deployment'); // the same again
    await world.client.start(
      world.request('pinned', [account], { waves: [{ name: 'all', specs: [account.id], approval: true }] }),
    );
    await world.until('pinned', ({ state }) => state === 'asking');
    await old.stop();
    await deployed({ version: 'b', port: old.port });
    await expect(register(old.url)).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringMatching(
        /^workers of version b answer at .*, and \d+ parts of runs have begun there on version a$/,
      ) as string,
    });
    await register(old.url, { replace: true });
    await world.client.approve('pinned', 'wave all', { ...BY, approved: true });
    expect(await world.ended('pinned')).toMatchObject({ state: 'done' });
    await expect(register(old.url)).resolves.toHaveProperty('deployment'); // nothing is under way
  });

  it('a unit that other code would continue waits, and says so; with its own code it goes on', async () => {
    let isPending = true;
    const account = await world.account((driver) => pending(driver, () => isPending));
    const old = await deployed();
    await register(old.url);
    await world.client.start(world.request('mismatch', [account]));
    await world.until('mismatch', () => made(account, 'CreateVpcLink') === 1);
    await old.stop();
    // Without a driver the unit does something else than it has done.
    const other = await deployed({
      port: old.port,
      drivers: () => Promise.reject(new PosternError('CREDENTIALS_MISSING', 'no credentials')),
    });
    isPending = false;
    const { specs } = await world.until(
      'mismatch',
      ({ specs: [spec] }) => spec?.retried?.code === 'UNSUPPORTED_VERSION' || spec?.endedAt !== undefined,
    );
    expect(specs[0]?.retried?.message).toBe(
      'another version of the worker began it; it continues when that version answers at its address',
    );
    await other.stop();
    await deployed({ port: old.port });
    await world.ended('mismatch');
    expect(made(account, 'CreateVpcLink')).toBe(1);
  });

  it('what a newer command asks for is refused, and nothing begins: a limit that is not read would not hold', async () => {
    const account = await world.account();
    const newer = { limits: { maxReplacements: 0 }, options: { dryRun: true }, approvals: ['rename'] } as object;
    await expect(world.client.start(world.request('newer', [account], newer))).rejects.toMatchObject({
      code: 'UNSUPPORTED_VERSION',
      message: 'workers of this version do not know limits.maxReplacements, options.dryRun, approvals: rename',
    });
    await expect(world.client.status('newer')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const unknown = { ...account, spec: { ...account.spec, newer: true } as never };
    await world.client.start(world.request('newer-spec', [unknown]));
    expect((await world.ended('newer-spec')).specs[0]?.error?.message).toContain('unknown key `newer`');
    expect(made(account, 'CreateVpcLink')).toBe(0);
    // The next run is not held up.
    await world.client.start(world.request('known', [account]));
    expect(await world.ended('known')).toMatchObject({ state: 'done' });
  });

  it('a history that newer workers keep stays as it is, and the round says so; with theirs it goes on', async () => {
    const account = await world.account();
    const watch = async (run: string) => {
      await world.client.start(world.request(run, [account], { goal: 'watch' }));
      return world.ended(run);
    };
    const [first] = (await watch('watch-1')).specs;
    const key = first?.watched?.history ?? '';
    const kept = await world.client.history(key);
    const put = async (history: object): Promise<void> => {
      const bytes = [...Buffer.from(JSON.stringify(history))];
      const body = JSON.stringify({ object_key: key, new_state: { history: bytes } });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${world.engine.admin}/services/postern-history/state`, {
        method: 'POST',
        headers,
        body,
      });
      expect(answer.status).toBe(202);
    };
    const newer = { ...kept, version: 2, owners: ['ada'] };
    await put(newer);
    await expect.poll(() => world.client.history(key), { timeout: 10_000 }).toEqual(newer);
    expect((await watch('watch-2')).specs[0]).toMatchObject({
      state: 'failed',
      error: { code: 'UNSUPPORTED_VERSION', message: `a newer version of the workers keeps the history of ${key}` },
    });
    expect(await world.client.history(key)).toEqual(newer);
    await put(kept);
    await expect.poll(() => world.client.history(key), { timeout: 10_000 }).toEqual(kept);
    expect(await watch('watch-3')).toMatchObject({ state: 'done' });
    expect(await world.client.history(key)).toMatchObject({ rounds: kept.rounds + 1 });
  });

  it('a worker that stops finishes its step, and the next one does not do it again', async () => {
    let isCreating: () => void = () => undefined;
    const creating = new Promise<void>((resolve) => {
      isCreating = resolve;
    });
    const account = await world.account((driver) => ({
      ...driver,
      links: {
        ...driver.links,
        create: async (...given) => {
          const link = await driver.links.create(...given);
          isCreating();
          await new Promise((resolve) => setTimeout(resolve, 300));
          return link;
        },
      },
    }));
    const old = await deployed();
    await register(old.url);
    await world.client.start(world.request('stop', [account]));
    await creating;
    await old.stop();
    expect(made(account, 'CreateVpcLink')).toBe(1);
    await deployed({ port: old.port });
    expect(await world.ended('stop')).toMatchObject({ state: 'done' });
    expect(made(account, 'CreateVpcLink')).toBe(1);
    const events = await world.client.events('stop', { spec: account.id, unit: 'link:orders0' });
    expect(events.filter(({ type }) => type === 'step.retried')).toEqual([]);
  });
});

/** A driver whose links are PENDING. */
function pending(driver: Driver, isPending: () => boolean): Driver {
  return {
    ...driver,
    links: {
      ...driver.links,
      statuses: async (...given) => {
        const all = await driver.links.statuses(...given);
        return isPending() ? all.map((one) => ({ ...one, state: 'pending' as const })) : all;
      },
    },
  };
}
