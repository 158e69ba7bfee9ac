import type { RegionSnapshot } from '../../src/snapshot/snapshot.js';

const VPC = 'vpc-h';
const ALL_PORTS = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;

/**
 * A VPC with two zones. The integration instance stands in `vsw-j` and `vsw-k`, the ECS instance `i-1` and the CLB instance
 * `lb-1`, with the same ECS instance behind it, in `vsw-app`, whose block is accessible.
 */
export function alibabaRegion(): RegionSnapshot {
  const subnet = (id: string, cidrBlock: string, zone: string) => ({
    id,
    networkId: VPC,
    cidrBlock,
    ipv6CidrBlocks: [],
    zone,
    freeAddresses: 240,
    routeTableId: 'vtb-1',
    networkAclId: null,
    account: '1234567890123456',
    tags: {},
    raw: null,
  });
  return {
    provider: 'alibaba',
    region: 'cn-hangzhou',
    account: '1234567890123456',
    links: [
      {
        id: 'apigateway-hz-1',
        name: 'eu',
        kind: 'integration-instance',
        state: 'ready',
        nativeState: 'RUNNING',
        networkId: VPC,
        subnetIds: ['vsw-j', 'vsw-k'],
        securityGroupIds: ['sg-link'],
        tags: {},
        createdAt: '2025-05-01T00:00:00Z',
        native: { instanceCidr: '192.168.0.0/16', spec: 'api.s1.small' },
        raw: null,
      },
    ],
    gateways: [
      {
        id: 'group-1',
        name: 'orders',
        kind: 'api-group',
        linkId: 'apigateway-hz-1',
        stages: [{ name: 'RELEASE', autoDeploy: false }],
        routes: [route('api-1', 'ANY /orders', 'shop-orders'), route('api-2', 'ANY /stock', 'shop-stock')],
        tags: {},
        raw: null,
      },
    ],
    targets: [
      {
        kind: 'instance',
        id: 'shop-orders',
        networkId: VPC,
        resourceId: 'i-1',
        resourceType: 'ecs',
        port: 8080,
        raw: null,
      },
      {
        kind: 'instance',
        id: 'shop-stock',
        networkId: VPC,
        resourceId: 'lb-1',
        resourceType: 'clb',
        port: 80,
        raw: null,
      },
    ],
    allowlists: [
      {
        linkId: 'apigateway-hz-1',
        owned: true,
        entries: [
          { cidrBlock: '10.0.1.0/24', ...ALL_PORTS, fixed: true },
          { cidrBlock: '10.0.2.0/24', ...ALL_PORTS, fixed: true },
          { cidrBlock: '10.0.20.0/24', ...ALL_PORTS },
        ],
        wider: [],
      },
    ],
    egress: [
      {
        linkId: 'apigateway-hz-1',
        addresses: ['10.0.1.10', '10.0.2.10'],
        prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
        securityGroupIds: ['sg-link'],
        stability: 'momentary',
        confidence: 'candidate',
        seenBy: [],
      },
    ],
    networks: [
      { id: VPC, name: 'shop', cidrBlocks: ['10.0.0.0/16'], account: '1234567890123456', tags: {}, raw: null },
    ],
    subnets: [
      subnet('vsw-j', '10.0.1.0/24', 'cn-hangzhou-j'),
      subnet('vsw-k', '10.0.2.0/24', 'cn-hangzhou-k'),
      subnet('vsw-i', '10.0.3.0/24', 'cn-hangzhou-i'),
      subnet('vsw-app', '10.0.20.0/24', 'cn-hangzhou-j'),
    ],
    securityGroups: [
      {
        id: 'sg-link',
        name: 'link',
        networkId: VPC,
        kind: 'basic',
        implicit: { in: 'deny', out: 'allow' },
        intraGroup: 'allow',
        rules: [
          {
            id: 'sgr-link-in',
            direction: 'in',
            protocol: 'tcp',
            fromPort: 8080,
            toPort: 8080,
            securityGroupId: 'sg-link',
            action: 'allow',
            priority: 1,
          },
        ],
        account: '1234567890123456',
        tags: {},
        raw: null,
      },
    ],
    loadBalancers: [
      {
        id: 'lb-1',
        name: 'stock',
        kind: 'classic',
        networkId: VPC,
        scheme: 'internal',
        state: 'active',
        active: true,
        subnetIds: ['vsw-app'],
        securityGroupIds: [],
        addresses: ['10.0.20.9'],
        zones: ['cn-hangzhou-j'],
        crossZone: true,
        behindNetworkAcl: false,
        raw: null,
      },
    ],
    listeners: [
      {
        id: 'lb-1/http:80',
        loadBalancerId: 'lb-1',
        port: 80,
        protocol: 'HTTP',
        state: 'running',
        actions: [{ kind: 'forward', targetGroupIds: ['lb-1:80'] }],
        accessControl: { kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'] },
        raw: null,
      },
    ],
    interfaces: [
      {
        id: 'eni-link-j',
        networkId: VPC,
        subnetId: 'vsw-j',
        addresses: ['10.0.1.10'],
        securityGroupIds: ['sg-link'],
        linkId: 'apigateway-hz-1',
        raw: null,
      },
      {
        id: 'eni-link-k',
        networkId: VPC,
        subnetId: 'vsw-k',
        addresses: ['10.0.2.10'],
        securityGroupIds: ['sg-link'],
        linkId: 'apigateway-hz-1',
        raw: null,
      },
      {
        id: 'eni-app',
        networkId: VPC,
        subnetId: 'vsw-app',
        addresses: ['10.0.20.5'],
        securityGroupIds: ['sg-link'],
        attachedTo: 'i-1',
        raw: null,
      },
    ],
    routeTables: [
      {
        id: 'vtb-1',
        networkId: VPC,
        main: true,
        routes: [{ cidrBlock: '10.0.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' }],
        raw: null,
      },
    ],
    networkAcls: [],
    prefixLists: [],
    peerings: [],
    transitGateways: [],
    virtualGateways: [],
    instances: [
      {
        id: 'i-1',
        name: 'orders',
        networkId: VPC,
        subnetId: 'vsw-app',
        zone: 'cn-hangzhou-j',
        addresses: ['10.0.20.5'],
        securityGroupIds: ['sg-link'],
        state: 'running',
        nativeState: 'Running',
        raw: null,
      },
    ],
    targetGroups: [
      {
        id: 'lb-1:80',
        kind: 'instance',
        protocol: 'HTTP',
        port: 8080,
        networkId: VPC,
        loadBalancerIds: ['lb-1'],
        crossZone: true,
        preservesClientAddress: true,
        healthCheck: { enabled: true },
        targets: [{ id: 'i-1', port: 8080, zone: 'cn-hangzhou-j', health: 'healthy' }],
        raw: null,
      },
    ],
    zones: [
      { id: 'cn-hangzhou-i', servesLinks: true },
      { id: 'cn-hangzhou-j', servesLinks: true },
      { id: 'cn-hangzhou-k', servesLinks: true },
    ],
    privateDomains: [],
    serviceRoles: [{ name: 'AliyunServiceRoleForApiGatewayConnectUserVpc', exists: true }],
    retirement: [],
    whole: [
      'links',
      'networks',
      'subnets',
      'securityGroups',
      'interfaces',
      'routeTables',
      'networkAcls',
      'prefixLists',
      'peerings',
      'transitGateways',
      'virtualGateways',
      'zones',
      'privateDomains',
    ],
    gaps: [],
  };
}

function route(id: string, key: string, targetId: string): RegionSnapshot['gateways'][number]['routes'][number] {
  return {
    id,
    gatewayId: 'group-1',
    key,
    linkId: 'apigateway-hz-1',
    targetId,
    stages: ['RELEASE'],
    open: false,
    authorization: 'APP',
    raw: null,
  };
}
