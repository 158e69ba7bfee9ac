import { PosternError, type Driver } from '@postern/core/internal/library';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { made, smallWorld, type SmallAccount, type SmallWorld } from '../small-world.js';

const BY = { by: 'ada', reason: 'still used' };
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

it('a defect while planning is tried again, is shown, and then fails the spec; its secrets are not kept', async () => {
  const account = await world.account(() => {
    throw new TypeError(`cannot read secretAccessKey=${SECRET}`);
  });
  await world.client.start(world.request('defect', [account]));
  const shown = await world.until(
    'defect',
    ({ specs }) => specs[0]?.retried !== undefined || specs[0]?.endedAt !== undefined,
  );
  const error = { code: 'INTERNAL', message: 'cannot read secretAccessKey=(not shown)' };
  expect(shown.specs[0]?.retried).toMatchObject({ ...error, step: 'plan' });
  const { specs } = await world.ended('defect');
  expect(specs).toMatchObject([{ state: 'failed', error }]);
  expect(specs[0]?.retried).toBeUndefined();
  expect(world.failures.filter(({ key }) => key.includes('defect'))).toMatchObject(
    Array.from({ length: 4 }, () => error),
  );
  const stored = await world.storage();
  expect(stored).toContain('(not shown)');
  expect(stored).not.toContain(SECRET);
});

it('an action without an effect says so, and is not among the actions of the run', async () => {
  const account = await world.account();
  const waves = [{ name: 'all', specs: [account.id], approval: true }];
  await world.client.start(world.request('acts', [account], { waves }));
  await world.until('acts', ({ state }) => state === 'asking');
  const { resume, pause, cancel } = world.client;
  expect(await resume('acts', BY)).toMatchObject({ unchanged: 'not paused', actions: [] });
  expect(await pause('acts', BY)).not.toHaveProperty('unchanged');
  expect(await pause('acts', BY)).toMatchObject({ unchanged: 'paused' });
  expect(await cancel('acts', BY)).not.toHaveProperty('unchanged');
  const { actions } = await world.ended('acts');
  expect(actions.map(({ action }) => action)).toEqual(['pause', 'cancel']);
  expect(await cancel('acts', BY)).toMatchObject({ unchanged: 'ended', actions });
});

it.runIf(PROVE)('a defect of a unit outside of its steps fails the unit at once', async () => {
  let hasPlanned = false;
  const account = await world.account((driver) => ({
    ...driver,
    traits: (kind) => {
      if (hasPlanned) throw new TypeError('no traits');
      return driver.traits(kind);
    },
  }));
  await world.client.start(
    world.request('outside', [account], { waves: [{ name: 'all', specs: [account.id], approval: true }] }),
  );
  hasPlanned = true;
  await world.until('outside', ({ state }) => state === 'asking');
  await world.client.approve('outside', 'wave all', { by: 'ada', approved: true });
  const state = await world.ended('outside');
  expect(state).toMatchObject({ state: 'failed' });
  const units = await world.client.units('outside');
  expect(units.map(({ unit, state: of, error }) => [unit, of, error?.code])).toEqual([
    ['link:orders0', 'failed', 'INTERNAL'],
    ['integration:orders0', 'skipped', undefined],
  ]);
});

it.each(
  [
    ['unit', '"killed-unit"%link:'],
    ['spec', '"killed-spec"'],
    ['run', 'killed-run'],
  ].slice(0, PROVE ? 3 : 1),
)('a %s that an operator kills in the engine does not stay running', async (name, key) => {
  let isHeld = true;
  let isAwaited = false;
  const account = await world.account((driver) =>
    held(driver, () => {
      isAwaited = true;
      return isHeld;
    }),
  );
  const run = `killed-${name}`;
  await world.client.start(world.request(run, [account]));
  await world.until(run, () => isAwaited); // no step is under way, which would keep its turn for a minute
  const [found] = await world.sql<{ readonly id: string }>(
    `select id from sys_invocation where target_service_name like 'postern-${name}%' and target_handler_name = 'run' and target_service_key like '%${key}%' and status <> 'completed'`,
  );
  const answer = await fetch(`${world.engine.admin}/invocations/${found!.id}/kill`, { method: 'PATCH' });
  expect(answer.ok).toBe(true);
  await world.ended(run);
  const state = await world.until(run, ({ counts }) => counts.units.running === undefined);
  isHeld = false;
  expect(state.state).toBe('failed');
  const { error } = name === 'run' ? state : name === 'spec' ? state.specs[0]! : (await world.client.units(run))[0]!;
  expect(error).toMatchObject({ code: 'ABORTED', message: `the ${name} was ended in the engine` });
  // What it held is free: the next run adopts what is there.
  await world.client.start(world.request(`${run}-again`, [account]));
  expect(await world.ended(`${run}-again`)).toMatchObject({ state: 'done' });
  expect(made(account, 'CreateVpcLink')).toBe(1);
});

/** A driver whose links do not become available while they are held. */
function held(driver: Driver, isHeld: () => boolean): Driver {
  return {
    ...driver,
    links: {
      ...driver.links,
      statuses: async (...given) => {
        while (isHeld()) await new Promise((resolve) => setTimeout(resolve, 20));
        return driver.links.statuses(...given);
      },
    },
  };
}

/** The spec of an account without one of its integrations: what that has goes. */
function withoutOne({ spec }: SmallAccount) {
  const { orders0: _gone, ...integrations } = spec.integrations;
  return { ...spec, integrations };
}

it.runIf(PROVE)('what a refused deletion would delete is left, and the next wave begins', async () => {
  const [first, second] = [await world.account(undefined, { links: 2 }), await world.account()];
  await world.client.start(world.request('setup', [first]));
  expect(await world.ended('setup')).toMatchObject({ state: 'done' });
  const request = (run: string, accounts: readonly SmallAccount[]) =>
    world.request(run, accounts, {
      specs: accounts.map((one) => ({ name: one.id, spec: one === first ? withoutOne(one) : one.spec })),
      waves: accounts.map(({ id }) => ({ name: id, specs: [id] })),
      approvals: ['deletion'],
      options: { deleteAllRoutes: true, drain: 0 },
      limits: { maxDeletes: 10 },
    });
  await world.client.start(request('refused', [first, second]));
  await world.until('refused', ({ state }) => state === 'asking');
  await world.client.approve('refused', `deletion ${first.id}`, { ...BY, approved: false });
  const { state, specs } = await world.ended('refused');
  const error = { code: 'ABORTED', message: 'deletion was refused by ada: still used' };
  expect([state, specs]).toMatchObject(['skipped', [{ state: 'skipped', error }, { state: 'done' }]]);
  const units = await world.client.units('refused', first.id);
  expect(new Set(units.map((unit) => unit.state))).toEqual(new Set(['skipped']));
  expect(units.filter((unit) => unit.error !== undefined)).toMatchObject([{ error }]);
  expect(made(first, 'DeleteRoute', 'DeleteIntegration')).toBe(0);

  await world.client.start(request('approved', [first]));
  await world.until('approved', ({ state: now }) => now === 'asking');
  await world.client.approve('approved', `deletion ${first.id}`, { ...BY, approved: true });
  expect(await world.ended('approved')).toMatchObject({ state: 'done' });
  expect(made(first, 'DeleteRoute')).toBe(1);
});

it.runIf(PROVE)('where the plan is stale for half of its units these fail, and the others are made', async () => {
  const foreign: { readonly RouteId: string | undefined; readonly Target: string }[] = [];
  const account = await world.account(
    (driver) => afterCreate(driver, 'links', () => (foreign.length > 0 ? undefined : addForeignRoutes())),
    { links: 4 },
  );
  const call = (operation: string, input: object): Readonly<Record<string, string>> =>
    account.server.simulation.call(
      { service: 'apigatewayv2', operation, region: 'eu-west-1' } as never,
      input as never,
    ) as Readonly<Record<string, string>>;
  const gateway = Object.values(account.spec.integrations)[0]?.gateway as { readonly httpApi: string };
  const ApiId = gateway.httpApi;
  /** Another owner takes the routes of two integrations. */
  function addForeignRoutes(): void {
    const integration = { ApiId, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' };
    const { IntegrationId } = call('CreateIntegration', { ...integration, IntegrationUri: 'https://example.com' });
    const Target = `integrations/${IntegrationId}`;
    for (const name of ['orders1', 'orders3']) {
      const { RouteId } = call('CreateRoute', { ApiId, RouteKey: `ANY /${name}/{proxy+}`, Target });
      foreign.push({ RouteId, Target });
    }
  }
  await world.client.start(world.request('stale', [account]));
  expect(await world.ended('stale')).toMatchObject({ state: 'failed', counts: { units: { done: 6, failed: 2 } } });
  const units = await world.client.units('stale');
  const failed = units.filter(({ state }) => state === 'failed');
  expect(failed.map(({ unit, error }) => [unit, error?.code])).toEqual([
    ['integration:orders1', 'ALREADY_EXISTS'],
    ['integration:orders3', 'ALREADY_EXISTS'],
  ]);
  const targets = foreign.map(({ RouteId }) => call('GetRoute', { ApiId, RouteId })['Target']);
  expect(targets).toEqual(foreign.map(({ Target }) => Target));
  expect(made(account, 'UpdateRoute', 'DeleteRoute')).toBe(0);
});

it.runIf(PROVE)('a role that cannot be assumed fails the spec of its account alone', async () => {
  const refused = new PosternError('CREDENTIALS_REFUSED', 'sts: the role cannot be assumed');
  const [bad, good] = [await world.account(() => Promise.reject(refused)), await world.account()];
  await world.client.start(world.request('role', [bad, good]));
  const { state, specs } = await world.ended('role');
  expect([state, specs]).toMatchObject([
    'failed',
    [{ state: 'failed', error: { code: 'CREDENTIALS_REFUSED' } }, { state: 'done' }],
  ]);
});

it.runIf(PROVE)('a disk that is full for a moment fails nothing', async () => {
  let isFull = 2;
  const account = await world.account((driver) => {
    if (isFull-- > 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return driver;
  });
  await world.client.start(world.request('disk', [account]));
  expect(await world.ended('disk')).toMatchObject({ state: 'done' });
  expect(world.failures.filter(({ message }) => message.startsWith('ENOSPC'))).toHaveLength(2);
});

it.runIf(PROVE)(
  'a run that is canceled while a step is under way ends after it, and the next run finds what it made',
  async () => {
    for (const step of (['links', 'routes'] as const).slice(0, PROVE ? 2 : 1)) {
      const run = `cancel-${step}`;
      let isOver = false;
      const account = await world.account((driver) =>
        afterCreate(driver, step, async () => {
          if (!isOver) await world.client.cancel(run, BY);
        }),
      );
      await world.client.start(world.request(run, [account]));
      // After the last change nothing may be left to cancel.
      expect(step === 'links' ? ['canceled'] : ['canceled', 'done']).toContain((await world.ended(run)).state);
      const after = [made(account, 'CreateVpcLink'), made(account, 'CreateIntegration'), made(account, 'CreateRoute')];
      expect(after).toEqual(step === 'links' ? [1, 0, 0] : [1, 1, 1]);
      isOver = true;
      await world.client.start(world.request(`${run}-again`, [account]));
      expect(await world.ended(`${run}-again`)).toMatchObject({ state: 'done' });
      expect(made(account, 'CreateVpcLink', 'CreateIntegration', 'CreateRoute')).toBe(3);
    }
  },
);

/** Does something after a creation, before its step ends. */
function afterCreate(driver: Driver, of: 'links' | 'routes', then: () => void | Promise<void>): Driver {
  const after =
    <A extends unknown[], T>(call: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const answer = await call(...given);
      await then();
      return answer;
    };
  if (of === 'links') return { ...driver, links: { ...driver.links, create: after(driver.links.create) } };
  return { ...driver, routes: { ...driver.routes, create: after(driver.routes.create) } };
}
