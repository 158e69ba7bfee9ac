import type { Driver } from '@postern/core/internal/library';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { made, smallWorld, type SmallWorld } from '../small-world.js';

const SPEED = 20;
/** On the clock of the clouds, in milliseconds: less than lists may lag. */
const LAG_MS = 15_000;

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld({ speed: SPEED });
});
afterAll(() => world.close());

it.each(['canceled', 'done'])('a run after one that is %s finds the link that lists do not show yet', async (how) => {
  let isNew = false;
  let hiddenMs = 0;
  const account = await world.account((driver) => lagging(driver, () => isNew && Date.now() < hiddenMs));
  const [first, second] = [`first-${how}`, `second-${how}`];
  await world.client.start(world.request(first, [account]));
  await world.until(first, () => made(account, 'CreateVpcLink') === 1);
  if (how === 'canceled') await world.client.cancel(first, { by: 'ada' });
  expect(await world.ended(first)).toMatchObject({ state: how });
  isNew = true;
  hiddenMs = Infinity;
  await world.client.start(world.request(second, [account]));
  await world.until(second, ({ specs }) => specs[0]?.state === 'running');
  hiddenMs = Date.now() + LAG_MS / SPEED;
  expect(await world.ended(second)).toMatchObject({ state: 'done' });
  expect(made(account, 'CreateVpcLink')).toBe(1);
});

/** Its lists of links lag. */
function lagging(driver: Driver, isHidden: () => boolean): Driver {
  return {
    ...driver,
    observe: async (...given) => {
      const seen = await driver.observe(...given);
      return isHidden() ? { ...seen, links: [] } : seen;
    },
    links: {
      ...driver.links,
      find: async (...given) => (isHidden() ? undefined : driver.links.find(...given)),
    },
  };
}
