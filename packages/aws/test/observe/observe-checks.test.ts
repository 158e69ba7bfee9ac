import type { RegionSnapshot, Scope } from '@postern/core/internal/library';
import type { Simulation } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { readPolicy } from '../../src/index.js';
import type { ChecksWorld } from '../world/checks-world.js';
import { richRegion } from '../world/rich-region.js';
import { REGION, simulated } from '../world/simulated.js';

const ALL: Scope = { all: true, checks: true };

const byId = <T extends { readonly id: string }>(list: readonly T[] | undefined, id: string): T => {
  const found = list?.find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is missing`);
  return found;
};

describe('what checks read', () => {
  let cloud: Awaited<ReturnType<typeof richRegion>>;
  let world: ChecksWorld;
  let region: RegionSnapshot;
  let called: readonly string[];

  beforeAll(async () => {
    cloud = await richRegion();
    world = cloud.world;
    const from = cloud.simulation.journal().length;
    region = await cloud.driver.observe(ALL, cloud.ctx);
    called = operationsSince(cloud.simulation, from);
  });

  it('has the custom domain names, with their mappings, by one list and one for each domain', () => {
    expect(region.customDomains).toMatchObject([
      {
        id: 'other.example.com',
        mappings: [
          { path: 'orders/v1', gatewayId: world.apiId, stage: 'prod' },
          { path: '', gatewayId: world.apiId, stage: 'prod' },
        ],
        hasRules: false,
        endpoint: 'regional',
        certificateIds: [world.otherCertificate],
        nativeState: 'AVAILABLE',
        usable: true,
        tlsPolicy: 'TLS_1_2',
        mutualTls: true,
      },
      {
        id: 'edge.example.com',
        mappings: [{ path: 'v1', gatewayId: cloud.restApiId }],
        endpoint: 'edge',
        tlsPolicy: 'TLS_1_0',
        mutualTls: false,
      },
    ]);
    expect(called.filter((operation) => /Domain|Mapping/.test(operation))).toEqual([
      'GetDomainNames',
      'GetApiMappings',
      'GetBasePathMappings',
    ]);
  });

  it('is the whole region, without gaps, as plain JSON, the same in each read', async () => {
    expect(region.gaps).toEqual([]);
    expect(JSON.parse(JSON.stringify(region))).toEqual(region);
    expect(JSON.stringify(await cloud.driver.observe(ALL, cloud.ctx))).toBe(JSON.stringify(region));
    expect(region.whole).toEqual([
      'links',
      'networks',
      'subnets',
      'securityGroups',
      'interfaces',
      'routeTables',
      'networkAcls',
      'peerings',
      'transitGateways',
      'virtualGateways',
      'zones',
      'loadBalancers',
      'listeners',
      'targetGroups',
      'certificates',
      'services',
      'registrars',
    ]);
  });

  it('takes one call for each list, and one for each resource that AWS does not list', () => {
    const counts = Object.fromEntries(
      [...new Set(called)].toSorted().map((one) => [one, called.filter((other) => other === one).length]),
    );
    expect(Object.entries(counts).filter(([, count]) => count > 1)).toEqual([
      ['DescribeListeners', 2], // two load balancers
      ['DescribeLoadBalancerAttributes', 2],
      ['DescribeRules', 2], // two listeners of the application load balancer
      ['DescribeTargetGroupAttributes', 4],
      ['DescribeTargetHealth', 4],
      ['GetManagedPrefixListEntries', 2],
      ['GetStages', 2], // of an HTTP API and of a REST API
      ['GetVpcLinks', 2], // V2 and V1
      ['ListServiceQuotas', 3], // of API Gateway, of VPCs, and of load balancers
      ['ListServices', 2], // of Cloud Map, and of the ECS cluster
    ]);
    expect(called.filter((one) => !/^(?:Get|Describe|Export|List|Search)/.test(one))).toEqual([]);
    // Five of ECS: its clusters, services, and the tasks that stopped. Three of an Auto Scaling group.
    expect(called).toHaveLength(72);
  });

  it('has networks and subnets with both families, and the table and the ACL that apply to each subnet', () => {
    expect(byId(region.networks, world.vpcId)).toMatchObject({
      cidrBlocks: ['10.20.0.0/16', '10.21.0.0/16'],
      ipv6CidrBlocks: [expect.stringMatching(/::\/56$/)],
      account: '111122223333',
    });
    const main = region.routeTables?.find((one) => one.networkId === world.vpcId && one.main);
    const [first, second] = world.subnetIds.map((id) => byId(region.subnets, id));
    expect(first).toMatchObject({
      routeTableId: world.tableId,
      networkAclId: world.aclId,
      ipv6CidrBlocks: [expect.stringMatching(/::\/64$/)],
      zone: 'euw1-az2',
    });
    expect(second).toMatchObject({ routeTableId: main?.id, ipv6CidrBlocks: [] });
    expect(second?.networkAclId).not.toBe(world.aclId);
    // Interfaces of a service use addresses, and so do those that are not attached.
    expect(second?.freeAddresses).toBeLessThan(251);
  });

  it('has every kind of rule, with the account of groups that another account owns', () => {
    expect(byId(region.securityGroups, world.linkGroup).rules).toEqual(
      expect.arrayContaining([
        { direction: 'out', protocol: 'tcp', fromPort: 443, toPort: 443, securityGroupId: world.backendGroup },
        { direction: 'out', protocol: 'tcp', fromPort: 80, toPort: 80, prefixListId: world.backendsListId },
        expect.objectContaining({ direction: 'out', protocol: 'all', cidrBlock: '2001:db8::/32' }),
      ]),
    );
    expect(byId(region.securityGroups, world.backendGroup).rules).toEqual(
      expect.arrayContaining([expect.objectContaining({ direction: 'in', protocol: 'icmp', fromPort: 8, toPort: -1 })]),
    );
  });

  it('distinguishes next hops, blackholes and propagated routes', () => {
    const { routes } = byId(region.routeTables, world.tableId);
    const route = (cidrBlock: string) => routes?.find((one) => one.cidrBlock === cidrBlock);
    expect(route('10.20.0.0/16')).toMatchObject({ nextHop: { kind: 'local' }, origin: 'local', state: 'active' });
    expect(route('10.30.0.0/16')).toMatchObject({ nextHop: { kind: 'peering', id: world.peeringId } });
    expect(route('10.99.0.0/16')).toMatchObject({ nextHop: { kind: 'transit-gateway', id: world.transitGatewayId } });
    expect(route('10.55.0.0/16')).toMatchObject({ nextHop: { kind: 'interface' }, state: 'blackhole' });
    expect(route('192.168.10.0/24')).toMatchObject({
      nextHop: { kind: 'virtual-gateway', id: world.vpnGatewayId },
      origin: 'propagated',
    });
    expect(routes?.filter(({ prefixListId }) => prefixListId === world.prefixListId)).toHaveLength(1);
    expect(routes?.filter(({ cidrBlock }) => cidrBlock?.endsWith('::/56'))).toHaveLength(1);
  });

  it('has the entries of ACLs in order, without the default entry of every ACL', () => {
    expect(byId(region.networkAcls, world.aclId).entries).toEqual([
      {
        direction: 'in',
        order: 100,
        action: 'deny',
        protocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        cidrBlock: '10.66.0.0/16',
      },
      {
        direction: 'in',
        order: 200,
        action: 'allow',
        protocol: 'tcp',
        fromPort: 80,
        toPort: 65_535,
        cidrBlock: '10.0.0.0/8',
      },
      {
        direction: 'out',
        order: 100,
        action: 'allow',
        protocol: 'all',
        fromPort: 0,
        toPort: 65_535,
        cidrBlock: '::/0',
      },
      {
        direction: 'out',
        order: 110,
        action: 'allow',
        protocol: 'icmp',
        fromPort: 8,
        toPort: -1,
        cidrBlock: '0.0.0.0/0',
      },
      {
        direction: 'out',
        order: 120,
        action: 'allow',
        protocol: 'tcp',
        fromPort: 80,
        toPort: 65_535,
        cidrBlock: '0.0.0.0/0',
      },
    ]);
  });

  it('has the prefix lists in use, and no other', () => {
    expect(region.prefixLists).toMatchObject([
      { id: world.prefixListId, name: 'offices', cidrBlocks: ['10.77.0.0/16', '10.78.0.0/24'], maxEntries: 5 },
      { id: world.backendsListId, name: 'backends' },
    ]);
  });

  it('has what connects networks to each other and to outside networks', () => {
    expect(region.peerings).toMatchObject([
      {
        id: world.peeringId,
        state: 'active',
        sides: [
          { networkId: world.vpcId, cidrBlocks: expect.arrayContaining(['10.20.0.0/16', '10.21.0.0/16']) },
          { networkId: world.otherVpcId, region: REGION },
        ],
      },
    ]);
    const own = region.interfaces.filter(({ attachedTo = '' }) => attachedTo.startsWith('VPC Endpoint Interface'));
    expect(region.endpoints).toMatchObject([
      { networkId: world.vpcId, state: 'waiting', privateDns: false, interfaceIds: own.map(({ id }) => id) },
    ]);
    expect(region.endpointServices).toMatchObject([
      { name: region.endpoints?.[0]?.serviceName, loadBalancerIds: [world.nlbArn], isNameVerified: false },
    ]);
    const [gateway] = region.transitGateways ?? [];
    expect(
      gateway?.attachments?.map(({ kind, resourceId, subnetIds }) => [kind, resourceId, subnetIds.length]),
    ).toEqual([
      ['network', world.vpcId, 1],
      ['network', world.otherVpcId, 1],
    ]);
    const [table] = gateway?.routeTables ?? [];
    expect(gateway?.attachments?.every(({ routeTableId }) => routeTableId === table?.id)).toBe(true);
    expect(table?.routes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ cidrBlock: '10.66.0.0/16', state: 'blackhole', origin: 'static', attachmentIds: [] }),
        expect.objectContaining({ cidrBlock: '10.30.0.0/16', state: 'active', origin: 'propagated' }),
      ]),
    );
    expect(region.virtualGateways).toMatchObject([
      {
        id: world.vpnGatewayId,
        networkIds: [world.vpcId],
        connections: [
          { kind: 'vpn', state: 'up', cidrBlocks: ['192.168.10.0/24'] },
          { kind: 'vpn', state: 'down' },
          { kind: 'direct-connect', state: 'up' },
          { kind: 'direct-connect', state: 'down', via: expect.any(String) },
        ],
      },
    ]);
    expect(region.virtualGateways?.[0]?.connections?.[1]?.cidrBlocks).toBeUndefined();
  });

  it('reports the owner of each interface', () => {
    const holders = region.interfaces.map(({ attachedTo }) => attachedTo);
    expect(holders.filter((one) => one === world.albArn)).toHaveLength(2);
    expect(holders.filter((one) => one === world.nlbArn)).toHaveLength(2);
    expect(region.interfaces.filter(({ linkId }) => linkId === cloud.linkId)).toHaveLength(2);
    const forwarding = region.interfaces.filter((one) => one.sourceDestinationCheck === false);
    expect(forwarding.map(({ attachedTo }) => attachedTo)).toEqual([undefined]);
    expect(region.interfaces.filter((one) => one.sourceDestinationCheck === undefined)).toEqual([]);
  });

  it('has load balancers with their zones, listeners with certificates and rules', () => {
    expect(byId(region.loadBalancers, world.albArn)).toMatchObject({
      zones: ['euw1-az2', 'euw1-az3'],
      crossZone: true,
      idleTimeoutMs: 60_000,
      active: true,
      scheme: 'internal',
    });
    expect(byId(region.loadBalancers, world.nlbArn)).toMatchObject({ crossZone: false, privateLinkEnforced: true });
    expect(byId(region.loadBalancers, world.nlbArn)).not.toHaveProperty('idleTimeoutMs');
    expect(byId(region.listeners, world.httpsListener)).toMatchObject({
      actions: [{ kind: 'forward' }],
      certificateIds: [world.certificateArn, world.otherCertificate],
      clientCertificates: 'none',
    });
    expect(byId(region.listeners, world.tcpListener).clientCertificates).toBeUndefined();
    expect(byId(region.listeners, world.redirectListener)).toMatchObject({
      actions: [{ kind: 'redirect', statusCode: '301' }],
      rules: [{ priority: 5, conditions: [{ kind: 'path', values: ['/plain/*'] }], actions: [{ kind: 'forward' }] }],
    });
    expect(byId(region.listeners, world.httpsListener).rules).toEqual([]);
    expect(byId(region.listeners, world.tcpListener).rules).toBeUndefined();
    expect(region.certificates).toMatchObject([
      {
        id: world.certificateArn,
        names: ['shop.internal.example.com', '*.shop.internal.example.com'],
        valid: true,
        nativeState: 'ISSUED',
        issuer: 'public',
      },
      { id: world.otherCertificate, names: ['other.example.com'] },
    ]);
  });

  it('has target groups with the health of each target in its zone', () => {
    const group = (name: string) => region.targetGroups?.find((one) => one.name === name);
    expect(group('http')).toMatchObject({
      kind: 'address',
      preservesClientAddress: false,
      minimumHealthy: { count: 1 },
      minimumHealthyInDns: { count: 1 },
      deregistrationDelayMs: 300_000,
      closesAfterDelay: true,
      targets: [
        { id: '10.20.0.40', port: 8080, zone: 'euw1-az2', health: 'healthy' },
        { id: '10.21.1.40', port: 9090, zone: 'euw1-az3', health: 'healthy' },
      ],
    });
    expect(group('raw')).toMatchObject({
      healthCheck: { enabled: true, protocol: 'TCP', port: 8086 },
      deregistrationDelayMs: 300_000,
      closesAfterDelay: false,
      targets: [
        { id: '10.21.1.41', zone: 'euw1-az3', health: 'unhealthy', reason: 'Target.Timeout', shifted: true },
        // A network ACL denies its answers.
        { id: '192.168.10.5', zone: 'all', health: 'unhealthy', reason: 'Target.FailedHealthChecks' },
        { id: '10.200.0.7', zone: 'all', health: 'healthy' },
      ],
    });
    expect(group('alb')).toMatchObject({
      kind: 'load-balancer',
      preservesClientAddress: true,
      // It is in both zones of the load balancer that calls it.
      targets: [{ id: world.albArn, port: 443, zone: 'all' }],
    });
  });

  it('has ECS services with where they register tasks, and why these stop', () => {
    const [group] = region.targetGroups?.filter(({ name }) => name === 'http') ?? [];
    expect(region.registrars?.filter(({ kind }) => kind === 'service')).toMatchObject([
      {
        id: cloud.ecsService,
        name: 'orders',
        kind: 'service',
        targetGroups: [{ targetGroupId: group?.id, port: 8080, container: 'web' }],
        registries: [],
        subnetIds: world.subnetIds,
        securityGroupIds: [world.backendGroup],
        desired: 1,
        running: 0,
        deploying: false,
        stoppedReason: expect.stringMatching(/^CannotPullContainerError: /),
      },
    ]);
  });

  it('has Auto Scaling groups with where they register instances, and why launches fail', () => {
    expect(region.registrars?.filter(({ kind }) => kind === 'scaling-group')).toMatchObject([
      {
        name: 'web',
        targetGroups: [{ targetGroupId: expect.stringContaining(':targetgroup/web/') }],
        registries: [],
        subnetIds: world.subnetIds,
        securityGroupIds: expect.arrayContaining([world.backendGroup]),
        desired: 1,
        running: 0,
        pending: 0,
        followsTargetHealth: false,
        stoppedReason: expect.stringMatching(/sg-[0-9a-f]+.*Launching EC2 instance failed/),
      },
    ]);
    // Scripts of users in launch templates may have secrets.
    expect(JSON.stringify(region.registrars)).not.toContain(Buffer.from('echo hunter2').toString('base64'));
  });

  it('has services with their instances and health', () => {
    expect(region.services).toMatchObject([
      {
        id: world.serviceArn,
        healthCheck: 'custom',
        instances: [
          {
            id: 'one',
            address: '10.20.0.50',
            port: 8080,
            attributes: { AWS_INSTANCE_IPV4: '10.20.0.50', AWS_INSTANCE_PORT: '8080' },
            healthy: true,
          },
          { id: 'two', address: '10.20.0.51', port: 8080, healthy: false },
        ],
      },
    ]);
  });

  it('has quotas, zones, and the authorization of routes', () => {
    expect(region.quotas).toEqual({
      'vpc-links': 10,
      'vpc-links-v1': 20,
      'subnets-per-vpc-link': 10,
      'routes-per-api': 300,
      'integrations-per-api': 300,
      'resources-per-rest-api': 300,
      'routes-per-websocket-api': 300,
      'stages-per-api': 10,
      'integration-timeout': 29_000,
      'security-groups-per-interface': 5,
      'requests-per-second': 10_000,
      'application-load-balancers': 50,
      'network-load-balancers': 50,
    });
    expect(region.zones).toEqual([
      { id: 'euw1-az1', name: `${REGION}c`, servesLinks: true },
      { id: 'euw1-az2', name: `${REGION}a`, servesLinks: true },
      { id: 'euw1-az3', name: `${REGION}b`, servesLinks: true },
    ]);
    expect(byId(region.gateways, world.apiId).routes).toMatchObject([
      { open: true, authorization: 'NONE' },
      { open: true, authorization: 'NONE' },
    ]);
  });

  it('tells quotas with one code apart by their names', async () => {
    const quotas = async (rows: readonly (readonly [code: string, name: string, value: number])[]) => {
      const answer = rows.map(([QuotaCode, QuotaName, Value]) => ({ QuotaCode, QuotaName, Value }));
      const serviceQuotas = wrap(cloud.simulation.clients(REGION).serviceQuotas, {
        listServiceQuotas: () => Promise.resolve({ Quotas: answer }),
      });
      return (await cloud.driverOf({ serviceQuotas }).observe(ALL, cloud.ctx)).quotas;
    };
    const timeout = ['L-E5AE38E3', 'Maximum integration timeout in milliseconds', 120_000] as const;
    const resources = ['L-01C8A9E0', 'Resources per API', 500] as const;
    const routes = ['L-01C8A9E0', 'Routes per API', 400] as const;
    const both = await quotas([timeout, resources, routes]);
    expect(both).toMatchObject({ 'resources-per-rest-api': 500, 'routes-per-websocket-api': 400 });
    expect(both).toMatchObject({ 'integration-timeout': 120_000, 'stages-per-api': 10 });
    const one = await quotas([routes]);
    expect(one).toMatchObject({ 'routes-per-websocket-api': 400 });
    expect(one).not.toHaveProperty('resources-per-rest-api');
  });

  it('has what the working copy and the stage of a REST API use, with the variables of the stage', () => {
    const { linkId, restApiId } = cloud;
    const name = 'GET /';
    expect(byId(region.gateways, restApiId).uses).toEqual([
      {
        kind: 'route',
        name,
        id: expect.stringMatching(/\/GET$/),
        routeIds: [expect.stringMatching(/\/GET$/)],
        unreadable: 'stage variable host, link decides where it leads',
      },
      expect.objectContaining({ name, stage: 'prod', linkId, targetId: world.httpsListener, port: 443 }),
      {
        kind: 'route',
        id: 'GET /old',
        name: 'GET /old',
        routeIds: ['GET /old'],
        stage: 'prod',
        linkId,
        targetId: world.redirectListener,
        port: 80,
        scheme: 'http',
      },
    ]);
  });

  it('has the source that targets of a link see, without a call of its own', () => {
    expect(region.egress).toHaveLength(1);
    expect(region.egress[0]?.seenBy.map(({ target, source }) => [target, source])).toEqual([
      [world.httpsListener, 'load-balancer'],
      [world.tcpListener, 'load-balancer'],
      [world.serviceArn, 'link'],
    ]);
  });

  it('has every backend that a spec may name', () => {
    expect(region.targets.map(({ id }) => id).toSorted()).toEqual(
      [world.httpsListener, world.redirectListener, world.tcpListener, world.albListener, world.serviceArn].toSorted(),
    );
  });

  it('reads only what is behind the targets in scope, without `all`', async () => {
    const { driver, ctx, simulation } = cloud;
    const from = simulation.journal().length;
    const scoped = await driver.observe({ checks: true, targets: [{ listener: world.albListener }] }, ctx);
    expect(scoped.gaps).toEqual([]);
    // An application load balancer is behind the network one, and is part of the path.
    expect(scoped.loadBalancers.map(({ id }) => id)).toEqual([world.nlbArn, world.albArn]);
    expect(scoped.targetGroups?.map(({ name }) => name)).toEqual(['alb', 'http']);
    expect(scoped.certificates?.map(({ id }) => id)).toEqual([world.certificateArn, world.otherCertificate]);
    expect(scoped.targets.map(({ id }) => id)).toEqual([world.albListener]);
    expect(scoped.services).toEqual([]);
    expect(scoped.subnets).toEqual(region.subnets);
    expect(scoped.securityGroups).toEqual(region.securityGroups);
    expect(scoped.whole).not.toContain('loadBalancers');
    expect(operationsSince(simulation, from)).not.toContain('ListServices');
  });

  it('takes forty-one calls for a small region', async () => {
    const small = await simulated();
    await small.link();
    await small.settle();
    const from = small.simulation.journal().length;
    expect((await small.driver.observe(ALL, small.ctx)).gaps).toEqual([]);
    expect(small.calledSince(from)).toHaveLength(41);
  });

  it('has a gap where a table has more routes than a search returns', async () => {
    const { ec2 } = cloud.simulation.clients(REGION);
    const driver = cloud.driverOf({
      ec2: wrap(ec2, {
        searchTransitGatewayRoutes: async (input: never) => {
          const { NextToken: _, ...page } = await ec2.searchTransitGatewayRoutes(input);
          return { ...page, AdditionalRoutesAvailable: true };
        },
      }),
    });
    const cut = await driver.observe(ALL, cloud.ctx);
    expect(cut.transitGateways?.[0]?.routeTables?.[0]?.routes).toBeUndefined();
    expect(cut.gaps).toMatchObject([
      {
        of: 'transitGateways',
        id: world.transitGatewayId,
        operation: 'SearchTransitGatewayRoutes',
        code: 'INCOMPLETE_LIST',
      },
    ]);
  });

  it("reports the tables of another account's transit gateway as not read", async () => {
    const { ec2 } = cloud.simulation.clients(REGION);
    const driver = cloud.driverOf({
      ec2: wrap(ec2, {
        describeTransitGateways: async (input: never) => {
          const answer = await ec2.describeTransitGateways(input);
          return {
            ...answer,
            TransitGateways: answer.TransitGateways?.map((one) => ({ ...one, OwnerId: '777788889999' })),
          };
        },
      }),
    });
    const shared = await driver.observe(ALL, cloud.ctx);
    expect(shared.transitGateways).toMatchObject([{ account: '777788889999', attachments: [{}, {}] }]);
    expect(shared.transitGateways?.[0]?.routeTables).toBeUndefined();
    expect(shared.gaps).toMatchObject([
      {
        what: expect.stringContaining('which account 777788889999 owns'),
        of: 'transitGateways',
        code: 'PERMISSION_DENIED',
      },
    ]);
  });

  it('reports an operation that an emulator does not support as a gap', async () => {
    const { simulation, driver, ctx } = cloud;
    for (const operation of ['DescribeVpnGateways', 'ListServiceQuotas', 'DescribeTargetHealth']) {
      simulation.faults.add({ operation, kind: 'error', status: 501, code: 'NotImplemented' });
    }
    try {
      const { gaps, virtualGateways, quotas, targetGroups } = await driver.observe(ALL, ctx);
      expect(new Set(gaps.map(({ of, code }) => `${of} ${code}`))).toEqual(
        new Set(['virtualGateways UNSUPPORTED', 'quotas UNSUPPORTED', 'targetGroups UNSUPPORTED']),
      );
      expect([virtualGateways, quotas]).toEqual([undefined, undefined]);
      expect(targetGroups?.map(({ targets }) => targets)).toEqual(Array.from({ length: 4 }));
    } finally {
      simulation.faults.clear();
    }
  });

  it('keeps the keys of tunnels and lines out of a snapshot', async () => {
    const { ec2, directConnect } = cloud.simulation.clients(REGION);
    const driver = cloud.driverOf({
      ec2: wrap(ec2, {
        describeVpnConnections: async (input: never) => {
          const answer = await ec2.describeVpnConnections(input);
          const secret = { CustomerGatewayConfiguration: '<pre_shared_key>hunter2</pre_shared_key>' };
          return { ...answer, VpnConnections: answer.VpnConnections?.map((one) => ({ ...one, ...secret })) };
        },
      }),
      directConnect: wrap(directConnect, {
        describeVirtualInterfaces: async (input: never) => {
          const answer = await directConnect.describeVirtualInterfaces(input);
          return {
            ...answer,
            virtualInterfaces: answer.virtualInterfaces?.map((one) => ({ ...one, authKey: 'hunter2' })),
          };
        },
      }),
    });
    const read = await driver.observe(ALL, cloud.ctx);
    expect(read.virtualGateways?.[0]?.connections).toHaveLength(4);
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it.each([
    ['states', { State: 'made', virtualInterfaceState: 'made' }],
    [
      'states of tunnels and sessions',
      {
        State: 'available',
        VgwTelemetry: [{ Status: 'MADE' }],
        virtualInterfaceState: 'available',
        bgpPeers: [{ bgpStatus: 'made' }],
      },
    ],
  ])('reads lines with %s that are not documented as unknown', async (_, more) => {
    const { ec2, directConnect } = cloud.simulation.clients(REGION);
    const driver = cloud.driverOf({
      ec2: wrap(ec2, {
        describeVpnConnections: async (input: never) => {
          const answer = await ec2.describeVpnConnections(input);
          return { ...answer, VpnConnections: answer.VpnConnections?.map((one) => ({ ...one, ...more })) };
        },
      }),
      directConnect: wrap(directConnect, {
        describeVirtualInterfaces: async (input: never) => {
          const answer = await directConnect.describeVirtualInterfaces(input);
          return { ...answer, virtualInterfaces: answer.virtualInterfaces?.map((one) => ({ ...one, ...more })) };
        },
      }),
    });
    const { virtualGateways } = await driver.observe(ALL, cloud.ctx);
    const states = virtualGateways?.flatMap(({ connections = [] }) => connections.map(({ state }) => state));
    expect(states).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
});

describe('a permission that is missing', () => {
  let cloud: Awaited<ReturnType<typeof richRegion>>;
  let full: Lists;
  beforeAll(async () => {
    cloud = await richRegion();
    full = listsOf(await cloud.driver.observe(ALL, cloud.ctx));
  });

  it('is one of the policy, for every call that a snapshot makes', async () => {
    const { simulation, driver, ctx, world, restApiId } = cloud;
    const from = simulation.journal().length;
    await driver.observe(ALL, ctx);
    await driver.observe({ checks: true, gateways: [{ httpApi: world.apiId }] }, ctx);
    await driver.observe({ checks: true, gateways: [{ restApi: restApiId }] }, ctx);
    const listed = [...new Set(readPolicy.flatMap(({ operations }) => operations))];
    const called = new Set(operationsSince(simulation, from).filter((one) => one !== 'GetCallerIdentity'));
    expect([...called].toSorted()).toEqual(listed.toSorted());
  });

  it.each(
    sample(
      readPolicy.flatMap(({ action, operations, fills }) => operations.map((one) => [one, action, fills] as const)),
      9,
    ),
  )('%s causes gaps that name %s, and no list is incomplete without a gap', async (operation, action, fills) => {
    const { simulation, driver, ctx, world, restApiId } = cloud;
    // Only a scope that names an API calls for that API; a scope that reads all has it from the list.
    const named = new Map<string, Scope>([
      ['GetApi', { checks: true, gateways: [{ httpApi: world.apiId }] }],
      ['GetRestApi', { checks: true, gateways: [{ restApi: restApiId }] }],
    ]);
    const scope = named.get(operation) ?? ALL;
    // Cloud Map and ECS have an operation of the same name.
    const service = operation === 'ListServices' ? action.split(':')[0] : undefined;
    simulation.faults.add({ service, operation, kind: 'deny' });
    try {
      const region = await driver.observe(scope, ctx);
      expect(region.gaps.length).toBeGreaterThan(0);
      for (const gap of region.gaps)
        expect(gap).toMatchObject({ permission: action, code: 'PERMISSION_DENIED', operation });
      const of = new Set<string | undefined>(region.gaps.map((gap) => gap.of));
      expect([...of].toSorted()).toEqual([...fills].toSorted());
      if (scope !== ALL) return;
      const lists = listsOf(region);
      for (const [list, rows] of Object.entries(full)) {
        const read = lists[list] ?? [];
        if (read.length < rows.length) expect([...of], list).toContain(list);
        if (of.has(list)) continue;
        // What could not be read must not change what was read: only what is computed from it may be missing.
        expect(read.map(idOf), list).toEqual(rows.map(idOf));
      }
      for (const list of region.whole ?? []) {
        expect(
          region.gaps.filter((gap) => gap.of === list && gap.id === undefined),
          list,
        ).toEqual([]);
      }
    } finally {
      simulation.faults.clear();
    }
  });
});

type Lists = Readonly<Record<string, readonly object[]>>;

/** How a region was read, and what is looked up only for interfaces that were read. */
const NOT_COMPARED = ['gaps', 'whole', 'endpoints', 'endpointServices'];

function listsOf(region: RegionSnapshot): Lists {
  return Object.fromEntries(
    Object.entries(region).filter(([name, rows]) => Array.isArray(rows) && !NOT_COMPARED.includes(name)),
  );
}

function idOf(one: object): unknown {
  return 'id' in one ? one.id : 'linkId' in one ? one.linkId : one;
}

function operationsSince(simulation: Simulation, from: number): readonly string[] {
  return simulation
    .journal()
    .slice(from)
    .map(({ operation }) => operation);
}

/** A client with some of its operations replaced: the answers of another cloud. */
function wrap<Client extends object>(client: Client, replaced: object): Client {
  return new Proxy(client, {
    get: (target, name) => Reflect.get(replaced, name) ?? Reflect.get(target, name),
  });
}
