import { describe, expect, it } from 'vitest';
import { createContext, realClock } from '@postern/core/internal/library';
import { VPC_LINK_V2 } from '../src/vpc-links/cloud/rules.js';
import { aws } from '../src/index.js';
import { edit, OWNER, REGION, refusalOf, simulated } from './world/simulated.js';
import { httpApi, vpcLink } from './world/refs.js';

/** Each known error message of API Gateway, in a world that causes it. */
describe('refusals of API Gateway, in worlds that cause them', () => {
  it('a subnet in a zone without the service, before and after the call', async () => {
    const { driver, ctx, link, world } = await simulated({}, {}, 'eu-west-3');
    const request = {
      name: 'orders',
      owner: OWNER,
      subnetIds: world.subnetIds,
      securityGroupIds: world.securityGroupIds,
      tags: {},
    };
    const region = await driver.observe({ subnets: world.subnetIds }, ctx);
    const wrong = region.subnets.find(({ id, zone }) => world.subnetIds.includes(id) && zone === 'euw3-az2');
    const [early, ...more] = VPC_LINK_V2.requestRefusals(request, region) ?? [];
    expect(more).toEqual([]);
    expect(early).toMatchObject({ code: 'ZONE_NOT_SERVED', details: { subnetId: wrong?.id, zone: 'euw3-az2' } });
    for (const fit of world.subnetIds.filter((id) => id !== wrong?.id)) expect(early?.remedy).toContain(fit);

    const late = await refusalOf(link({ subnetIds: world.subnetIds }));
    expect(late).toMatchObject({
      code: 'ZONE_NOT_SERVED',
      details: { subnetId: wrong?.id, zone: 'euw3-az2', servedZones: ['euw3-az1', 'euw3-az3'] },
      outcomeUnknown: false,
    });
    expect(late.remedy).toContain('euw3-az1, euw3-az3');
  });

  it('a shared subnet without a security group', async () => {
    const { simulation, link, world } = await simulated();
    const [subnetId = ''] = world.subnetIds;
    edit(simulation, (json) => share(json, subnetId));
    const error = await refusalOf(link({ subnetIds: [subnetId], securityGroupIds: [] }));
    expect(error).toMatchObject({ code: 'SECURITY_GROUP_REQUIRED', operation: 'CreateVpcLink' });
    expect(error.remedy).toMatch(/security group/);
  });

  it('an eleventh link', async () => {
    const { link, call, world } = await simulated({ throttle: false });
    for (let index = 0; index < 10; index += 1) {
      call('apigatewayv2', 'CreateVpcLink', { Name: `l${index}`, SubnetIds: [world.subnetIds[0]] });
    }
    const error = await refusalOf(link());
    expect(error).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      status: 400,
      details: { limit: 10, quotaCode: 'L-608BDCD4' },
    });
    expect(error.remedy).toContain('L-608BDCD4');
  });

  it('a link that a route uses, with its name', async () => {
    const { driver, ctx, link, settle, world } = await simulated();
    const { id } = await link();
    await settle();
    const target = await driver.targets.resolve(world.targets[0], {}, ctx);
    const use = { target, path: 'overwrite' } as const;
    const route = await driver.routes.create(
      { gateway: httpApi(world.gateway.id), key: 'ANY /orders', link: vpcLink(id), use, owner: OWNER },
      ctx,
    );
    const error = await refusalOf(driver.links.delete(vpcLink(id), ctx));
    expect(error).toMatchObject({
      code: 'STILL_REFERENCED',
      details: { linkId: id, references: [`ANY:${route.id}`], format: 'Method:Resource' },
    });
  });

  it('an integration that routes use, with their names', async () => {
    const { call, world, link, settle, driver, ctx } = await simulated();
    const { id } = await link();
    await settle();
    const target = await driver.targets.resolve(world.targets[0], {}, ctx);
    const use = { target, path: 'overwrite' } as const;
    const route = await driver.routes.create(
      { gateway: httpApi(world.gateway.id), key: 'ANY /orders', link: vpcLink(id), use, owner: OWNER },
      ctx,
    );
    // As for the adapter: a route is created between its read and its call.
    const { mapAwsError } = await import('../src/client/errors.js');
    let said: unknown;
    try {
      call('apigatewayv2', 'DeleteIntegration', { ApiId: world.gateway.id, IntegrationId: route.integrationId });
    } catch (error) {
      said = error;
    }
    const what = {
      operation: 'DeleteIntegration',
      service: 'apigatewayv2',
      region: REGION,
      kind: 'idempotent',
    } as const;
    expect(mapAwsError(said, what)).toMatchObject({ code: 'STILL_REFERENCED', details: { routeIds: [route.id] } });
  });

  it('a URI that is not a listener ARN', async () => {
    const { driver, ctx, link, settle, world } = await simulated();
    const { id } = await link();
    await settle();
    const target = { kind: 'listener', id: 'http://orders.internal/', raw: null } as const;
    const request = {
      gateway: httpApi(world.gateway.id),
      key: 'ANY /orders',
      link: vpcLink(id),
      use: { target, path: 'keep' },
      owner: OWNER,
    } as const;
    expect(await refusalOf(driver.routes.create(request, ctx))).toMatchObject({
      code: 'WRONG_KIND',
      operation: 'CreateIntegration',
    });
  });

  it('subnets of two VPCs, groups of another VPC, subnets that do not exist', async () => {
    const { link, world } = await simulated({ throttle: false });
    const [here = ''] = world.subnetIds;
    const [there = ''] = world.elsewhere.subnetIds;
    expect((await refusalOf(link({ subnetIds: [here, there] }))).code).toBe('SUBNETS_OF_SEVERAL_NETWORKS');
    expect((await refusalOf(link({ subnetIds: [there] }))).code).toBe('WRONG_NETWORK');
    expect((await refusalOf(link({ subnetIds: ['subnet-00000000000000000'] }))).code).toBe('NOT_FOUND');
  });

  it('more routes, and more integrations, than an API takes', async () => {
    const { driver, ctx, link, settle, world } = await simulated({ throttle: false, quotas: { 'routes-per-api': 1 } });
    const { id } = await link();
    await settle();
    const target = await driver.targets.resolve(world.targets[0], {}, ctx);
    const request = {
      gateway: httpApi(world.gateway.id),
      link: vpcLink(id),
      use: { target, path: 'overwrite' },
      owner: OWNER,
    } as const;
    await driver.routes.create({ ...request, key: 'GET /a' }, ctx);
    expect(await refusalOf(driver.routes.create({ ...request, key: 'GET /b' }, ctx))).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { resource: 'route', quotaCode: 'L-65B5C802' },
    });

    const full = await simulated({ throttle: false, quotas: { 'integrations-per-api': 0 } });
    const other = await full.link();
    await full.settle();
    const found = await full.driver.targets.resolve(full.world.targets[0], {}, full.ctx);
    const second = {
      gateway: httpApi(full.world.gateway.id),
      key: 'GET /a',
      link: other,
      use: { target: found, path: 'keep' },
      owner: OWNER,
    } as const;
    expect(await refusalOf(full.driver.routes.create(second, full.ctx))).toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { resource: 'integration' },
    });
  });

  it('a concurrent write to the same API, which is retried until it succeeds', async () => {
    const { simulation, link, settle, world, ctx } = await simulated({ throttle: false });
    // The service locks an API for real milliseconds, so the retries have to be apart in real time, too.
    const patient = createContext({ clock: realClock() });
    const { id } = await link();
    await settle();
    const server = await simulation.listen();
    try {
      // Like two processes: each has its own queue, so that only the service serializes them.
      const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' };
      const drivers = [0, 1, 2].map(() => aws({ region: REGION, endpoint: server.url, credentials }));
      await Promise.all(
        drivers.map(async (driver, index) => {
          const target = await driver.targets.resolve(world.targets[0], {}, patient);
          for (let count = 0; count < 6; count += 1) {
            await driver.routes.create(
              {
                gateway: httpApi(world.gateway.id),
                key: `GET /${index}/${count}`,
                link: vpcLink(id),
                use: { target, path: 'overwrite' },
                owner: { project: 'shop', spec: 'shop', integration: `orders-${index}` },
              },
              patient,
            );
          }
        }),
      );
      expect(simulation.journal().filter(({ status }) => status === 409).length).toBeGreaterThan(0);
      const { gateways } = await drivers[0]!.observe({ gateways: [world.gateway.ref] }, ctx);
      expect(gateways[0]?.routes).toHaveLength(18);
      expect(gateways[0]?.integrations).toHaveLength(3);
    } finally {
      await server.close();
    }
  });

  it('gateways and links that do not exist', async () => {
    const { driver, ctx, world } = await simulated();
    expect((await refusalOf(driver.linkChanges.rename(vpcLink(world.missing.linkId), 'x', ctx))).code).toBe(
      'NOT_FOUND',
    );
    expect((await refusalOf(driver.allowlist.read(vpcLink(world.missing.linkId), ctx))).code).toBe('NOT_FOUND');
    expect(
      (await refusalOf(driver.stages.deploy(httpApi(world.missing.gatewayId), 'prod', 'postern:shop@shop/ab', ctx)))
        .code,
    ).toBe('NOT_FOUND');
  });
});

/** Gives one subnet to another account, as RAM does. */
function share(json: string, subnetId: string): string {
  const at = json.indexOf('"ownerId":"111122223333"', json.indexOf(`"id":"${subnetId}"`));
  if (at < 0) throw new Error('the world has no such subnet');
  return `${json.slice(0, at)}"ownerId":"999988887777"${json.slice(at + '"ownerId":"111122223333"'.length)}`;
}
