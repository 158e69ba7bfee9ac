import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';

export const VPC = 'vpc-1';
export const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2';
export const BALANCER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders-alb/50dc6c495c0c9188';
export const GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/73e2d6bc24d8a067';
export const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/orders';

/** An access log that shows the error of the integration. */
export const ACCESS_LOG = {
  destination: 'arn:aws:logs:eu-west-1:111122223333:log-group:calls',
  format: '$context.requestId $context.status $context.integrationErrorMessage',
};

/**
 * A VPC with three zones. The link is in `subnet-a` and `subnet-b`, the ALB in `subnet-lb-a` and `subnet-lb-b`, its two
 * instances beside it; `subnet-c` is spare.
 */
export function awsRegion(): RegionSnapshot {
  const subnet = (id: string, cidrBlock: string, zone: string) => ({
    id,
    networkId: VPC,
    cidrBlock,
    ipv6CidrBlocks: [],
    zone,
    freeAddresses: 240,
    routeTableId: 'rtb-1',
    networkAclId: 'acl-1',
    account: '111122223333',
    tags: {},
    raw: null,
  });
  const group = (id: string, rules: RegionSnapshot['securityGroups'][number]['rules']) => ({
    id,
    name: id,
    networkId: VPC,
    rules,
    account: '111122223333',
    tags: {},
    raw: null,
  });
  const port = (
    id: string,
    subnetId: string,
    address: string,
    securityGroupId: string,
    more: { linkId?: string; attachedTo?: string },
  ) => ({
    id,
    networkId: VPC,
    subnetId,
    addresses: [address],
    prefixes: [],
    securityGroupIds: [securityGroupId],
    sourceDestinationCheck: true,
    account: '111122223333',
    raw: null,
    ...more,
  });
  return {
    provider: 'aws',
    region: 'eu-west-1',
    account: '111122223333',
    links: [
      {
        id: 'vlink-1',
        name: 'eu',
        kind: 'vpc-link-v2',
        state: 'ready',
        nativeState: 'AVAILABLE',
        reason: 'VPC link is ready to route traffic',
        networkId: VPC,
        subnetIds: ['subnet-a', 'subnet-b'],
        securityGroupIds: ['sg-link'],
        tags: {},
        createdAt: '2026-05-01T00:00:00.000Z',
        raw: null,
      },
    ],
    gateways: [
      {
        id: 'api-1',
        name: 'orders-api',
        kind: 'http-api',
        stages: [{ name: '$default', autoDeploy: true, accessLog: ACCESS_LOG, throttle: {}, throttles: [] }],
        routes: [
          {
            id: 'route-1',
            gatewayId: 'api-1',
            key: 'ANY /orders',
            linkId: 'vlink-1',
            targetId: LISTENER,
            tls: { serverName: 'orders.internal' },
            open: false,
            authorization: 'JWT',
            integrationId: 'integration-1',
            raw: null,
          },
        ],
        integrations: [{ id: 'integration-1', linkId: 'vlink-1', targetId: LISTENER }],
        tags: {},
        raw: null,
      },
    ],
    targets: [
      {
        kind: 'listener',
        id: LISTENER,
        name: 'orders-alb',
        networkId: VPC,
        resourceId: BALANCER,
        resourceType: 'application',
        port: 443,
        protocol: 'HTTPS',
        subnetIds: ['subnet-lb-a', 'subnet-lb-b'],
        securityGroupIds: ['sg-lb'],
        raw: null,
      },
    ],
    allowlists: [{ linkId: 'vlink-1', owned: false, entries: [], wider: [] }],
    egress: [
      {
        linkId: 'vlink-1',
        addresses: ['10.0.1.10', '10.0.2.10'],
        prefixes: ['10.0.1.0/24', '10.0.2.0/24'],
        securityGroupIds: ['sg-link'],
        stability: 'momentary',
        seenBy: [],
      },
    ],
    networks: [
      {
        id: VPC,
        name: 'shop',
        cidrBlocks: ['10.0.0.0/16'],
        ipv6CidrBlocks: [],
        encryption: 'none',
        account: '111122223333',
        tags: {},
        raw: null,
      },
    ],
    subnets: [
      subnet('subnet-a', '10.0.1.0/24', 'euw1-az1'),
      subnet('subnet-b', '10.0.2.0/24', 'euw1-az2'),
      subnet('subnet-c', '10.0.3.0/24', 'euw1-az3'),
      subnet('subnet-lb-a', '10.0.11.0/24', 'euw1-az1'),
      subnet('subnet-lb-b', '10.0.12.0/24', 'euw1-az2'),
    ],
    securityGroups: [
      group('sg-link', [
        {
          id: 'sgr-link-out',
          direction: 'out',
          protocol: 'tcp',
          fromPort: 443,
          toPort: 443,
          securityGroupId: 'sg-lb',
        },
      ]),
      group('sg-lb', [
        { id: 'sgr-lb-in', direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, securityGroupId: 'sg-link' },
        {
          id: 'sgr-lb-out',
          direction: 'out',
          protocol: 'tcp',
          fromPort: 8080,
          toPort: 8080,
          securityGroupId: 'sg-app',
        },
      ]),
      group('sg-app', [
        { id: 'sgr-app-in', direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, securityGroupId: 'sg-lb' },
      ]),
    ],
    loadBalancers: [
      {
        id: BALANCER,
        name: 'orders-alb',
        kind: 'application',
        networkId: VPC,
        scheme: 'internal',
        state: 'active',
        active: true,
        subnetIds: ['subnet-lb-a', 'subnet-lb-b'],
        securityGroupIds: ['sg-lb'],
        zones: ['euw1-az1', 'euw1-az2'],
        dualStack: false,
        crossZone: true,
        account: '111122223333',
        raw: null,
      },
    ],
    listeners: [
      {
        id: LISTENER,
        loadBalancerId: BALANCER,
        port: 443,
        protocol: 'HTTPS',
        actions: [{ kind: 'forward', targetGroupIds: [GROUP] }],
        rules: [],
        certificateIds: [CERTIFICATE],
        clientCertificates: 'none',
        raw: null,
      },
    ],
    interfaces: [
      port('eni-link-a', 'subnet-a', '10.0.1.10', 'sg-link', { linkId: 'vlink-1' }),
      port('eni-link-b', 'subnet-b', '10.0.2.10', 'sg-link', { linkId: 'vlink-1' }),
      port('eni-lb-a', 'subnet-lb-a', '10.0.11.5', 'sg-lb', { attachedTo: BALANCER }),
      port('eni-lb-b', 'subnet-lb-b', '10.0.12.5', 'sg-lb', { attachedTo: BALANCER }),
      port('eni-app-a', 'subnet-lb-a', '10.0.11.20', 'sg-app', { attachedTo: 'i-1' }),
      port('eni-app-b', 'subnet-lb-b', '10.0.12.20', 'sg-app', { attachedTo: 'i-2' }),
    ],
    routeTables: [
      {
        id: 'rtb-1',
        networkId: VPC,
        main: true,
        routes: [{ cidrBlock: '10.0.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' }],
        raw: null,
      },
    ],
    networkAcls: [
      {
        id: 'acl-1',
        networkId: VPC,
        entries: (['in', 'out'] as const).map((direction) => ({
          direction,
          order: 100,
          action: 'allow',
          protocol: 'all',
          fromPort: 0,
          toPort: 65_535,
          cidrBlock: '0.0.0.0/0',
        })),
        raw: null,
      },
    ],
    prefixLists: [],
    peerings: [],
    transitGateways: [],
    virtualGateways: [],
    endpoints: [],
    endpointServices: [],
    targetGroups: [
      {
        id: GROUP,
        name: 'orders',
        kind: 'instance',
        protocol: 'HTTP',
        port: 8080,
        networkId: VPC,
        loadBalancerIds: [BALANCER],
        crossZone: true,
        preservesClientAddress: false,
        minimumHealthy: { count: 1 },
        deregistrationDelayMs: 300_000,
        closesAfterDelay: true,
        // Off, so that health proves no way; `path/evidence.test.ts` turns it on.
        healthCheck: { enabled: false, protocol: 'HTTP' },
        targets: [
          { id: 'i-1', port: 8080, zone: 'euw1-az1', health: 'healthy' },
          { id: 'i-2', port: 8080, zone: 'euw1-az2', health: 'healthy' },
        ],
        raw: null,
      },
    ],
    certificates: [
      {
        id: CERTIFICATE,
        names: ['orders.internal'],
        notAfter: '2027-05-01T00:00:00.000Z',
        valid: true,
        nativeState: 'ISSUED',
        issuer: 'public',
        raw: null,
      },
    ],
    customDomains: [
      {
        id: 'orders.internal',
        mappings: [{ path: '', gatewayId: 'api-1' }],
        hasRules: false,
        endpoint: 'regional',
        certificateIds: [CERTIFICATE],
        nativeState: 'AVAILABLE',
        usable: true,
        tlsPolicy: 'TLS_1_2',
        mutualTls: false,
        raw: null,
      },
    ],
    services: [],
    registrars: [],
    zones: [
      { id: 'euw1-az1', name: 'eu-west-1a', servesLinks: true },
      { id: 'euw1-az2', name: 'eu-west-1b', servesLinks: true },
      { id: 'euw1-az3', name: 'eu-west-1c', servesLinks: true },
    ],
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
    ],
    gaps: [],
    quotas: { 'vpc-links': 10 },
  };
}
