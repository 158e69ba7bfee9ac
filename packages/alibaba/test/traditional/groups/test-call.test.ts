import { describe, expect, it } from 'vitest';
import { groupRef, instanceRef } from '../../world/refs.js';
import { OWNER, refusalOf, simulated } from '../../world/simulated.js';

describe('a test call of an API group', () => {
  const ready = async () => {
    const cloud = await simulated();
    const { driver, ctx, world } = cloud;
    const link = instanceRef(await cloud.link());
    const gateway = groupRef(world.gateway.id);
    /** The second one, a machine in the group of the link, is reached. The first one has no servers. */
    const target = (at: 0 | 1) =>
      driver.targetResources.create(link, world.targets[at]!, { ...OWNER, name: `t${at}` }, ctx);
    const place = { gateway, key: 'GET /orders', method: 'GET', path: '/orders' };
    const test = (more: object) => driver.testCalls.testCall({ ...place, link, ...more }, ctx);
    return { ...cloud, gateway, link, target, test };
  };

  it('says whether the instance connects to the target of the authorization', async () => {
    const { test, link, target } = await ready();
    const [empty, machine] = [await target(0), await target(1)];
    const way = ({ resourceId, port }: typeof empty) => `${link.id} to ${resourceId} port ${port}`;
    expect(await test({ targetId: empty.id })).toEqual({
      outcome: 'failed',
      because: `${way(empty)} does not connect`,
    });
    expect(await test({ targetId: machine.id })).toEqual({ outcome: 'connected', because: `${way(machine)} connects` });
  });

  it('asks the instance of the group where no link is named', async () => {
    const { test, gateway, driver, ctx, link, target } = await ready();
    const machine = await target(1);
    const asked = { link: undefined, targetId: machine.id };
    expect(await test(asked)).toMatchObject({ because: expect.stringContaining('api-shared-vpc-001') });
    const use = { target: machine, path: 'overwrite' } as const;
    await driver.routes.create({ gateway, key: 'GET /orders', link, use, owner: OWNER }, ctx);
    expect(await test(asked)).toMatchObject({ outcome: 'connected', because: expect.stringContaining(link.id) });
  });

  it('decides nothing of a plain address, and refuses an authorization that does not exist', async () => {
    const { test } = await ready();
    expect(await test({ targetId: '10.10.0.99:8080' })).toMatchObject({ outcome: 'unknown' });
    expect(await refusalOf(test({ targetId: 'nothing' })!)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
