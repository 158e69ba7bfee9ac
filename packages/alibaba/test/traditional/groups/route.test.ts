import { PrivateIntegrations, type RouteRequest } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { apiName, isPathOf, toApiPath, toRouteKey } from '../../../src/traditional/groups/description.js';
import { edit, OWNER, refusalOf, simulated } from '../../world/simulated.js';
import { groupRef, instanceRef } from '../../world/refs.js';

describe('the key of a route', () => {
  it.each([
    ['ANY /', 'ANY', '/'],
    ['GET /orders', 'GET', '/orders'],
    ['ANY /orders/{proxy+}', 'ANY', '/orders/*'],
    ['DELETE /payments/{id}/items/{item}', 'DELETE', '/payments/[id]/items/[item]'],
    ['GET /a.b/~c', 'GET', '/a.b/~c'],
  ])('%s is %s %s, and back', (key, method, path) => {
    expect(toApiPath(key)).toMatchObject({ method, path });
    expect(toRouteKey(method, path)).toBe(key);
    expect(isPathOf(key, method, path)).toBe(true);
  });

  it.each([
    '$default',
    'orders',
    'TRACE /orders',
    'get /orders',
    'GET orders',
    'GET /{rest+}/more',
    'GET /a{b}',
    'GET /a*',
    'GET /[a]',
  ])('%s cannot be an API', (key) => {
    expect(() => toApiPath(key)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('has a name of its own, of the characters that the name of an API may have', () => {
    const names = ['GET /a', 'GET /a/', 'GET /A', 'ANY /a/{x}', 'ANY /订单', `GET /${'x'.repeat(200)}`].map(apiName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]{3,49}$/);
  });
});

describe('a route', () => {
  const ready = async () => {
    const cloud = await simulated();
    const linkId = await cloud.link();
    const target = await cloud.driver.targetResources.create(
      instanceRef(linkId),
      cloud.world.targets[0],
      { ...OWNER, name: 'a' },
      cloud.ctx,
    );
    const request = (more: Partial<RouteRequest> = {}): RouteRequest => ({
      gateway: groupRef(cloud.world.gateway.id),
      key: 'GET /orders',
      link: instanceRef(linkId),
      use: { target, path: 'overwrite' },
      owner: OWNER,
      ...more,
    });
    return { ...cloud, linkId, target, request };
  };
  /** An API of another owner, published on the group's own instance. */
  const foreign = ({ call, world }: Awaited<ReturnType<typeof ready>>) => {
    const GroupId = world.gateway.id;
    const RequestConfig = JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: '/theirs',
      RequestMode: 'PASSTHROUGH',
    });
    const ServiceConfig = JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: 'ok' });
    const api = { ApiName: 'theirs', Visibility: 'PRIVATE', AuthType: 'ANONYMOUS', RequestConfig, ServiceConfig };
    const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId, ...api });
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'd' });
  };

  it('is found with the stages that show it as it is', async () => {
    const { driver, ctx, request, call, world, simulation } = await ready();
    const GroupId = world.gateway.id;
    const { id: ApiId } = await driver.routes.create(request({ stages: ['RELEASE', 'TEST'] }), ctx);
    const other = { ...request().use, path: 'keep' } as const;
    const stages = async () => (await driver.routes.find(groupRef(GroupId), request().key, ctx))?.stages?.toSorted();
    expect(await stages()).toEqual(['RELEASE', 'TEST']);
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'TEST', Description: 'by hand' });
    expect(await stages()).toEqual(['RELEASE', 'TEST']); // the same definition
    await simulation.advance(1_000);
    await driver.routes.update({ id: ApiId }, request({ stages: ['RELEASE', 'TEST'], use: other }), ctx);
    expect(await stages()).toEqual(['RELEASE', 'TEST']);
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'TEST', Description: 'by hand' });
    expect(await stages()).toEqual(['RELEASE']); // another one may have been published
    call('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
    expect(await stages()).toEqual([]);
  });

  it('that ensureRoute could not publish is reported, and published by the next call', async () => {
    const { driver, ctx, world, simulation, linkId } = await ready();
    const { instance, port } = world.targets[0] as { readonly instance: string; readonly port: number };
    const gate = new PrivateIntegrations(driver, { ...ctx, project: OWNER.project });
    const target = await gate.ensureTarget(linkId, { name: 'a', instance, port });
    const ensure = () => gate.ensureRoute(world.gateway.id, 'GET /orders', target);
    simulation.faults.add({ operation: 'DeployApi', kind: 'throttle' });
    await expect(ensure()).rejects.toMatchObject({ code: 'THROTTLED' });
    simulation.faults.clear();
    await ensure();
    const found = await driver.routes.find(groupRef(world.gateway.id), 'GET /orders', ctx);
    expect(found?.stages).toEqual(['RELEASE']);
  });

  it('moves a group without APIs of others to its link, and not a group with APIs of others', async () => {
    const mine = await ready();
    await mine.driver.routes.create(mine.request(), mine.ctx);
    const { GroupId, InstanceId } = mine.call('CloudAPI', 'DescribeApiGroup', { GroupId: mine.world.gateway.id });
    expect({ GroupId, InstanceId }).toEqual({ GroupId: mine.world.gateway.id, InstanceId: mine.linkId });

    const theirs = await ready();
    foreign(theirs);
    const error = await refusalOf(theirs.driver.routes.create(theirs.request(), theirs.ctx));
    expect(error).toMatchObject({
      code: 'UNSUPPORTED',
      remedy: expect.stringContaining('Move the whole group') as string,
    });
    expect(error.message).toContain('GET /theirs');
    const group = theirs.call('CloudAPI', 'DescribeApiGroup', { GroupId: theirs.world.gateway.id });
    expect(group.InstanceId).toBe('api-shared-vpc-001');
  });

  it('waits for a move to its link that a process began which was killed', async () => {
    const { driver, ctx, request, world, call, linkId } = await ready();
    const GroupId = world.gateway.id;
    call('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: linkId });
    await driver.routes.create(request(), { ...ctx, random: () => 0 }); // its retries end long before the move
    expect(call('CloudAPI', 'DescribeApiGroup', { GroupId })).toMatchObject({ InstanceId: linkId });
  });

  it('reports the service’s message when the group cannot move, and ignores an older failure', async () => {
    const cloud = await ready();
    const { driver, ctx, request, simulation, world, call } = cloud;
    const none = '"strangeMigrations":{"$map":[]}';
    const strange = (status: string, error: string) =>
      `"strangeMigrations":{"$map":[["*",${JSON.stringify({ status, error })}]]}`;
    const words = 'The current instance conflicts with the target instance.';
    edit(simulation, none, strange('Fail', words));
    const error = await refusalOf(driver.routes.create(request(), ctx));
    expect(error).toMatchObject({ code: 'CLOUD_REFUSED', details: { words } });
    expect(error.message).toContain(words);
    edit(simulation, strange('Fail', words), none);
    // The status of the first attempt is still present when the second one begins.
    expect(call('CloudAPI', 'DescribeApiGroup', { GroupId: world.gateway.id }).MigrationStatus).toBe('Fail');
    await driver.routes.create(request(), ctx);
    expect(await driver.routes.find(groupRef(world.gateway.id), 'GET /orders', ctx)).toMatchObject({
      linkId: request().link.id,
    });
  });

  it('that cannot be reached is refused with the service’s message and a remedy', async () => {
    const { driver, ctx, request } = await ready();
    const target = { kind: 'address', id: '10.77.0.5:80', port: 80, raw: null } as const;
    const error = await refusalOf(driver.routes.create(request({ use: { target, path: 'overwrite' } }), ctx));
    expect(error.message).toContain('instance cannot connect the backend 10.77.0.5');
    expect(error.remedy).toContain('allowlist');
    // A plain address that the instance may reach is called as it is.
    const near = { ...target, id: '10.10.0.99:8080', port: 8080 };
    const route = await driver.routes.create(
      request({ key: 'GET /near', use: { target: near, path: 'overwrite', tls: {} } }),
      ctx,
    );
    expect(await driver.routes.find(request().gateway, 'GET /near', ctx)).toMatchObject({
      id: route.id,
      targetId: near.id,
      tls: {},
    });
    const named = { target: near, path: 'overwrite', tls: { serverName: 'orders.internal' } } as const;
    expect(await refusalOf(driver.routes.create(request({ key: 'GET /tls', use: named }), ctx))).toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('of a locked group is refused', async () => {
    const { driver, ctx, request, simulation, world } = await ready();
    edit(simulation, '"billingStatus":"NORMAL"', '"billingStatus":"LOCKED"');
    const error = await refusalOf(driver.routes.create(request(), ctx));
    expect(error).toMatchObject({ code: 'GATEWAY_LOCKED', details: { groupId: world.gateway.id } });
  });

  it('keeps settings that were changed outside of Postern when the backend changes', async () => {
    const { driver, ctx, request, call, world, linkId } = await ready();
    const route = await driver.routes.create(request(), ctx);
    const api = call('CloudAPI', 'DescribeApi', { GroupId: world.gateway.id, ApiId: route.id });
    const { RequestConfig, ServiceConfig, ApiName, Description } = api;
    call('CloudAPI', 'ModifyApi', {
      GroupId: world.gateway.id,
      ApiId: route.id,
      ApiName,
      Description,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      DisableInternet: true,
      RequestConfig: JSON.stringify(RequestConfig),
      ServiceConfig: JSON.stringify(ServiceConfig),
    });
    const other = await driver.targetResources.create(
      instanceRef(linkId),
      world.targets[1],
      { ...OWNER, name: 'b' },
      ctx,
    );
    await driver.routes.update(route, request({ use: { target: other, path: 'overwrite' } }), ctx);
    const after = call('CloudAPI', 'DescribeApi', { GroupId: world.gateway.id, ApiId: route.id });
    expect(after).toMatchObject({
      AuthType: 'APP',
      DisableInternet: true,
      ServiceConfig: { VpcConfig: { Name: other.id } },
    });
  });

  it.each([
    ['another method', { ServiceHttpMethod: 'POST' }, { method: 'POST' }],
    ['Mock mode, which keeps the authorization', { Mock: 'TRUE', MockResult: 'ok' }, {}],
  ])('with %s by another writer is seen, and as declared after an update', async (_, changed, seen) => {
    const { driver, ctx, request, call, world, target, simulation } = await ready();
    const route = await driver.routes.create(request(), ctx);
    await simulation.advance(1_000); // the service's times are in seconds
    const GroupId = world.gateway.id;
    const read = () => call('CloudAPI', 'DescribeApi', { GroupId, ApiId: route.id });
    const { RequestConfig, ServiceConfig, ApiName, Description } = read();
    call('CloudAPI', 'ModifyApi', {
      GroupId,
      ApiId: route.id,
      ApiName,
      Description,
      Visibility: 'PRIVATE',
      RequestConfig: JSON.stringify(RequestConfig),
      ServiceConfig: JSON.stringify({ ...ServiceConfig, ...changed }),
    });
    call('CloudAPI', 'DeployApi', { GroupId, ApiId: route.id, StageName: 'RELEASE', Description });
    const observe = async () => {
      const { gateways } = await driver.observe({ gateways: [{ apiGroup: GroupId }], checks: true }, ctx);
      return gateways[0]?.routes[0];
    };
    expect(await observe()).toMatchObject({ owner: { project: OWNER.project }, ...seen });
    const end = 'Mock' in changed ? 'a mock' : target.id;
    expect((await observe())?.publishedTargets).toEqual({ RELEASE: end });
    expect((await observe())?.targetId).toBe('Mock' in changed ? undefined : target.id);
    await driver.routes.update(route, request(), ctx);
    const after = await observe();
    expect(after).toMatchObject({ targetId: target.id, publishedTargets: { RELEASE: target.id } });
    expect(after?.method).toBeUndefined();
  });

  it('names the routing plug-ins that it has on a stage', async () => {
    const { driver, ctx, request, call, world } = await ready();
    const route = await driver.routes.create(request(), ctx);
    const { PluginId } = call('CloudAPI', 'CreatePlugin', {
      PluginName: 'blue_green',
      PluginType: 'routing',
      PluginData: 'routes:\n- name: all\n  condition: 1 = 1\n  backend: { type: HTTP-VPC, vpcAccessName: other }\n',
    });
    const GroupId = world.gateway.id;
    call('CloudAPI', 'AttachPlugin', { PluginId, ApiId: route.id, GroupId, StageName: 'RELEASE' });
    const { gateways } = await driver.observe({ gateways: [{ apiGroup: GroupId }], checks: true }, ctx);
    expect(gateways[0]?.routes[0]?.routedBy).toEqual({ RELEASE: 'blue_green' });
  });

  it('does not publish again what is published', async () => {
    const { driver, ctx, request, simulation } = await ready();
    const route = await driver.routes.create(request(), ctx);
    const from = simulation.journal().length;
    await driver.routes.update(route, request(), ctx);
    const called = simulation
      .journal()
      .slice(from)
      .map(({ operation }) => operation);
    expect(called).not.toContain('DeployApi');
    expect(called).not.toContain('ModifyApi');
  });

  it('retries where the same group is written concurrently', async () => {
    const { driver, ctx, request, simulation, world } = await ready();
    for (const code of ['ConcurrencyLockTimeout', 'RepeatedCommit', 'Throttling.User']) {
      simulation.faults.add({
        service: 'cloudapi',
        operation: 'CreateApi',
        kind: 'error',
        status: 400,
        code,
        times: 1,
      });
      simulation.faults.add({
        service: 'cloudapi',
        operation: 'DeployApi',
        kind: 'error',
        status: 400,
        code,
        times: 1,
      });
    }
    const made = await Promise.all(
      ['GET /a', 'GET /b', 'GET /c'].map((key) => driver.routes.create(request({ key }), ctx)),
    );
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways[0]?.routes.map(({ id, stages }) => [id, stages]).toSorted()).toEqual(
      made.map(({ id }) => [id, ['RELEASE']]).toSorted(),
    );
  });
});
