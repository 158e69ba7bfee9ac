import type { RegionSnapshot, Scope } from '@postern/core/internal/library';
import { VPC_LINK_V2 } from '../../src/vpc-links/cloud/rules.js';
import { expect, it } from 'vitest';
import { OWNER, REGION, refusalOf, simulated } from '../world/simulated.js';
import { httpApi, vpcLink } from '../world/refs.js';

const json = (region: RegionSnapshot): unknown => JSON.parse(JSON.stringify(region));

/** One API with this many routes and integrations, half of them on links that were created outside of Postern. */
async function crowded(routes: number, links: number) {
  const cloud = await simulated({ throttle: false, quotas: { 'vpc-links': Math.max(10, links) } });
  const { call, world, driver, ctx } = cloud;
  const [subnetId] = world.subnetIds;
  const linkIds: string[] = Array.from(
    { length: links },
    (_, index) =>
      call('apigatewayv2', 'CreateVpcLink', {
        Name: `l${index}`,
        SubnetIds: [subnetId],
        SecurityGroupIds: world.securityGroupIds,
      }).VpcLinkId,
  );
  await cloud.settle();
  const { id: uri } = await driver.targets.resolve(world.targets[0], {}, ctx);
  for (let index = 0; index < routes; index += 1) {
    const { IntegrationId } = call('apigatewayv2', 'CreateIntegration', {
      ApiId: world.gateway.id,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: linkIds[index % links],
      IntegrationUri: uri,
      PayloadFormatVersion: '1.0',
    });
    call('apigatewayv2', 'CreateRoute', {
      ApiId: world.gateway.id,
      RouteKey: `GET /r/${index}`,
      Target: `integrations/${IntegrationId}`,
    });
  }
  return { ...cloud, linkIds };
}

it('reads an API with 300 routes, 300 integrations and 10 links with at most 12 calls, STS included', async () => {
  const { driver, ctx, world, simulation, calledSince } = await crowded(300, 10);
  const scope: Scope = {
    project: 'shop',
    gateways: [world.gateway.ref],
    targets: world.targets,
    declared: [],
    subnets: world.subnetIds,
    securityGroups: world.securityGroupIds,
  };
  const fresh = (await import('../../src/index.js')).aws({ region: REGION, clients: simulation.clients(REGION) });
  const from = simulation.journal().length;
  const { gateways, links, gaps } = await fresh.observe(scope, ctx);
  expect(gaps).toEqual([]);
  expect(gateways[0]?.routes).toHaveLength(300);
  expect(gateways[0]?.integrations).toHaveLength(300);
  expect(links).toHaveLength(10);
  const called = calledSince(from);
  expect(called).toContain('GetCallerIdentity');
  expect(called.length, called.join(', ')).toBeLessThanOrEqual(12);
  expect(called.filter((one) => !/^(?:Get|Describe|List)/.test(one))).toEqual([]);
  expect(driver.region).toBe(REGION);
});

it('reads the states of twenty links with one call', async () => {
  const { driver, ctx, linkIds, simulation, calledSince } = await crowded(0, 20);
  const from = simulation.journal().length;
  expect(await driver.links.statuses(linkIds.map(vpcLink), ctx)).toHaveLength(20);
  expect(calledSince(from).filter((one) => one !== 'GetCallerIdentity')).toEqual(['GetVpcLinks']);
});

it('reads nothing outside of its scope', async () => {
  const { driver, ctx, simulation, calledSince } = await simulated();
  await driver.identity(ctx);
  const from = simulation.journal().length;
  await driver.observe({}, ctx);
  expect(calledSince(from)).toEqual(['GetVpcLinks']);
});

it('reports what it may not read, with the missing permission, and reads the rest', async () => {
  const { driver, ctx, simulation, link, world } = await simulated();
  await link();
  for (const operation of [
    'DescribeSubnets',
    'DescribeSecurityGroups',
    'GetIntegrations',
    'DescribeLoadBalancers',
    'DescribeNetworkInterfaces',
  ]) {
    simulation.faults.add({ operation, kind: 'deny' });
  }
  const region = await driver.observe(
    {
      project: 'shop',
      gateways: [world.gateway.ref],
      targets: world.targets,
      subnets: world.subnetIds,
      egress: true,
    },
    ctx,
  );
  expect(region.links).toHaveLength(1);
  expect(region.links[0]?.networkId).toBeUndefined();
  const gaps = region.gaps.map(({ of, id, operation, permission }) => ({ of, id, operation, permission }));
  expect(gaps).toEqual(
    expect.arrayContaining([
      { of: 'subnets', id: undefined, operation: 'DescribeSubnets', permission: 'ec2:DescribeSubnets' },
      {
        of: 'securityGroups',
        id: undefined,
        operation: 'DescribeSecurityGroups',
        permission: 'ec2:DescribeSecurityGroups',
      },
      { of: 'gateways', id: world.gateway.id, operation: 'GetIntegrations', permission: 'apigateway:GET' },
      {
        of: 'targets',
        id: undefined,
        operation: 'DescribeLoadBalancers',
        permission: 'elasticloadbalancing:DescribeLoadBalancers',
      },
      {
        of: 'interfaces',
        id: undefined,
        operation: 'DescribeNetworkInterfaces',
        permission: 'ec2:DescribeNetworkInterfaces',
      },
    ]),
  );
  // The allowlist of a link whose groups could not be read is not reported.
  expect(region.allowlists).toEqual([]);
});

it('has a gap for links that it may not list, and throws when their list is malformed', async () => {
  const { driver, ctx, simulation } = await simulated();
  simulation.faults.add({ operation: 'GetVpcLinks', kind: 'deny' });
  expect((await driver.observe({}, ctx)).gaps).toMatchObject([{ of: 'links', code: 'PERMISSION_DENIED' }]);
  simulation.faults.clear();
  simulation.faults.add({ operation: 'GetVpcLinks', kind: 'html' });
  expect((await refusalOf(driver.observe({}, ctx))).code).toBe('BAD_RESPONSE');
});

it('stops with an error of its own when the credentials expire halfway', async () => {
  const { driver, ctx, simulation, world } = await simulated();
  simulation.faults.add({ operation: 'GetRoutes', kind: 'expired' });
  expect(await refusalOf(driver.observe({ gateways: [world.gateway.ref] }, ctx))).toMatchObject({
    code: 'CREDENTIALS_EXPIRED',
    operation: 'GetRoutes',
  });
});

it('finds subnets and groups by name and tag, and groups of the project that no link uses', async () => {
  const { driver, ctx, call, world } = await simulated();
  const [subnetId] = world.subnetIds;
  call('ec2', 'CreateTags', { Resources: [subnetId], Tags: [{ Key: 'tier', Value: 'link' }] });
  const { securityGroupIds } = await driver.allowlistGroups.prepare(
    'vpc-link-v2',
    { networkId: world.elsewhere.networkId, owner: OWNER, name: 'orders', entries: [], tags: {} },
    ctx,
  );
  const region = await driver.observe(
    { project: 'shop', subnets: [{ tag: { tier: 'link' } }], securityGroups: [{ name: 'orders' }] },
    ctx,
  );
  expect(region.subnets.find(({ id }) => id === subnetId)?.tags).toEqual({ tier: 'link' });
  expect(region.securityGroups.map(({ id }) => id).toSorted()).toEqual(
    [...world.securityGroupIds, ...securityGroupIds].toSorted(),
  );
});

it('has stages with the newest mark of their deployment or of an earlier one', async () => {
  const { driver, ctx, call, world, link, settle, simulation } = await simulated();
  const { id } = await link();
  await settle();
  const target = await driver.targets.resolve(world.targets[0], {}, ctx);
  const api = world.gateway.id;
  await driver.routes.create(
    { gateway: httpApi(api), key: 'GET /a', link: vpcLink(id), use: { target, path: 'overwrite' }, owner: OWNER },
    ctx,
  );
  const stage = async () =>
    (await driver.observe({ project: 'shop', spec: 'shop', gateways: [world.gateway.ref] }, ctx)).gateways[0]
      ?.stages[0];
  const deploy = (mark: string) => driver.stages.deploy(httpApi(api), 'prod', mark, ctx);

  expect((await stage())?.deployed).toBeUndefined();
  const a = await deploy('postern:shop@shop/aaaa');
  await simulation.advance(60_000);
  const b = await deploy('postern:shop@shop/bbbb');
  expect(await stage()).toMatchObject({ deploymentId: b.deploymentId, deployed: 'postern:shop@shop/bbbb' });

  // A deployment outside of Postern: it still contains what the project deployed.
  await simulation.advance(60_000);
  call('apigatewayv2', 'CreateDeployment', { ApiId: api, StageName: 'prod' });
  expect((await stage())?.deployed).toBe('postern:shop@shop/bbbb');

  // Back to the first routes: an old deployment with that mark does not count.
  await simulation.advance(60_000);
  const again = await deploy('postern:shop@shop/aaaa');
  expect(again.deploymentId).not.toBe(a.deploymentId);
  expect((await stage())?.deployed).toBe('postern:shop@shop/aaaa');

  // The stage is set back to the first deployment.
  call('apigatewayv2', 'UpdateStage', { ApiId: api, StageName: 'prod', DeploymentId: a.deploymentId });
  expect(await stage()).toMatchObject({ deploymentId: a.deploymentId, deployed: 'postern:shop@shop/aaaa' });
});

it('is plain JSON, the same in each read', async () => {
  const { driver, ctx, link, settle } = await simulated();
  await link();
  await settle();
  const region = await driver.observe({ all: true }, ctx);
  expect(json(region)).toEqual(region);
  expect(json(await driver.observe({ all: true }, ctx))).toEqual(json(region));
  expect(region.networks.length).toBeGreaterThan(0);
});

it('reads the quota only from as many links as the default allows, and refuses early only then', async () => {
  const request = (world: { subnetIds: readonly string[]; securityGroupIds: readonly string[] }) => ({
    name: 'orders',
    owner: OWNER,
    subnetIds: world.subnetIds.slice(0, 1),
    securityGroupIds: world.securityGroupIds,
    tags: {},
  });
  for (const [quota, codes] of [
    [10, ['QUOTA_EXCEEDED']],
    [20, []],
  ] as const) {
    const cloud = await simulated({ throttle: false, quotas: { 'vpc-links': quota } });
    for (let index = 0; index < 10; index += 1) {
      cloud.call('apigatewayv2', 'CreateVpcLink', { Name: 'x', SubnetIds: cloud.world.subnetIds.slice(0, 1) });
    }
    const scope = { project: 'shop', declared: ['orders'], subnets: cloud.world.subnetIds };
    const region = await cloud.driver.observe(scope, cloud.ctx);
    expect(region.quotas).toEqual({ 'vpc-links': quota });
    const errors = VPC_LINK_V2.requestRefusals(request(cloud.world), region);
    expect(errors.map(({ code }) => code)).toEqual(codes);
  }
});
