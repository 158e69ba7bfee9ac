import { createContext, type RegionSnapshot, type SnapshotList } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { alibaba, readPolicy } from '../../src/index.js';
import { wholeWorld, EVERYTHING } from '../world/checked-world.js';
import { OWNER, REGION, refusalOf } from '../world/simulated.js';

/** A snapshot without the original answers of services. */
function portable(region: RegionSnapshot): RegionSnapshot {
  return JSON.parse(JSON.stringify(region, (key, value: unknown) => (key === 'raw' ? undefined : value)));
}

const LISTS: readonly SnapshotList[] = [
  'links',
  'gateways',
  'targets',
  'allowlists',
  'egress',
  'networks',
  'subnets',
  'securityGroups',
  'loadBalancers',
  'listeners',
  'interfaces',
  'routeTables',
  'networkAcls',
  'prefixLists',
  'peerings',
  'instances',
  'targetGroups',
  'zones',
  'privateDomains',
  'customDomains',
  'serviceRoles',
];

describe('observing what checks read', () => {
  it('reads every list of the cloud, each with the fields that decide', async () => {
    const { driver, ctx, ids, linkId, world, cloudNative } = await wholeWorld();
    const region = portable(await driver.observe(EVERYTHING, ctx));
    expect(region.gaps).toEqual([]);
    for (const list of LISTS) expect(region[list], list).not.toHaveLength(0);
    expect(new Set(region.whole)).toEqual(
      new Set(LISTS.filter((list) => list !== 'serviceRoles' && list !== 'customDomains')),
    );
    expect(region.links).toMatchObject([
      {
        id: linkId,
        native: {
          httpsPolicy: 'HTTPS2_TLS1_2',
          egressIpv6: false,
          zones: [
            { zone: 'cn-hangzhou-j', subnetId: ids.j, cidrBlock: '10.10.0.0/24', securityGroupId: ids.group },
            { zone: 'cn-hangzhou-k', subnetId: ids.k, cidrBlock: '10.10.1.0/24', securityGroupId: ids.group },
          ],
        },
      },
      {
        id: cloudNative.gatewayId,
        kind: 'apig-gateway',
        native: { access: 'internet', spec: 'apigw.small.x1' },
        subnetIds: [ids.j, ids.k],
        settings: { callersFrom: 'internet' },
      },
    ]);
    expect(region.gateways.find(({ id }) => id === cloudNative.apiId)).toMatchObject({
      kind: 'apig-http-api',
      routes: [{ key: 'GET /orders', linkId: cloudNative.gatewayId, stages: ['default'], publishedOn: ['default'] }],
    });
    expect(region.targets.find(({ kind }) => kind === 'apig-service')).toMatchObject({
      linkId: cloudNative.gatewayId,
      endpoints: ['10.10.0.30:8080'],
      health: { checked: false, nativeState: 'Healthy' },
    });
    expect(region.allowlists.find(({ linkId: id }) => id === cloudNative.gatewayId)?.entries).toMatchObject([
      { securityGroupId: ids.other, fromPort: 8080, toPort: 8080 },
    ]);
    expect(region.egress.find(({ linkId: id }) => id === cloudNative.gatewayId)).toMatchObject({
      prefixes: ['10.10.0.0/24', '10.10.1.0/24'],
      confidence: 'certain',
    });
    expect(region.customDomains).toMatchObject([
      {
        id: 'shop.orders.internal',
        mappings: [{ path: '', gatewayId: world.gateway.id, stage: 'RELEASE' }],
        endpoint: 'regional',
        certificateIds: [expect.any(String)],
        certificateEnd: '2126-10-27T08:49:20.000Z',
        nativeState: 'NORMAL',
        usable: true,
        redirects: true,
      },
    ]);
    const subnet = (id: string) => region.subnets.find((one) => one.id === id);
    expect(subnet(ids.j)).toMatchObject({ networkAclId: null, freeAddresses: 246 });
    expect(subnet(ids.k)).toMatchObject({ networkAclId: ids.acl, routeTableId: ids.table });
    const group = (id: string) => region.securityGroups.find((one) => one.id === id);
    expect(group(ids.group)).toMatchObject({
      kind: 'basic',
      implicit: { in: 'deny', out: 'allow' },
      intraGroup: 'allow',
      rules: [
        { cidrBlock: '10.10.0.0/16', fromPort: 80, toPort: 80, priority: 5, action: 'allow' },
        { securityGroupId: ids.other, fromPort: 8080, toPort: 8090, priority: 2, action: 'allow' },
        { prefixListId: ids.list, fromPort: 0, toPort: 65_535, priority: 1, action: 'drop' },
      ],
    });
    expect(group(ids.enterprise)).toMatchObject({
      kind: 'enterprise',
      implicit: { in: 'deny', out: 'deny' },
      intraGroup: 'deny',
    });
    expect(region.prefixLists).toEqual([
      { id: ids.list, name: 'offices', cidrBlocks: ['192.0.2.0/24', '198.51.100.0/24'], maxEntries: 5 },
    ]);
    expect(region.networkAcls).toMatchObject([
      {
        id: ids.acl,
        exempt: ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'],
        entries: [
          { direction: 'in', order: 1, action: 'deny', protocol: 'tcp', fromPort: 22, toPort: 22 },
          { direction: 'in', order: 2, action: 'allow', protocol: 'all', fromPort: 0, toPort: 65_535 },
          { direction: 'out', order: 1, action: 'allow', protocol: 'all' },
        ],
      },
    ]);
    const table = region.routeTables?.find(({ id }) => id === ids.table);
    expect(table?.main).toBe(false);
    expect(table?.routes?.filter(({ origin }) => origin === 'static')).toEqual([
      route('10.11.0.0/16', 'peering', ids.peering, 'VpcPeer'),
      route('10.50.0.0/16', 'vpn-gateway', 'vpn-bp1example', 'VpnGateway'),
      route('10.60.0.0/16', 'express-connect', 'ri-bp1example', 'RouterInterface'),
    ]);
    expect(table?.routes?.filter(({ origin }) => origin === 'local').map(({ nextHop }) => nextHop.kind)).toEqual([
      'local',
      'local',
      'local',
      'other', // the cloud's own services
    ]);
    expect(region.peerings).toMatchObject([
      {
        id: ids.peering,
        state: 'active',
        sides: [
          { networkId: ids.vpc, region: 'cn-hangzhou', cidrBlocks: ['10.10.0.0/16'] },
          { networkId: world.elsewhere.networkId, cidrBlocks: ['10.11.0.0/16'] },
        ],
      },
    ]);
    expect(region.zones).toEqual(['i', 'j', 'k'].map((letter) => ({ id: `cn-hangzhou-${letter}`, servesLinks: true })));
    expect(region.privateDomains).toEqual([{ name: 'orders.internal', addresses: ['10.10.0.20'], linkIds: [linkId] }]);
    expect(region.serviceRoles).toEqual([{ name: 'AliyunServiceRoleForApiGatewayConnectUserVpc', exists: true }]);
    expect(region.retirement?.map(({ at }) => at.slice(0, 10))).toEqual(['2026-08-23', '2027-03-21', '2027-09-21']);
  });

  it('reads load balancers with state, access control, servers and their health', async () => {
    const { driver, ctx, ids } = await wholeWorld();
    const region = portable(await driver.observe(EVERYTHING, ctx));
    expect(region.loadBalancers.find(({ id }) => id === ids.balancer)).toMatchObject({
      scheme: 'internal',
      active: true,
      behindNetworkAcl: false,
      subnetIds: [ids.j],
      zones: ['cn-hangzhou-j', 'cn-hangzhou-i'],
    });
    const own = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === ids.balancer);
    expect(own).toMatchObject([
      {
        port: 80,
        protocol: 'TCP',
        state: 'running',
        actions: [{ kind: 'forward', targetGroupIds: [`${ids.balancer}:80`] }],
        accessControl: { kind: 'allow', ids: [ids.accessList], cidrBlocks: ['10.10.0.0/16'] },
      },
      { port: 443, state: 'running' },
      { port: 8443, protocol: 'HTTPS', state: 'stopped', certificateIds: ['cert-1'] },
      { port: 81, state: 'running', actions: [{ kind: 'forward', targetGroupIds: [`${ids.balancer}:81`] }] },
    ]);
    expect(own[1]?.accessControl).toBeUndefined();
    const group = (port: number) => region.targetGroups?.find(({ id }) => id === `${ids.balancer}:${port}`);
    expect(group(80)).toMatchObject({
      preservesClientAddress: true,
      healthCheck: { enabled: true },
      targets: [
        { id: ids.machine, port: 80, health: 'healthy' },
        { id: ids.second, port: 80, health: 'unused', reason: 'weight 0, normal' },
      ],
    });
    expect(group(8443)).toMatchObject({
      port: 8080,
      preservesClientAddress: false,
      healthCheck: { enabled: false },
      targets: [{ health: 'unavailable' }, { health: 'unused' }],
    });
    // A vServer group: ports and weights are those of its servers there.
    expect(group(81)).toMatchObject({
      targets: [
        { id: ids.machine, port: 8080, health: 'unused', reason: 'weight 0, normal' },
        { id: ids.second, port: 8081, health: 'healthy' },
      ],
    });
    expect(group(81)?.port).toBeUndefined();
  });

  it('distinguishes open routes from those that a plug-in or another authentication protects', async () => {
    const { driver, ctx, call, world, open, guarded } = await wholeWorld();
    const read = async () => {
      const { gateways } = await driver.observe({ gateways: [world.gateway.ref], checks: true }, ctx);
      return new Map(gateways[0]?.routes.map((one) => [one.id, { open: one.open, authorization: one.authorization }]));
    };
    const before = await read();
    expect(before.get(open.id)).toEqual({ open: true, authorization: 'ANONYMOUS' });
    expect(before.get(guarded.id)).toEqual({ open: false, authorization: 'ANONYMOUS, jwtAuth on RELEASE' });
    // Protected in the draft only: the published form is still open.
    const api = call('CloudAPI', 'DescribeApi', { GroupId: world.gateway.id, ApiId: open.id });
    call('CloudAPI', 'ModifyApi', {
      GroupId: world.gateway.id,
      ApiId: open.id,
      ApiName: api.ApiName,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      Description: api.Description,
      RequestConfig: JSON.stringify(api.RequestConfig),
      ServiceConfig: JSON.stringify(api.ServiceConfig),
    });
    expect((await read()).get(open.id)).toEqual({ open: true, authorization: 'APP, ANONYMOUS on RELEASE' });
    call('CloudAPI', 'DeployApi', {
      GroupId: world.gateway.id,
      ApiId: open.id,
      StageName: 'RELEASE',
      Description: 'd',
    });
    expect((await read()).get(open.id)).toEqual({ open: false, authorization: 'APP' });
  });

  it('reads what is behind the targets of a scope, including the owner of an address', async () => {
    const { driver, ctx, ids } = await wholeWorld();
    const all = await driver.observe(EVERYTHING, ctx);
    const machine = all.instances?.find(({ id }) => id === ids.machine)?.addresses[0] ?? '';
    const address = all.loadBalancers.find(({ id }) => id === ids.balancer)?.addresses?.[0] ?? '';
    const targets = [
      { address: machine, port: 8080 },
      { address, port: 80 },
    ];
    const region = await driver.observe({ project: OWNER.project, checks: true, targets }, ctx);
    // The second one is behind the load balancer.
    expect(region.instances?.map(({ id }) => id).toSorted()).toEqual([ids.machine, ids.second].toSorted());
    expect(region.loadBalancers.map(({ id }) => id)).toEqual([ids.balancer]);
    expect(region.targetGroups).toHaveLength(4);
    expect(region.whole).not.toContain('loadBalancers');
    expect(region.whole).toContain('securityGroups');
  });

  it('reads what uses backends only where a group is to be moved', async () => {
    const { driver, ctx, linkId, world } = await wholeWorld();
    const gateways = [{ apiGroup: world.gateway.id }];
    const scope = { checks: true, project: OWNER.project, gateways, links: [linkId] };
    const [there] = (await driver.observe(scope, ctx)).gateways;
    expect(there?.linkId).toBe(linkId);
    expect(there?.uses).toBeUndefined();
    const { subnetIds: subnets, securityGroupIds: securityGroups } = world;
    const declared = { ...scope, links: [], subnets, securityGroups };
    expect((await driver.observe(declared, ctx)).gateways[0]?.uses).toBeUndefined();
    // With another group the link is replaced.
    const replaced = await driver.observe({ ...declared, securityGroups: ['sg-other'] }, ctx);
    expect(replaced.gateways[0]?.uses).toBeDefined();
    const [moving] = (await driver.observe({ ...scope, links: ['apigateway-hz-000000000000'] }, ctx)).gateways;
    expect(moving?.uses?.map(({ kind }) => kind)).toContain('route');
  });

  it('reads a region with the fewest possible calls', async () => {
    const { driver, ctx, simulation, calledSince } = await wholeWorld();
    const from = simulation.journal().length;
    await driver.observe({ checks: true }, ctx);
    const counts = new Map<string, number>();
    for (const operation of calledSince(from)) counts.set(operation, (counts.get(operation) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      DescribeInstances: 1,
      ListPrivateDNS: 1,
      DescribeNetworkInterfaces: 1,
      DescribeVpcs: 1,
      DescribeVSwitches: 1,
      DescribeSecurityGroups: 1,
      DescribeSecurityGroupAttribute: 5, // one for each group: nothing lists rules of several
      DescribePrefixListAttributes: 1,
      DescribeRouteTableList: 1,
      DescribeRouteEntryList: 3,
      DescribeNetworkAcls: 1,
      ListVpcPeerConnections: 1,
      DescribeZones: 2, // of the region, and of API Gateway
      GetRole: 1,
    });
  });

  it.each([
    ['ap-southeast-1', ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c']],
    ['cn-hongkong', ['cn-hongkong-b', 'cn-hongkong-c', 'cn-hongkong-d']],
  ])('reads the zones of %s by their own IDs, which the gateway lists several at a time', async (region, ids) => {
    const simulation = simulate();
    const driver = alibaba({ region, api: simulation.alibaba(region) });
    const { zones, whole } = await driver.observe({ checks: true }, createContext({ clock: simulation.clock }));
    expect(zones).toEqual(ids.map((id) => ({ id, servesLinks: true })));
    expect(whole).toContain('zones');
  });

  it('makes no additional calls without checks', async () => {
    const { driver, ctx, simulation, calledSince, world } = await wholeWorld();
    const from = simulation.journal().length;
    await driver.observe({ project: OWNER.project, gateways: [world.gateway.ref], links: [{ name: 'x' }] }, ctx);
    expect(calledSince(from)).not.toContain('DescribeDeployedApi');
    for (const extra of ['DescribeZones', 'GetRole', 'DescribePlugins', 'DescribeHealthStatus', 'ListPrivateDNS']) {
      expect(calledSince(from)).not.toContain(extra);
    }
  });
});

const route = (cidrBlock: string, kind: string, id: string, native: string) => ({
  cidrBlock,
  nextHop: { kind, id, native },
  state: 'active',
  origin: 'static',
});

describe('the permissions that a snapshot needs', () => {
  it('are those of the actions that it calls, and no others', async () => {
    const { driver, ctx, simulation } = await wholeWorld();
    const from = simulation.journal().length;
    await driver.observe(EVERYTHING, ctx);
    await driver.identity(ctx);
    const called = simulation
      .journal()
      .slice(from)
      .map(({ service, operation }) => `${RAM[service] ?? service}:${operation}`);
    const needed = readPolicy.map(({ action }) => action).filter((action) => action !== 'sts:GetCallerIdentity');
    expect(new Set(called)).toEqual(new Set(needed));
  });

  it.each(
    sample(
      readPolicy.filter(({ fills }) => fills.length > 0).map((one) => [one.action, one] as const),
      5,
    ),
  )(
    'without %s each incomplete list has a gap, and the other lists are complete',
    async (action, { fills, operations }) => {
      const { driver, ctx, simulation } = await wholeWorld();
      const full = portable(await driver.observe(EVERYTHING, ctx));
      const [service = ''] = SERVICES.filter((one) => (RAM[one] ?? one) === action.split(':')[0])
        .filter((one) => one !== 'vpcpeer' || operations[0] === 'ListVpcPeerConnections')
        .toReversed();
      for (const operation of operations) simulation.faults.add({ service, operation, kind: 'deny' });
      const region = portable(await driver.observe(EVERYTHING, ctx));
      const gaps = region.gaps.map(({ of, permission, code }) => ({ of, permission, code }));
      expect(gaps).not.toEqual([]);
      for (const gap of gaps) expect(gap).toMatchObject({ permission: action, code: 'PERMISSION_DENIED' });
      expect(new Set(gaps.map(({ of }) => of))).toEqual(new Set(fills));
      const without = (list: SnapshotList) => JSON.stringify(region[list]) !== JSON.stringify(full[list]);
      const lacking = LISTS.filter(without).filter((list) => !DERIVED[action]?.includes(list));
      expect(lacking.filter((list) => !fills.includes(list))).toEqual([]);
      for (const list of region.whole ?? []) {
        // A list that counts as whole is complete, or has a gap.
        if (!fills.includes(list) && !DERIVED[action]?.includes(list)) expect(region[list]).toEqual(full[list]);
      }
    },
  );

  it('begin with the identity', async () => {
    const { simulation, ctx } = await wholeWorld();
    simulation.faults.add({ service: 'sts', operation: 'GetCallerIdentity', kind: 'deny' });
    const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
    expect(await refusalOf(driver.observe(EVERYTHING, ctx))).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { permission: 'sts:GetCallerIdentity' },
    });
    expect(readPolicy.filter(({ fills }) => fills.length === 0).map(({ action }) => action)).toEqual([
      'sts:GetCallerIdentity',
    ]);
  });
});

const SERVICES = ['cloudapi', 'ecs', 'vpc', 'slb', 'ram', 'vpcpeer', 'apig'];
/** The names of products that are different in RAM. */
const RAM: Readonly<Record<string, string>> = { cloudapi: 'apigateway', vpcpeer: 'vpc' };
/** Lists whose items refer to others that are missing: the owner of an interface, the sources of a gateway. */
const DERIVED: Readonly<Record<string, readonly SnapshotList[]>> = {
  'apigateway:DescribeInstances': ['interfaces'],
  'apig:ListGateways': ['interfaces'],
  'apig:ListSources': ['links'],
};
