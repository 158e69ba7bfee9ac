import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, ask } from './backends.js';
import { type World, aws } from '../world.js';

const targetCloudMap = named('target/cloud-map');

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
    { why: 'addresses and ports', world: aws(useService), verdict: 'pass', evidence: ['task-1', 'task-2'] },
    {
      why: 'registered with A records',
      world: aws(instances([{ id: 'task-1', address: '10.0.11.20' }])),
      verdict: 'fail',
      code: 'INSTANCES_INCOMPLETE',
      severity: 'error',
      evidence: ['task-1'],
    },
    { why: 'no instance', world: aws(instances([])), verdict: 'fail', code: 'NO_INSTANCE' },
    {
      why: 'no instance, because the service that registers instances wants none',
      world: aws((world) => {
        instances([])(world);
        const registries = [{ serviceId: SERVICE, port: 8080 }];
        const shop = { id: 'arn:ecs', name: 'shop', targetGroups: [], registries, desired: 0, raw: null };
        world.region.registrars = [{ kind: 'service', ...shop }];
      }),
      verdict: 'fail',
      says: ['shop registers them, and its desired count is 0'],
      remedy: ['Set the desired count of shop above 0'],
    },
    {
      why: 'no instance, and the service that registers instances starts tasks',
      world: aws((world) => {
        instances([])(world);
        const registries = [{ serviceId: SERVICE, port: 8080 }];
        const shop = { id: 'arn:ecs', name: 'shop', targetGroups: [], registries, desired: 1, running: 0, raw: null };
        world.region.registrars = [{ kind: 'service', ...shop }];
      }),
      verdict: 'unknown',
      says: ['whether the tasks that shop is starting answer'],
    },
    {
      why: 'the target does not select the instance without a port',
      world: aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue'))),
      verdict: 'pass',
      evidence: ['task-1'],
    },
    {
      why: 'the target selects the instance without a port',
      world: aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=old'))),
      verdict: 'fail',
      code: 'INSTANCES_INCOMPLETE',
      evidence: ['task-2'],
    },
    {
      why: 'no instance has the attribute of the target',
      world: aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=green'))),
      verdict: 'fail',
      code: 'NONE_ASKED_FOR',
      says: ['stage=green'],
      remedy: ['stage=green'],
    },
    {
      why: 'no instance has all attributes of the target',
      world: aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue&AWS_INSTANCE_PORT=1'))),
      verdict: 'fail',
      code: 'NONE_ASKED_FOR',
    },
    {
      why: 'attributes were not read',
      world: aws((world) => (useService(world), ask(world, 'stage=blue'))),
      verdict: 'unknown',
      remedy: ['attributes'],
    },
    {
      why: 'the instance without a port is unhealthy',
      world: aws(instances(BLUE_AND_OLD.map((one, at) => ({ ...one, healthy: at === 0 })))),
      verdict: 'pass',
    },
    {
      why: 'instances were not read',
      world: aws(instances(undefined)),
      verdict: 'unknown',
      code: 'INSTANCES_NOT_READ',
      evidence: ['servicediscovery:ListInstances'],
    },
    {
      why: 'services could not be read',
      world: aws((world) => {
        useService(world);
        world.withhold('services', 'servicediscovery:GetService');
      }),
      verdict: 'unknown',
      code: 'SERVICE_NOT_READ',
      evidence: ['servicediscovery:GetService'],
    },
    {
      why: 'the service does not exist',
      world: aws((world) => (useService(world), world.remove('services', SERVICE))),
      verdict: 'fail',
      code: 'SERVICE_ABSENT',
    },
    { why: 'a load balancer', world: aws(), verdict: 'nothing' },
  ]);
});
