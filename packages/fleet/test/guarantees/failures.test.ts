import type { Driver } from '@postern/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { made, smallWorld, type SmallWorld } from '../small-world.js';

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

it('a defect of a unit outside of its steps fails the unit at once', async () => {
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

it.each([
  ['run', 'killed-run'],
  ['spec', '"killed-spec"'],
  ['unit', '"killed-unit"%link:'],
])('a %s that an operator kills in the engine does not stay running', async (name, key) => {
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
    `select id from sys_invocation where target_service_name = 'postern-${name}' and target_handler_name = 'run' and target_service_key like '%${key}%' and status <> 'completed'`,
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
