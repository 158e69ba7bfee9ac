import type { RunEvent } from '../../src/apply/events.js';
import type { Plan } from '../../src/plan/plan.js';
import type { RegionSnapshot, Snapshot } from '../../src/snapshot/snapshot.js';

const at = '2026-06-01T00:00:00.000Z';
const owner = { project: 'shop', integration: 'orders', name: 'backend', specHash: '0123456789abcdef' };
const raw = { VpcLinkId: 'abc123', nested: [{ deep: null }] };
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
          owner,
          raw,
        },
      ],
      integrations: [{ id: 'i1', linkId: 'abc123', targetId: 'arn:aws:x', owner }],
      tags,
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
      entries: [{ cidrBlock: '10.0.0.0/8', protocol: 'tcp', fromPort: 443, toPort: 443, ruleId: 'sgr-1' }],
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
      seenBy: [{ target: 'arn:aws:x', source: 'link', because: 'an application load balancer sees the link' }],
    },
  ],
  networks: [{ id: 'vpc-1', name: 'main', cidrBlocks: ['10.0.0.0/16'], tags, raw }],
  subnets: [
    {
      id: 'subnet-a',
      name: 'a',
      networkId: 'vpc-1',
      cidrBlock: '10.0.0.0/24',
      zone: 'euw1-az1',
      freeAddresses: 250,
      account: '111122223333',
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
          description: 'all',
        },
      ],
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
      subnetIds: ['subnet-a'],
      securityGroupIds: ['sg-1'],
      raw,
    },
  ],
  listeners: [{ id: 'arn:aws:x', loadBalancerId: 'arn:aws:lb', port: 443, protocol: 'HTTPS', raw }],
  interfaces: [
    {
      id: 'eni-1',
      networkId: 'vpc-1',
      subnetId: 'subnet-a',
      addresses: ['10.0.0.4'],
      securityGroupIds: ['sg-1'],
      linkId: 'abc123',
      raw,
    },
  ],
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
  access: [{ account: '111122223333', profile: 'p', assumeRole: 'r' }],
};

export const FULL_SNAPSHOT: Snapshot = { version: 1, takenAt: at, scope: 'all', regions: [FULL_REGION] };

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
