import { describe, expect, it } from 'vitest';
import type { RouteRequest } from '@postern/core/internal/adapter';
import { edit, OWNER, refusalOf, simulated } from '../world/simulated.js';
import { groupRef, instanceRef } from '../world/refs.js';

/** A published API of the project behind an instance of the project. */
async function published() {
  const cloud = await simulated();
  const { driver, ctx, world } = cloud;
  const linkId = await cloud.link();
  const target = await driver.targetResources.create(
    instanceRef(linkId),
    world.targets[0],
    { ...OWNER, name: 'a' },
    ctx,
  );
  const request = (more: Partial<RouteRequest> = {}): RouteRequest => ({
    gateway: groupRef(world.gateway.id),
    key: 'GET /orders',
    link: instanceRef(linkId),
    use: { target, path: 'overwrite' },
    owner: OWNER,
    ...more,
  });
  return { ...cloud, linkId, target, route: await driver.routes.create(request(), ctx), request };
}

const RULE = { kind: 'stale', ms: 30_000, probability: 1 } as const;

/** Earlier states are kept while a fault rule may need them: this rule names an operation that does not exist. */
const HISTORY = { ...RULE, operation: 'None' } as const;

describe('marks decide on every write', () => {
  it('apply D6: an API that lost its mark outside of Postern gets no mark and no backend again', async () => {
    const { driver, ctx, request, route, simulation, world, calledSince } = await published();
    edit(simulation, 'postern:shop@shop/orders', 'ours since Monday');
    const from = simulation.journal().length;
    const error = await refusalOf(driver.routes.update(route, request({ stages: ['RELEASE', 'TEST'] }), ctx));
    expect(error).toMatchObject({ code: 'NOT_OURS' });
    expect(calledSince(from).filter((name) => /^(?:Modify|Deploy|Abolish)/.test(name))).toEqual([]);
    expect((await driver.routes.find(groupRef(world.gateway.id), 'GET /orders', ctx))?.owner).toBeUndefined();
  });

  it('apply D14: an instance is kept while its group has drafts of others, and the group is not moved', async () => {
    const { driver, ctx, call, world, linkId, target, simulation, calledSince } = await published();
    await driver.routes.delete(groupRef(world.gateway.id), 'GET /orders', OWNER, ctx);
    await driver.targetResources.delete(instanceRef(linkId), target.id, ctx);
    const { ApiId } = call('CloudAPI', 'CreateApi', {
      GroupId: world.gateway.id,
      ApiName: 'theirs',
      Visibility: 'PRIVATE',
      AuthType: 'ANONYMOUS',
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP',
        RequestHttpMethod: 'GET',
        RequestPath: '/theirs',
        RequestMode: 'PASSTHROUGH',
      }),
      ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: 'ok' }),
    });
    expect(ApiId).toBeDefined();
    const from = simulation.journal().length;
    const error = await refusalOf(driver.links.delete(instanceRef(linkId), ctx));
    expect(error).toMatchObject({ code: 'STILL_REFERENCED', details: { groupIds: [world.gateway.id] } });
    expect(error.message).toContain('1 APIs of other owners');
    expect(calledSince(from)).not.toContain('ModifyApiGroupInstance');
    expect(calledSince(from)).not.toContain('DeleteInstance');
  });
});

describe('apply D9: a copied mark is not accepted', () => {
  it('an API whose description was copied from another path is neither changed nor deleted', async () => {
    const { driver, ctx, call, world, request, simulation } = await published();
    const groupId = world.gateway.id;
    const mine = call('CloudAPI', 'DescribeApis', { GroupId: groupId }).ApiSummarys.ApiSummary[0];
    const theirs = await driver.routes.create(request({ key: 'GET /theirs' }), ctx);
    const listed = () => call('CloudAPI', 'DescribeApis', { GroupId: groupId }).ApiSummarys.ApiSummary;
    const written = listed().find(({ ApiId }: any) => ApiId === theirs.id).Description;
    edit(simulation, written, mine.Description);
    const before = listed();
    expect((await driver.routes.find(groupRef(groupId), 'GET /theirs', ctx))?.owner).toBeUndefined();
    expect(await refusalOf(driver.routes.update(theirs, request({ key: 'GET /theirs' }), ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(await refusalOf(driver.routes.delete(groupRef(groupId), 'GET /theirs', OWNER, ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(listed()).toEqual(before);
  });

  it('an authorization of others with a copied description is not a target of the project, and is kept', async () => {
    const { driver, ctx, call, linkId, target } = await published();
    const accesses = () => call('CloudAPI', 'DescribeVpcAccesses', {}).VpcAccessAttributes.VpcAccessAttribute;
    const mine = accesses().find(({ Name }: any) => Name === target.id);
    const { VpcId, InstanceId, Description } = mine;
    call('CloudAPI', 'SetVpcAccess', { Name: 'theirs', VpcId, InstanceId, Port: 9999, Description });
    const { targets } = await driver.observe({ all: true, project: 'shop' }, ctx);
    expect(targets.map(({ id, owner }) => [id, owner?.project])).toEqual(
      expect.arrayContaining([
        ['theirs', undefined],
        [target.id, 'shop'],
      ]),
    );
    expect(await refusalOf(driver.targetResources.delete(instanceRef(linkId), 'theirs', ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(accesses().map(({ Name }: any) => Name)).toContain('theirs');
  });

  it('the longest marks leave space for both hashes', async () => {
    const { driver, ctx, call, world, request } = await published();
    const owner = { project: 'p'.repeat(63), spec: 's'.repeat(32), integration: 'i'.repeat(63) };
    await driver.routes.create(request({ key: 'GET /long', owner }), ctx);
    const rows = call('CloudAPI', 'DescribeApis', { GroupId: world.gateway.id }).ApiSummarys.ApiSummary;
    expect(rows.find(({ ApiPath }: any) => ApiPath === '/long').Description).toHaveLength(180);
    expect((await driver.routes.find(groupRef(world.gateway.id), 'GET /long', ctx))?.owner).toEqual(owner);
  });
});

describe('apply D15: one stale list is not enough', () => {
  it('an API that one list lacks is deleted', async () => {
    const { driver, ctx, request, simulation, world } = await published();
    simulation.faults.add(HISTORY);
    await driver.routes.create(request({ key: 'GET /new' }), ctx);
    simulation.faults.add({ ...RULE, operation: 'DescribeApis', times: 1 });
    await driver.routes.delete(groupRef(world.gateway.id), 'GET /new', OWNER, ctx);
    simulation.faults.clear();
    expect(await driver.routes.find(groupRef(world.gateway.id), 'GET /new', ctx)).toBeUndefined();
  });

  it('an authorization that one list shows without users is kept', async () => {
    const { driver, ctx, simulation, linkId, target, world } = await published();
    await driver.routes.delete(groupRef(world.gateway.id), 'GET /orders', OWNER, ctx);
    await simulation.advance(60_000);
    simulation.faults.add(HISTORY);
    const use = {
      gateway: groupRef(world.gateway.id),
      key: 'GET /late',
      link: instanceRef(linkId),
      owner: OWNER,
    } as const;
    await driver.routes.create({ ...use, use: { target, path: 'overwrite' } }, ctx);
    simulation.faults.add({ ...RULE, operation: 'DescribeApisByVpcAccess', times: 1 });
    const error = await refusalOf(driver.targetResources.delete(instanceRef(linkId), target.id, ctx));
    expect(error).toMatchObject({ code: 'STILL_REFERENCED' });
  });
});
