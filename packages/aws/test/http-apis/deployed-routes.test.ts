import type { Scope, Gateway } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { httpApi, vpcLink } from '../world/refs.js';
import { OWNER, simulated } from '../world/simulated.js';

/** An HTTP API with one route, and a stage that is deployed by hand. */
async function deployedApi() {
  const cloud = await simulated({ throttle: false });
  const { id: linkId } = await cloud.link();
  await cloud.settle();
  const { driver, ctx, world, call } = cloud;
  const ApiId = world.gateway.id;
  const target = await driver.targets.resolve(world.targets[0], {}, ctx);
  const made = await driver.routes.create(
    {
      gateway: httpApi(ApiId),
      key: 'POST /orders',
      link: vpcLink(linkId),
      use: { target, path: 'overwrite' },
      owner: OWNER,
    },
    ctx,
  );
  call('apigatewayv2', 'CreateStage', { ApiId, StageName: 'byhand' });
  call('apigatewayv2', 'CreateDeployment', { ApiId, StageName: 'byhand' });
  const read = async (more: Partial<Scope> = { checks: true }): Promise<Gateway> => {
    const region = await driver.observe({ gateways: [{ httpApi: ApiId }], ...more }, ctx);
    return region.gateways[0]!;
  };
  const served = async () => (await read()).stages.find(({ name }) => name === 'byhand')?.served?.routes;
  const integration = (change: object) =>
    call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId: made.integrationId, ...change });
  return { ...cloud, ApiId, made, read, served, integration, linkId, target };
}

describe('what a stage of an HTTP API serves', () => {
  it('is its deployment, without owners and authorizations', async () => {
    const { read, served, made, linkId, target } = await deployedApi();
    expect(await served()).toEqual([
      {
        id: made.id,
        gatewayId: made.gatewayId,
        key: 'POST /orders',
        linkId,
        targetId: target.id,
        path: 'overwrite',
        settings: { timeoutMs: 30_000 },
        raw: null,
      },
    ]);
    const stages = (await read()).stages;
    expect(stages.filter(({ name }) => name !== 'byhand').flatMap((one) => one.served ?? [])).toEqual([]);
  });

  it('stays while the routes change, and is read for checks only', async () => {
    const { read, served, integration, call, ApiId } = await deployedApi();
    const before = await served();
    integration({ IntegrationMethod: 'GET', TlsConfig: { ServerNameToVerify: 'orders.internal' } });
    expect(await served()).toEqual(before);
    expect((await read()).routes[0]).toMatchObject({ method: 'GET', tls: { serverName: 'orders.internal' } });
    call('apigatewayv2', 'CreateDeployment', { ApiId, StageName: 'byhand' });
    expect(await served()).toMatchObject([{ method: 'GET', tls: { serverName: 'orders.internal' } }]);
    expect((await read({})).stages.every((stage) => stage.served === undefined)).toBe(true);
  });

  it('has the route that takes all other calls, and public integrations without a link', async () => {
    const { served, call, ApiId } = await deployedApi();
    const { IntegrationId } = call('apigatewayv2', 'CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
      PayloadFormatVersion: '1.0',
    });
    call('apigatewayv2', 'CreateRoute', { ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` });
    call('apigatewayv2', 'CreateDeployment', { ApiId, StageName: 'byhand' });
    const found = (await served())?.find(({ key }) => key === '$default');
    expect(found).toMatchObject({ key: '$default' });
    expect(found?.linkId).toBeUndefined();
  });

  it('is a gap where it cannot be read', async () => {
    const { simulation, driver, ctx, ApiId } = await deployedApi();
    simulation.faults.add({ operation: 'ExportApi', kind: 'deny' });
    const { gaps, gateways } = await driver.observe({ gateways: [{ httpApi: ApiId }], checks: true }, ctx);
    expect(gaps).toMatchObject([{ of: 'gateways', id: `${ApiId}/byhand`, permission: 'apigateway:GET' }]);
    expect(gateways[0]?.stages.some((stage) => stage.served !== undefined)).toBe(false);
  });
});

describe('a method that an integration got from another writer', () => {
  it('is that of the call again after an update of the route', async () => {
    const { driver, ctx, made, integration, read, ApiId, linkId, target } = await deployedApi();
    integration({ IntegrationMethod: 'GET' });
    expect((await read()).routes[0]?.method).toBe('GET');
    const request = {
      gateway: httpApi(ApiId),
      key: 'POST /orders',
      link: vpcLink(linkId),
      use: { target, path: 'overwrite' },
      owner: OWNER,
    } as const;
    await driver.routes.update({ id: made.id }, request, ctx);
    expect((await read()).routes[0]?.method).toBeUndefined();
  });
});
