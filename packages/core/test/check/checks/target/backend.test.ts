import { describe } from 'vitest';
import { targetCloudMap } from '../../../../src/check/checks/target/cloud-map.js';
import { targetCloudMapHealth } from '../../../../src/check/checks/target/cloud-map-health.js';
import { instanceRunning } from '../../../../src/check/checks/target/instance-running.js';
import { targetPrivateDns } from '../../../../src/check/checks/target/private-dns.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';
import { ask, SERVICE, useService } from './backends.js';

describe('target/instance-running', () => {
  checkTable(instanceRunning, [
    { why: 'running', world: () => alibabaWorld(), verdict: 'pass', evidence: ['i-1'] },
    {
      why: 'stopped',
      world: () =>
        alibabaWorld(({ the }) => Object.assign(the('instances', 'i-1'), { state: 'stopped', nativeState: 'Stopped' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders',
      evidence: ['i-1'],
      remedy: ['Start i-1'],
    },
    {
      why: 'released',
      world: () => alibabaWorld(({ remove }) => remove('instances', 'i-1')),
      verdict: 'fail',
      says: ['instance i-1 does not exist'],
      remedy: ['postern apply'],
    },
    {
      why: 'could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('instances', 'ecs:DescribeInstances')),
      verdict: 'unknown',
      evidence: ['ecs:DescribeInstances'],
    },
  ]);
});

/** An instance that can be called, and an old one without a port. */
const BLUE_AND_OLD = [
  {
    id: 'task-1',
    address: '10.0.11.20',
    port: 8080,
    attributes: { AWS_INSTANCE_IPV4: '10.0.11.20', AWS_INSTANCE_PORT: '8080', stage: 'blue' },
  },
  { id: 'task-2', address: '10.0.12.20', attributes: { AWS_INSTANCE_IPV4: '10.0.12.20', stage: 'old' } },
];

describe('target/cloud-map', () => {
  const instances = (to: object[] | undefined) => (world: World) => {
    useService(world);
    Object.assign(world.the('services', SERVICE), { instances: to });
  };
  checkTable(targetCloudMap, [
    { why: 'addresses and ports', world: () => awsWorld(useService), verdict: 'pass', evidence: ['task-1', 'task-2'] },
    {
      why: 'registered with A records',
      world: () => awsWorld(instances([{ id: 'task-1', address: '10.0.11.20' }])),
      verdict: 'fail',
      severity: 'error',
      evidence: ['task-1'],
      remedy: ['AWS_INSTANCE_PORT', 'SRV'],
    },
    { why: 'no instance', world: () => awsWorld(instances([])), verdict: 'fail', says: ['500'] },
    {
      why: 'the target does not select the instance without a port',
      world: () => awsWorld((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue'))),
      verdict: 'pass',
      evidence: ['task-1'],
    },
    {
      why: 'the target selects the instance without a port',
      world: () => awsWorld((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=old'))),
      verdict: 'fail',
      evidence: ['task-2'],
    },
    {
      why: 'no instance has the attribute of the target',
      world: () => awsWorld((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=green'))),
      verdict: 'fail',
      says: ['stage=green', '500'],
      remedy: ['stage=green'],
    },
    {
      why: 'no instance has all attributes of the target',
      world: () => awsWorld((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue&AWS_INSTANCE_PORT=1'))),
      verdict: 'fail',
    },
    {
      why: 'attributes were not read',
      world: () => awsWorld((world) => (useService(world), ask(world, 'stage=blue'))),
      verdict: 'unknown',
      remedy: ['attributes'],
    },
    {
      why: 'the instance without a port is unhealthy',
      world: () => awsWorld(instances(BLUE_AND_OLD.map((one, at) => ({ ...one, healthy: at === 0 })))),
      verdict: 'pass',
    },
    {
      why: 'instances were not read',
      world: () => awsWorld(instances(undefined)),
      verdict: 'unknown',
      evidence: ['servicediscovery:ListInstances'],
    },
    {
      why: 'services could not be read',
      world: () =>
        awsWorld((world) => {
          useService(world);
          world.withhold('services', 'servicediscovery:GetService');
        }),
      verdict: 'unknown',
      evidence: ['servicediscovery:GetService'],
    },
    {
      why: 'the service does not exist',
      world: () => awsWorld((world) => (useService(world), world.remove('services', SERVICE))),
      verdict: 'fail',
    },
    { why: 'a load balancer', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('target/cloud-map-health', () => {
  const health = (changes: object, healthy?: boolean) => (world: World) => {
    useService(world);
    const service = world.the('services', SERVICE);
    for (const one of service.instances ?? []) Object.assign(one, { healthy });
    Object.assign(service, changes);
  };
  checkTable(targetCloudMapHealth, [
    { why: 'healthy', world: () => awsWorld(useService), verdict: 'pass' },
    {
      why: 'no health check',
      world: () => awsWorld(health({ healthCheck: 'none' })),
      verdict: 'fail',
      severity: 'warning',
      evidence: [SERVICE],
      remedy: ['health check'],
    },
    {
      why: 'all unhealthy',
      world: () => awsWorld(health({}, false)),
      verdict: 'fail',
      severity: 'error',
      evidence: ['task-1'],
    },
    { why: 'instances were not read', world: () => awsWorld(health({ instances: undefined })), verdict: 'unknown' },
    { why: 'health not reported', world: () => awsWorld(health({}, undefined)), verdict: 'unknown' },
  ]);
});

describe('target/private-dns', () => {
  const domain = (addresses: string[]) => (world: World) => {
    world.region.privateDomains = [{ name: 'orders.shop.internal', addresses, linkIds: ['apigateway-hz-1'] }];
  };
  checkTable(targetPrivateDns, [
    { why: 'inside', world: () => alibabaWorld(domain(['10.0.20.5'])), verdict: 'pass' },
    { why: 'no names', world: () => alibabaWorld(), verdict: 'nothing' },
    {
      why: 'outside',
      world: () => alibabaWorld(domain(['10.0.20.5', '10.9.0.1'])),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, orders.shop.internal',
      says: ['10.9.0.1'],
      evidence: ['orders.shop.internal', '10.0.20.0/24'],
      remedy: ['10.9.0.1/32', 'postern apply'],
    },
    {
      why: 'names could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('privateDomains', 'apigateway:ListPrivateDNS')),
      verdict: 'unknown',
      evidence: ['apigateway:ListPrivateDNS'],
    },
    {
      why: 'the accessible blocks could not be read',
      world: () =>
        alibabaWorld((world) => {
          domain(['10.0.20.5'])(world);
          world.withhold('allowlists', 'apigateway:DescribeInstances');
        }),
      verdict: 'unknown',
    },
  ]);
});
