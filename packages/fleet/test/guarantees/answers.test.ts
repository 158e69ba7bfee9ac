import { PosternError, type Driver } from '@postern/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { made, smallWorld, type SmallAccount, type SmallWorld } from '../small-world.js';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

const BY = { by: 'ada', reason: 'still used' };

/** The spec of an account without one of its integrations: what that has goes. */
function withoutOne({ spec }: SmallAccount) {
  const { orders0: _gone, ...integrations } = spec.integrations;
  return { ...spec, integrations };
}

it('what a refused deletion would delete is left, and the next wave begins', async () => {
  const [first, second] = [await world.account(undefined, 2), await world.account()];
  await world.client.start(world.request('setup', [first]));
  expect(await world.ended('setup')).toMatchObject({ state: 'done' });
  const request = (run: string, accounts: readonly SmallAccount[]) =>
    world.request(run, accounts, {
      specs: accounts.map((one) => ({ name: one.id, spec: one === first ? withoutOne(one) : one.spec })),
      waves: accounts.map(({ id }) => ({ name: id, specs: [id] })),
      approvals: ['deletion'],
      options: { deleteAllRoutes: true },
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

it('a role that cannot be assumed fails the spec of its account alone', async () => {
  const refused = new PosternError('CREDENTIALS_REFUSED', 'sts: the role cannot be assumed');
  const [bad, good] = [await world.account(() => Promise.reject(refused)), await world.account()];
  await world.client.start(world.request('role', [bad, good]));
  const { state, specs } = await world.ended('role');
  expect([state, specs]).toMatchObject([
    'failed',
    [{ state: 'failed', error: { code: 'CREDENTIALS_REFUSED' } }, { state: 'done' }],
  ]);
});

it('a disk that is full for a moment fails nothing', async () => {
  let isFull = 2;
  const account = await world.account((driver) => {
    if (isFull-- > 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return driver;
  });
  await world.client.start(world.request('disk', [account]));
  expect(await world.ended('disk')).toMatchObject({ state: 'done' });
  expect(world.failures.filter(({ message }) => message.startsWith('ENOSPC'))).toHaveLength(2);
});

it('a run that is canceled while a step is under way ends after it, and the next run finds what it made', async () => {
  for (const step of ['links', 'routes'] as const) {
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
});

/** Does something after a creation, before its step ends. */
function afterCreate(driver: Driver, of: 'links' | 'routes', then: () => Promise<void>): Driver {
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
