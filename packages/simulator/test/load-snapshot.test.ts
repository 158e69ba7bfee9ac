import { SNAPSHOT_VERSION, type Link, type RegionSnapshot, type Snapshot } from '@postern/core/internal/snapshot';
import { describe, expect, it } from 'vitest';
import { simulate } from '../src/index.js';

const REGION = 'eu-west-1';
const ACCOUNT = '444455556666';
const VPC = 'vpc-0a000000000000001';
const SUBNET = 'subnet-0a000000000000001';
const GROUP = 'sg-0a000000000000001';

const link = (more: Partial<Link> = {}): Link => ({
  id: 'abc123',
  name: 'orders',
  state: 'ready',
  nativeState: 'AVAILABLE',
  kind: 'vpc-link-v2',
  networkId: VPC,
  subnetIds: [SUBNET],
  securityGroupIds: [GROUP],
  tags: {},
  raw: null,
  ...more,
});

/** One network with one subnet, group and link: what a plan reads, without what only checks read. */
const region = (more: Partial<RegionSnapshot> = {}): RegionSnapshot => ({
  provider: 'aws',
  region: REGION,
  account: ACCOUNT,
  links: [link()],
  gateways: [],
  targets: [],
  allowlists: [],
  egress: [],
  networks: [{ id: VPC, cidrBlocks: ['10.0.0.0/16'], account: ACCOUNT, tags: { Name: 'shop' }, raw: null }],
  subnets: [
    {
      id: SUBNET,
      networkId: VPC,
      cidrBlock: '10.0.0.0/24',
      zone: 'euw1-az1',
      freeAddresses: 7,
      account: ACCOUNT,
      tags: {},
      raw: null,
    },
  ],
  securityGroups: [{ id: GROUP, name: 'link', networkId: VPC, rules: [], account: ACCOUNT, tags: {}, raw: null }],
  loadBalancers: [],
  listeners: [],
  interfaces: [],
  gaps: [],
  ...more,
});

const snapshot = (...regions: readonly RegionSnapshot[]): Snapshot => ({
  version: SNAPSHOT_VERSION,
  takenAt: '2026-09-01T12:00:00.000Z',
  regions,
});

describe('a world from a snapshot', () => {
  it('has the same resources with the same IDs, and nothing else, at the time of the snapshot', async () => {
    const sim = simulate();
    sim.call({ service: 'ec2', operation: 'CreateVpc', region: REGION }, { CidrBlock: '10.9.0.0/16' });
    sim.loadSnapshot(snapshot(region()));
    expect(new Date(sim.clock.now()).toISOString()).toBe('2026-09-01T12:00:00.000Z');
    const { ec2, apiGatewayV2, sts } = sim.clients(REGION);
    expect((await ec2.describeVpcs({})).Vpcs?.map(({ VpcId }) => VpcId)).toEqual([VPC]);
    expect((await ec2.describeSubnets({})).Subnets).toMatchObject([
      { SubnetId: SUBNET, AvailableIpAddressCount: 7, AvailabilityZoneId: 'euw1-az1' },
    ]);
    expect((await apiGatewayV2.getVpcLinks({})).Items).toMatchObject([{ VpcLinkId: 'abc123', Name: 'orders' }]);
    expect((await sts.getCallerIdentity({})).Account).toBe(ACCOUNT);
  });

  it('continues: pending resources become ready, and changes can be made', async () => {
    const pending = link({ state: 'pending', nativeState: 'PENDING' });
    const sim = simulate({ from: snapshot(region({ links: [pending] })) });
    const { ec2, apiGatewayV2 } = sim.clients(REGION);
    const status = async () => (await apiGatewayV2.getVpcLink({ VpcLinkId: pending.id })).VpcLinkStatus;
    expect(await status()).toBe('PENDING');
    await sim.advance(600_000);
    expect(await status()).toBe('AVAILABLE');
    expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).toHaveLength(1);
    expect((await ec2.describeSubnets({})).Subnets).toMatchObject([{ AvailableIpAddressCount: 6 }]);
    await ec2.authorizeSecurityGroupEgress({
      GroupId: GROUP,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    });
    await apiGatewayV2.deleteVpcLink({ VpcLinkId: pending.id });
    await sim.advance(600_000);
    expect((await apiGatewayV2.getVpcLinks({})).Items).toEqual([]);
    expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).toEqual([]);
  });

  it('is restored by `reset`, and can be saved and loaded', async () => {
    const sim = simulate({ from: snapshot(region()) });
    const { apiGatewayV2 } = sim.clients(REGION);
    const names = async () => (await apiGatewayV2.getVpcLinks({})).Items?.map(({ Name }) => Name);
    await apiGatewayV2.updateVpcLink({ VpcLinkId: 'abc123', Name: 'other' });
    const saved = JSON.parse(JSON.stringify(sim.world()));
    sim.reset();
    expect(await names()).toEqual(['orders']);
    sim.load(saved);
    expect(await names()).toEqual(['other']);
    // From outside, too.
    const server = await sim.listen();
    await fetch(`${server.url}/_postern/reset`, { method: 'POST', body: '{}' });
    await server.close();
    expect(await names()).toEqual(['orders']);
  });

  it('has the quotas that were set for it, and those of the snapshot otherwise', async () => {
    const from = snapshot(region({ quotas: { 'routes-per-api': 300, 'vpc-links': 7 } }));
    const sim = simulate({ from, quotas: { 'routes-per-api': 2000 } });
    const { apiGatewayV2 } = sim.clients(REGION);
    const { ApiId } = await apiGatewayV2.createApi({ Name: 'many', ProtocolType: 'HTTP' });
    for (let route = 0; route < 301; route += 1) {
      sim.call(
        { service: 'apigatewayv2', operation: 'CreateRoute', region: REGION },
        { ApiId, RouteKey: `GET /r${route}` },
      );
    }
    expect((await apiGatewayV2.getRoutes({ ApiId, MaxResults: '500' })).Items).toHaveLength(301);
    const { serviceQuotas } = sim.clients(REGION);
    const { Quotas = [] } = await serviceQuotas.listServiceQuotas({ ServiceCode: 'apigateway', MaxResults: 100 });
    expect(Quotas.filter(({ Value }) => Value === 2000 || Value === 7).map(({ Value }) => Value)).toEqual(
      expect.arrayContaining([2000, 7]),
    );
  });

  it('answers that an integration without a link is not simulated, and does not guess its type', async () => {
    const gateway = {
      id: 'api1234567',
      name: 'shop',
      kind: 'http-api' as const,
      stages: [{ name: '$default', autoDeploy: true, deploymentId: 'dep123' }],
      integrations: [{ id: 'int1234' }],
      routes: [{ id: 'r1', key: 'GET /fn', integrationId: 'int1234' }],
      tags: {},
      raw: null,
    };
    const sim = simulate({ from: snapshot(region({ gateways: [gateway as never] })), dataPathDelay: 0 });
    const host = `api1234567.execute-api.${REGION}.amazonaws.com`;
    const { status, because } = await sim.traffic.call({ host, path: '/fn' });
    expect([status, because]).toEqual([
      501,
      'Only private integrations are simulated; route GET /fn has an integration without a link, whose type is not in the snapshot.',
    ]);
  });

  it('has what plans ask for: default networks, authorizers, mappings, attributes, clusters', () => {
    const balancer = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/orders/8ecef25933180e40`;
    const routed = (id: string, kind: 'http-api' | 'rest-api', authorization: string, authorizer: string) => ({
      id,
      name: id,
      kind,
      stages: [{ name: 'prod', autoDeploy: kind === 'http-api' }],
      routes: [{ id: `${id}/GET`, gatewayId: id, key: 'GET /', authorization, settings: { authorizer }, raw: null }],
      tags: {},
      raw: null,
    });
    const sim = simulate();
    sim.loadSnapshot(
      snapshot(
        region({
          networks: region().networks.map((one) => ({ ...one, isDefault: true })),
          subnets: region().subnets.map((one) => ({ ...one, isDefault: true })),
          gateways: [
            routed('api1234567', 'http-api', 'JWT', 'jwt123'),
            routed('rest123456', 'rest-api', 'CUSTOM', 'tok123'),
          ],
          loadBalancers: [
            {
              id: balancer,
              name: 'orders',
              kind: 'application',
              subnetIds: [SUBNET],
              securityGroupIds: [GROUP],
              deletionProtected: true,
              raw: null,
            },
          ],
          registrars: [
            {
              id: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/shop/orders`,
              kind: 'service',
              targetGroups: [],
              registries: [],
              raw: null,
            },
          ],
          customDomains: [
            {
              id: 'api.example.com',
              mappings: [{ mappingId: 'map123', path: '', gatewayId: 'api1234567', stage: 'prod' }],
              raw: null,
            },
          ],
        }),
      ),
    );
    const call = (service: string, operation: string, input: object = {}) =>
      sim.call({ service, operation, region: REGION } as never, input as never) as never as Record<string, any>;
    expect(call('ec2', 'DescribeVpcs')['Vpcs'][0].IsDefault).toBe(true);
    expect(call('ec2', 'DescribeSubnets')['Subnets'][0].DefaultForAz).toBe(true);
    expect(call('apigatewayv2', 'GetAuthorizers', { ApiId: 'api1234567' })['Items']).toMatchObject([
      { AuthorizerId: 'jwt123', AuthorizerType: 'JWT' },
    ]);
    const ofRest = { restApiId: 'rest123456', authorizerId: 'tok123' };
    expect(call('apigateway', 'GetAuthorizer', ofRest)).toMatchObject({ id: 'tok123', type: 'TOKEN' });
    expect(call('apigatewayv2', 'GetApiMappings', { DomainName: 'api.example.com' })['Items']).toMatchObject([
      { ApiMappingId: 'map123' },
    ]);
    expect(() => call('elasticloadbalancingv2', 'DeleteLoadBalancer', { LoadBalancerArn: balancer })).toThrow(
      'deletion protection is enabled',
    );
    expect(call('ecs', 'DescribeClusters', { clusters: ['shop'] })['clusters']).toMatchObject([{ status: 'ACTIVE' }]);
  });

  it('reports what it lacks', () => {
    const sim = simulate();
    const notes = sim.loadSnapshot(
      snapshot(
        region({
          gaps: [
            { what: 'route tables', operation: 'DescribeRouteTables', code: 'PERMISSION_DENIED', of: 'routeTables' },
          ],
          networkAcls: [],
          links: [link({ kind: 'integration-instance' })],
        }),
        region({ account: '777788889999', region: 'eu-west-2' }),
      ),
    );
    expect(notes).toEqual(
      expect.arrayContaining([
        'eu-west-2 of account 777788889999 is left out: one account is simulated, 444455556666',
        'route tables of eu-west-1 could not be read (DescribeRouteTables)',
        'the route tables of eu-west-1 were not read',
        'the peering connections of eu-west-1 were not read',
      ]),
    );
    expect(notes).not.toContain('the network ACLs of eu-west-1 were not read');
    expect(new Set(notes).size).toBe(notes.length);
  });

  it('keeps the routes of tables that no connection explains', async () => {
    const sim = simulate();
    const [vgw, table] = ['vgw-0a000000000000001', 'rtb-0a000000000000001'];
    sim.loadSnapshot(
      snapshot(
        region({
          routeTables: [
            {
              id: table,
              networkId: VPC,
              main: true,
              routes: [
                { cidrBlock: '10.0.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
                {
                  cidrBlock: '10.200.0.0/16',
                  nextHop: { kind: 'virtual-gateway', id: vgw },
                  state: 'active',
                  origin: 'propagated',
                },
              ],
              raw: null,
            },
          ],
          virtualGateways: [
            { id: vgw, state: 'available', nativeState: 'available', networkIds: [VPC], connections: [], raw: null },
          ],
        }),
      ),
    );
    const { RouteTables } = await sim.clients(REGION).ec2.describeRouteTables({});
    expect(RouteTables?.[0]?.Routes).toMatchObject([
      { GatewayId: 'local' },
      { DestinationCidrBlock: '10.200.0.0/16', GatewayId: vgw, Origin: 'EnableVgwRoutePropagation', State: 'active' },
    ]);
  });

  it('keeps a blackhole route although an instance has the interface', async () => {
    const [eni, table, instance] = ['eni-0a000000000000001', 'rtb-0a000000000000001', 'i-0a000000000000001'];
    const dead = (state: 'active' | 'blackhole') =>
      region({
        interfaces: [
          {
            id: eni,
            networkId: VPC,
            subnetId: SUBNET,
            addresses: ['10.0.0.9'],
            securityGroupIds: [GROUP],
            attachedTo: instance,
            raw: null,
          },
        ],
        routeTables: [
          {
            id: table,
            networkId: VPC,
            main: true,
            routes: [{ cidrBlock: '10.9.0.0/16', nextHop: { kind: 'interface', id: eni }, state, origin: 'static' }],
            raw: null,
          },
        ],
      });
    for (const state of ['active', 'blackhole'] as const) {
      const { ec2 } = simulate({ from: snapshot(dead(state)) }).clients(REGION);
      expect((await ec2.describeRouteTables({})).RouteTables?.[0]?.Routes).toMatchObject([{ State: state }]);
      expect((await ec2.describeNetworkInterfaces({})).NetworkInterfaces).toMatchObject([
        { Attachment: { InstanceId: instance } },
      ]);
    }
  });

  it('has the networks of other accounts behind a peering and a transit gateway', async () => {
    const other = { networkId: 'vpc-0b000000000000001', account: '777788889999', region: REGION };
    const blocks = ['10.70.0.0/16', '10.71.0.0/16', '2001:db8:7::/48'];
    const [tgw, table, attachment] = ['tgw-0a0000000000001', 'tgw-rtb-0a000000000001', 'tgw-attach-0a00000000001'];
    const sim = simulate({
      from: snapshot(
        region({
          peerings: [
            {
              id: 'pcx-0a000000000000001',
              state: 'active',
              nativeState: 'active',
              sides: [
                { networkId: VPC, account: ACCOUNT, region: REGION, cidrBlocks: ['10.0.0.0/16'] },
                { ...other, cidrBlocks: blocks },
              ],
              raw: null,
            },
          ],
          transitGateways: [
            {
              id: tgw,
              state: 'available',
              nativeState: 'available',
              account: ACCOUNT,
              attachments: [
                {
                  id: attachment,
                  kind: 'network',
                  resourceId: other.networkId,
                  account: other.account,
                  subnetIds: [],
                  state: 'available',
                  nativeState: 'available',
                  routeTableId: table,
                },
              ],
              routeTables: [
                {
                  id: table,
                  routes: [
                    { cidrBlock: '10.70.0.0/16', attachmentIds: [attachment], state: 'active', origin: 'propagated' },
                  ],
                },
              ],
              raw: null,
            },
          ],
        }),
      ),
    });
    const { ec2 } = sim.clients(REGION);
    const [peering] = (await ec2.describeVpcPeeringConnections({})).VpcPeeringConnections ?? [];
    expect(peering?.AccepterVpcInfo).toMatchObject({
      CidrBlockSet: [{ CidrBlock: '10.70.0.0/16' }, { CidrBlock: '10.71.0.0/16' }],
      Ipv6CidrBlockSet: [{ Ipv6CidrBlock: '2001:db8:7::/48' }],
    });
    const { Routes } = await ec2.searchTransitGatewayRoutes({
      TransitGatewayRouteTableId: table,
      Filters: [{ Name: 'state', Values: ['active'] }],
    });
    expect(Routes).toMatchObject([{ DestinationCidrBlock: '10.70.0.0/16', Type: 'propagated' }]);
    expect((await ec2.describeVpcs({})).Vpcs).toHaveLength(1);
  });

  it('accepts a snapshot with masked account IDs', async () => {
    const sim = simulate({ from: snapshot(region({ account: '000000000001' })) });
    expect((await sim.clients(REGION).sts.getCallerIdentity({})).Account).toBe('000000000001');
  });

  it.each<[string, Snapshot, RegExp]>([
    ['a time that is not valid', { ...snapshot(region()), takenAt: 'yesterday' }, /taken at no time: yesterday/],
    ['an account ID that is not valid on AWS', snapshot(region({ account: '17' })), /17 is not an AWS account ID/],
    ['a region that AWS does not have', snapshot(region({ region: 'mars-north-1' })), /no region mars-north-1/],
  ])('refuses %s', (_, wrong, words) => {
    expect(() => simulate().loadSnapshot(wrong)).toThrow(words);
  });

  it('reports a provider that is not simulated', () => {
    expect(simulate().loadSnapshot(snapshot(region({ provider: 'elsewhere' })))).toEqual([
      'elsewhere is not simulated',
    ]);
  });
});
