import type { RunEvent } from '../../src/apply/events.js';
import type { Plan } from '../../src/plan/plan.js';
import type { RegionSnapshot, Snapshot } from '../../src/snapshot/snapshot.js';

const at = '2026-06-01T00:00:00.000Z';
const owner = { project: 'shop', integration: 'orders', name: 'backend', specHash: '0123456789abcdef' };
const raw = { VpcLinkId: 'abc123', nested: [{ deep: null }] };
const account = '111122223333';
const tags = { team: 'payments', 'postern:project': 'shop' };

/** A region with every member that there is. */
export const FULL_REGION: RegionSnapshot = {
  provider: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  links: [
    {
      id: 'abc123',
      state: 'ready',
      nativeState: 'AVAILABLE',
      reason: 'because',
      name: 'orders',
      kind: 'vpc-link-v2',
      networkId: 'vpc-1',
      subnetIds: ['subnet-a'],
      securityGroupIds: ['sg-1'],
      tags,
      createdAt: at,
      native: { instanceCidr: '172.16.0.0/16' },
      settings: {
        httpsPolicy: 'HTTPS2_TLS1_2',
        requestsPerSecond: 500,
        ipv6: true,
        egressIpv6: false,
        clientNetworkId: 'vpc-9',
        networkDomain: true,
        intranetDomain: false,
        selfCallDomain: true,
        spec: 'api.s1.small',
        switchPending: false,
      },
      owner,
      raw,
    },
  ],
  gateways: [
    {
      id: 'a1b2c3',
      name: 'shop',
      kind: 'http-api',
      stages: [{ name: '$default', autoDeploy: false, deploymentId: 'd1', deployed: 'postern:shop/0123' }],
      routes: [
        {
          id: 'r1',
          gatewayId: 'a1b2c3',
          key: 'ANY /orders/{proxy+}',
          linkId: 'abc123',
          targetId: 'arn:aws:x',
          tls: { serverName: 'orders.internal' },
          path: 'overwrite',
          integrationId: 'i1',
          stages: ['RELEASE'],
          publishedOn: ['PRE', 'RELEASE'],
          open: true,
          authorization: 'NONE',
          owner,
          raw,
        },
      ],
      integrations: [{ id: 'i1', linkId: 'abc123', targetId: 'arn:aws:x', owner }],
      tags,
      linkId: 'abc123',
      locked: 'an overdue bill',
      uses: [
        {
          kind: 'plugin',
          id: 'p-1',
          name: 'routing',
          routeIds: ['r1'],
          stage: 'RELEASE',
          pluginType: 'routing',
          targetId: 'arn:aws:x',
          host: 'orders.internal',
          port: 8080,
          scheme: 'https',
          registry: 'nacos.internal:8848',
          unreadable: 'neither YAML nor JSON',
        },
      ],
      settings: {
        httpsPolicy: 'HTTPS2_TLS1_2',
        requestsPerSecond: 500,
        ipv6: false,
        domains: [{ name: 'api.example.com', kind: 'custom', byCname: true }],
        migration: { state: 'DONE', running: false, error: 'none' },
        marketplace: false,
      },
      raw,
    },
  ],
  targets: [
    {
      kind: 'listener',
      id: 'arn:aws:x',
      name: 'orders',
      networkId: 'vpc-1',
      resourceId: 'arn:aws:lb',
      resourceType: 'application',
      port: 443,
      protocol: 'HTTPS',
      subnetIds: ['subnet-a'],
      securityGroupIds: ['sg-1'],
      owner,
      raw,
    },
  ],
  allowlists: [
    {
      linkId: 'abc123',
      owned: true,
      securityGroupId: 'sg-2',
      entries: [{ cidrBlock: '10.0.0.0/8', protocol: 'tcp', fromPort: 443, toPort: 443, ruleId: 'sgr-1', fixed: true }],
      wider: ['sg-1 allows everything'],
    },
  ],
  egress: [
    {
      linkId: 'abc123',
      addresses: ['10.0.0.4'],
      prefixes: ['10.0.0.0/24'],
      securityGroupIds: ['sg-1'],
      stability: 'momentary',
      confidence: 'candidate',
      prefixNotes: { '10.0.0.0/24': 'new' },
      seenBy: [{ target: 'arn:aws:x', source: 'link', because: 'an application load balancer sees the link' }],
    },
  ],
  networks: [
    { id: 'vpc-1', name: 'main', cidrBlocks: ['10.0.0.0/16'], ipv6CidrBlocks: ['2001:db8::/56'], account, tags, raw },
  ],
  subnets: [
    {
      id: 'subnet-a',
      name: 'a',
      networkId: 'vpc-1',
      cidrBlock: '10.0.0.0/24',
      ipv6CidrBlocks: ['2001:db8::/64'],
      zone: 'euw1-az1',
      freeAddresses: 250,
      routeTableId: 'rtb-1',
      networkAclId: null,
      account,
      tags,
      raw,
    },
  ],
  securityGroups: [
    {
      id: 'sg-1',
      name: 'default',
      networkId: 'vpc-1',
      rules: [
        {
          id: 'sgr-1',
          direction: 'out',
          protocol: '-1',
          fromPort: -1,
          toPort: -1,
          cidrBlock: '0.0.0.0/0',
          prefixListId: 'pl-1',
          securityGroupId: 'sg-2',
          peerAccount: '444455556666',
          portListId: 'ptl-1',
          narrowed: { ownCidrBlock: '10.0.20.5/32', sourcePorts: '1024/65535' },
          action: 'drop',
          priority: 1,
          description: 'all',
        },
      ],
      kind: 'basic',
      implicit: { in: 'deny', out: 'allow' },
      intraGroup: 'allow',
      account,
      tags,
      raw,
    },
  ],
  loadBalancers: [
    {
      id: 'arn:aws:lb',
      name: 'orders-alb',
      kind: 'application',
      networkId: 'vpc-1',
      scheme: 'internal',
      state: 'active',
      active: true,
      subnetIds: ['subnet-a'],
      securityGroupIds: ['sg-1'],
      addresses: ['10.0.0.5'],
      zones: ['euw1-az1'],
      crossZone: true,
      privateLinkEnforced: false,
      behindNetworkAcl: true,
      account,
      raw,
    },
  ],
  listeners: [
    {
      id: 'arn:aws:x',
      loadBalancerId: 'arn:aws:lb',
      port: 443,
      protocol: 'HTTPS',
      state: 'running',
      actions: [
        {
          kind: 'forward',
          targetGroupIds: ['tg-1'],
          weights: [{ targetGroupId: 'tg-1', weight: 10 }],
          statusCode: '301',
        },
      ],
      rules: [
        {
          id: 'arn:aws:rule',
          priority: 10,
          conditions: [{ kind: 'path', values: ['/orders*'] }, { kind: 'header' }],
          actions: [
            {
              kind: 'fixed-response',
              targetGroupIds: ['tg-1'],
              weights: [{ targetGroupId: 'tg-1', weight: 10 }],
              statusCode: '503',
            },
          ],
        },
      ],
      ruleActions: [
        {
          kind: 'redirect',
          targetGroupIds: ['tg-1'],
          weights: [{ targetGroupId: 'tg-1', weight: 10 }],
          statusCode: '302',
        },
      ],
      certificateIds: ['arn:aws:cert'],
      accessControl: { kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.0.0/8'] },
      raw,
    },
  ],
  interfaces: [
    {
      id: 'eni-1',
      networkId: 'vpc-1',
      subnetId: 'subnet-a',
      addresses: ['10.0.0.4'],
      prefixes: ['10.0.0.16/28'],
      securityGroupIds: ['sg-1'],
      linkId: 'abc123',
      attachedTo: 'arn:aws:lb',
      primary: true,
      sourceDestinationCheck: true,
      account,
      raw,
    },
  ],
  routeTables: [
    {
      id: 'rtb-1',
      networkId: 'vpc-1',
      main: true,
      routes: [
        {
          cidrBlock: '10.0.0.0/16',
          nextHop: { kind: 'local', id: 'local', native: 'RouterInterface' },
          state: 'active',
          origin: 'local',
        },
        { prefixListId: 'pl-1', nextHop: { kind: 'endpoint' }, state: 'unknown', origin: 'static' },
      ],
      raw,
    },
  ],
  networkAcls: [
    {
      id: 'acl-1',
      networkId: 'vpc-1',
      entries: [
        {
          direction: 'in',
          order: 100,
          action: 'allow',
          protocol: 'all',
          fromPort: -1,
          toPort: -1,
          cidrBlock: '0.0.0.0/0',
          id: 'nae-1',
        },
      ],
      exempt: ['100.64.0.0/10'],
      raw,
    },
  ],
  prefixLists: [{ id: 'pl-1', name: 'office', cidrBlocks: ['10.9.0.0/16'], maxEntries: 10, account, raw }],
  peerings: [
    {
      id: 'pcx-1',
      state: 'active',
      nativeState: 'active',
      sides: [
        { networkId: 'vpc-1', account, region: 'eu-west-1', cidrBlocks: ['10.0.0.0/16'] },
        { networkId: 'vpc-2' },
      ],
      raw,
    },
  ],
  transitGateways: [
    {
      id: 'tgw-1',
      state: 'available',
      nativeState: 'available',
      account,
      securityGroupReferences: false,
      attachments: [
        {
          id: 'tgw-attach-1',
          kind: 'network',
          resourceId: 'vpc-1',
          account,
          subnetIds: ['subnet-a'],
          state: 'available',
          nativeState: 'available',
          routeTableId: 'tgw-rtb-1',
          securityGroupReferences: true,
        },
      ],
      routeTables: [
        {
          id: 'tgw-rtb-1',
          routes: [
            { cidrBlock: '10.0.0.0/16', attachmentIds: ['tgw-attach-1'], state: 'active', origin: 'propagated' },
          ],
        },
      ],
      raw,
    },
  ],
  virtualGateways: [
    {
      id: 'vgw-1',
      state: 'available',
      nativeState: 'available',
      networkIds: ['vpc-1'],
      connections: [
        { id: 'vpn-1', kind: 'vpn', state: 'up', nativeState: 'UP', cidrBlocks: ['192.168.0.0/16'], via: 'cgw-1' },
      ],
      raw,
    },
  ],
  instances: [
    {
      id: 'i-1',
      name: 'orders',
      networkId: 'vpc-1',
      subnetId: 'subnet-a',
      zone: 'euw1-az1',
      addresses: ['10.0.0.9'],
      securityGroupIds: ['sg-1'],
      state: 'running',
      nativeState: 'Running',
      raw,
    },
  ],
  targetGroups: [
    {
      id: 'tg-1',
      name: 'orders',
      kind: 'address',
      protocol: 'HTTPS',
      protocolVersion: 'HTTP1',
      port: 8443,
      networkId: 'vpc-1',
      loadBalancerIds: ['arn:aws:lb'],
      crossZone: false,
      preservesClientAddress: false,
      healthCheck: { enabled: true, protocol: 'HTTP', port: 8080 },
      targets: [{ id: '10.0.0.9', port: 8443, zone: 'euw1-az1', health: 'unhealthy', reason: 'Target.Timeout' }],
      raw,
    },
  ],
  certificates: [
    {
      id: 'arn:aws:cert',
      names: ['orders.internal'],
      notAfter: '2027-01-01T00:00:00Z',
      valid: true,
      nativeState: 'ISSUED',
      raw,
    },
  ],
  services: [
    {
      id: 'arn:aws:servicediscovery',
      name: 'orders',
      networkId: 'vpc-1',
      healthCheck: 'custom',
      instances: [
        {
          id: 'i',
          address: '10.0.0.9',
          ipv6Address: '2001:db8::9',
          port: 8080,
          attributes: { AWS_INSTANCE_IPV4: '10.0.0.9', stage: 'blue' },
          healthy: true,
        },
      ],
      raw,
    },
  ],
  zones: [{ id: 'euw1-az1', name: 'eu-west-1a', servesLinks: true }],
  privateDomains: [{ name: 'orders.internal', addresses: ['10.0.0.9'], linkIds: ['abc123'] }],
  serviceRoles: [{ name: 'AliyunServiceRoleForApiGateway', exists: true }],
  retirement: [
    { at: '2027-09-21T00:00:00+08:00', what: 'the service ends', ends: 'service', source: 'https://example.com' },
  ],
  whole: ['links', 'subnets'],
  gaps: [
    {
      what: 'listeners',
      operation: 'DescribeListeners',
      code: 'PERMISSION_DENIED',
      permission: 'elasticloadbalancing:DescribeListeners',
      of: 'listeners',
      id: 'x',
    },
  ],
  quotas: { 'vpc-links': 10 },
  refusals: [{ subject: '{}', code: 'ZONE_NOT_SERVED', message: 'no', remedy: 'use another', details: { zone: 'z' } }],
  native: { plugins: [{ id: 'p-1' }] },
  traits: {
    linksCostMoney: false,
    targetsAreResources: false,
    allowlistNeedsCreation: true,
    allowlistHasPorts: true,
    routesNeedDeployment: true,
  },
  prices: [{ link: 'eu', summary: 'nothing', terms: ['none'] }],
  access: [{ account: '111122223333', profile: 'p', assumeRole: 'r' }],
};

export const FULL_SNAPSHOT: Snapshot = {
  version: 2,
  takenAt: at,
  scope: 'all',
  redacted: true,
  regions: [FULL_REGION],
};

export const FULL_PLAN: Plan = {
  version: 1,
  project: 'shop',
  goal: 'apply',
  takenAt: at,
  fingerprint: '0123456789abcdef',
  options: { all: true, prune: false, replaceFailed: true },
  units: [
    {
      id: 'link:eu',
      provider: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      dependsOn: ['link:cn'],
      steps: [
        {
          id: 'create link eu',
          kind: 'create',
          resource: { type: 'link', name: 'eu', id: 'abc123' },
          reason: 'It does not exist.',
          changes: [{ field: 'name', from: 'a', to: null }],
          warning: 'Nobody sells it any more.',
          input: { subnetIds: ['subnet-a'], nested: { a: [1, true, null] } },
        },
      ],
    },
  ],
  notes: ['foreign route ANY /x'],
  unchanged: 3,
};

const ofStep = { at, unit: 'integration:orders', integration: 'orders', step: 'create route ANY /orders' };
export const EVENTS: readonly RunEvent[] = [
  { type: 'run.started', at, project: 'shop', goal: 'apply', steps: 3, unchanged: 0 },
  { type: 'step.started', ...ofStep, kind: 'create', resource: { type: 'route', name: 'ANY /orders' } },
  { type: 'step.progress', ...ofStep, message: 'half' },
  { type: 'step.waiting', ...ofStep, message: 'pending', state: 'PENDING', elapsedMs: 1_000.5 },
  { type: 'step.retried', ...ofStep, message: 'again', attempt: 2 },
  { type: 'step.done', ...ofStep, result: { id: 'r1' }, durationMs: 12 },
  {
    type: 'step.failed',
    ...ofStep,
    error: { code: 'CONFLICT', message: 'm', remedy: 'r', operation: 'CreateRoute', requestId: 'q' },
  },
  { type: 'run.done', at, applied: 1, unchanged: 0, failed: 1, skipped: 1, integrations: { orders: 'failed' } },
];
