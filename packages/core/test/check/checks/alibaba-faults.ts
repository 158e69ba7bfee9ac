import { aclOf, behindAcl, groupLike, ownRoutes, VIA, type Fault } from './faults.js';

/** Faults of the Alibaba Cloud world. */
export const ALIBABA_FAULTS: readonly Fault[] = [
  ['nothing', () => undefined],
  ['group members isolated', ({ the }) => void (the('securityGroups', 'sg-link').intraGroup = 'deny')],
  [
    'another group drops calls',
    (world) => {
      groupLike(world, 'sg-2', 'sg-link', {
        intraGroup: 'deny',
        rules: [
          {
            direction: 'out',
            protocol: 'ALL',
            fromPort: -1,
            toPort: -1,
            cidrBlock: '10.0.20.0/24',
            action: 'drop',
            priority: 1,
          },
        ],
      });
      Object.assign(world.the('securityGroups', 'sg-link'), { intraGroup: 'deny', rules: [] });
      world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-2', 'sg-link'];
      for (const id of ['eni-link-j', 'eni-link-k']) world.the('interfaces', id).securityGroupIds = ['sg-2', 'sg-link'];
    },
  ],
  [
    "the backend's group drops calls",
    (world) => {
      groupLike(world, 'sg-app', 'sg-link', {
        intraGroup: 'deny',
        rules: [
          {
            direction: 'in',
            protocol: 'tcp',
            fromPort: -1,
            toPort: -1,
            cidrBlock: '10.0.1.0/24',
            action: 'drop',
            priority: 1,
          },
          {
            direction: 'in',
            protocol: 'tcp',
            fromPort: 1,
            toPort: 65_535,
            cidrBlock: '0.0.0.0/0',
            action: 'allow',
            priority: 1,
          },
        ],
      });
      world.the('interfaces', 'eni-app').securityGroupIds = ['sg-app'];
      world.the('instances', 'i-1').securityGroupIds = ['sg-app'];
    },
  ],
  [
    'two groups at the backend, one of which drops calls',
    (world) => {
      const rule = { direction: 'in', protocol: 'tcp', fromPort: 1, toPort: 65_535, cidrBlock: '0.0.0.0/0' } as const;
      groupLike(world, 'sg-yes', 'sg-link', {
        intraGroup: 'deny',
        rules: [{ ...rule, action: 'allow', priority: 50 }],
      });
      groupLike(world, 'sg-no', 'sg-link', {
        intraGroup: 'deny',
        rules: [{ ...rule, cidrBlock: '10.0.2.0/24', action: 'drop', priority: 1 }],
      });
      world.the('interfaces', 'eni-app').securityGroupIds = ['sg-yes', 'sg-no'];
      world.the('instances', 'i-1').securityGroupIds = ['sg-yes', 'sg-no'];
    },
  ],
  [
    'ACL on the subnet of the backend',
    (world) => behindAcl(world, 'vsw-app', aclOf('nacl-1', [{ direction: 'out' }, { cidrBlock: '10.0.1.0/24' }])),
  ],
  [
    'ACL on one vSwitch of the link',
    (world) =>
      behindAcl(
        world,
        'vsw-k',
        aclOf('nacl-2', [{ direction: 'out' }, { protocol: 'tcp', fromPort: 40_000, toPort: 65_535 }]),
      ),
  ],
  [
    'instance stopped',
    ({ the }) => Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' }),
  ],
  [
    'instance stopped, health not checked',
    ({ the }) => {
      Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' });
      Object.assign(the('targetGroups', 'lb-1:80').targets?.[0] ?? {}, { health: 'unavailable' });
    },
  ],
  [
    'backend unhealthy',
    ({ the }) => Object.assign(the('targetGroups', 'lb-1:80').targets?.[0] ?? {}, { health: 'unhealthy' }),
  ],
  ['CLB inactive', ({ the }) => Object.assign(the('loadBalancers', 'lb-1'), { state: 'inactive', active: false })],
  ['internet-facing CLB', ({ the }) => void (the('loadBalancers', 'lb-1').scheme = 'internet-facing')],
  ['listener stopped', ({ the }) => void (the('listeners', 'lb-1/http:80').state = 'stopped')],
  [
    'access list lacks a vSwitch',
    ({ the }) => Object.assign(the('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: ['10.0.1.0/24'] }),
  ],
  [
    'access list is wider',
    ({ the }) => Object.assign(the('listeners', 'lb-1/http:80').accessControl ?? {}, { cidrBlocks: ['10.0.0.0/16'] }),
  ],
  ['no access list', ({ the }) => void delete the('listeners', 'lb-1/http:80').accessControl],
  ['block not accessible', ({ region }) => void region.allowlists[0]?.entries.splice(2, 1)],
  [
    'blocks outside of the VPC and reserved blocks',
    ({ region }) => {
      for (const cidrBlock of ['10.7.0.0/16', '100.64.1.0/24', '192.168.4.0/24', '10.0.20.0/25', '10.0.30.1/24'])
        region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
    },
  ],
  [
    'instance block overlaps a vSwitch',
    ({ the }) => void Object.assign(the('links', 'apigateway-hz-1'), { native: { instanceCidr: '10.0.2.0/24' } }),
  ],
  [
    'instance block overlaps a route',
    (world) =>
      ownRoutes(world, 'vsw-k', [
        { cidrBlock: '192.168.7.0/24', nextHop: { kind: 'express-connect', id: 'ri-1' }, ...VIA },
      ]),
  ],
  [
    'instance block overlaps a peer',
    ({ region }) =>
      void region.peerings?.push({
        id: 'pcc-1',
        state: 'active',
        nativeState: 'Activated',
        sides: [{ networkId: 'vpc-h' }, { networkId: 'vpc-x', cidrBlocks: ['192.168.0.0/24', '10.0.0.0/20'] }],
        raw: null,
      }),
  ],
  [
    'private domain name outside of the accessible blocks',
    ({ region }) =>
      void region.privateDomains?.push({
        name: 'x.internal',
        addresses: ['10.0.9.9'],
        linkIds: ['apigateway-hz-1'],
      }),
  ],
  [
    'custom domain without an ICP filing',
    ({ the }) => Object.assign(the('customDomains', 'orders.example.com'), { usable: false, nativeState: 'ABNORMAL' }),
  ],
  [
    'expired certificate of a custom domain',
    ({ the }) => void (the('customDomains', 'orders.example.com').certificateEnd = '2026-01-01T00:00:00.000Z'),
  ],
  [
    'no role',
    ({ region }) => void (region.serviceRoles = region.serviceRoles?.map((role) => ({ ...role, exists: false }))),
  ],
  ['group locked', ({ the }) => void (the('gateways', 'group-1').locked = 'overdue')],
  ['no stage', ({ the }) => void (the('gateways', 'group-1').stages = [])],
  [
    'backend in another VPC',
    ({ the }) => {
      the('instances', 'i-1').networkId = 'vpc-other';
      the('interfaces', 'eni-app').networkId = 'vpc-other';
    },
  ],
  [
    'address outside of every network',
    ({ targetSpec, region }) => {
      targetSpec.ref = { address: '10.200.0.5', port: 8080 };
      region.allowlists[0]?.entries.push({ cidrBlock: '10.200.0.0/16', protocol: 'all', fromPort: 0, toPort: 65_535 });
    },
  ],
  [
    'blocks that routes cover in part',
    (world) => {
      ownRoutes(world, 'vsw-j', [
        { cidrBlock: '10.64.0.0/12', nextHop: { kind: 'express-connect', id: 'ri-1' }, ...VIA },
        {
          cidrBlock: '10.70.0.0/16',
          nextHop: { kind: 'vpn-gateway', id: 'vpn-1' },
          state: 'blackhole',
          origin: 'static',
        },
      ]);
      for (const cidrBlock of ['10.64.0.0/12', '10.70.1.0/24', '10.71.0.0/16'])
        world.region.allowlists[0]?.entries.push({ cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535 });
    },
  ],
  [
    'a new instance with one group too many',
    (world) => {
      delete world.linkSpec.id;
      groupLike(world, 'sg-3', 'sg-link', {});
      groupLike(world, 'sg-4', 'sg-link', {});
      Object.assign(world.linkSpec, {
        subnets: ['vsw-j', 'vsw-k'],
        securityGroups: ['sg-link', 'sg-3', 'sg-4'],
        allowlist: ['10.0.20.0/24'],
        native: { instanceCidr: '172.16.0.0/12' },
      });
    },
  ],
  [
    'a conventional instance',
    ({ the, region }) => {
      Object.assign(the('links', 'apigateway-hz-1'), {
        kind: 'dedicated-instance',
        subnetIds: [],
        securityGroupIds: [],
        native: {},
      });
      Object.assign(region.egress[0] ?? {}, { prefixes: ['100.104.1.0/26'], securityGroupIds: [] });
    },
  ],
  [
    'a group for each zone',
    (world) => {
      groupLike(world, 'sg-k', 'sg-link', { intraGroup: 'deny', rules: [], implicit: { in: 'deny', out: 'deny' } });
      world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
      world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
    },
  ],
];
