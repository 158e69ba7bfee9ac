import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { useService, SERVICE, ask } from './backends.js';
import { type World, aws, withhold } from '../world.js';

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

/** A service that registers the instances. */
const registeredBy = (tasks: { readonly desired: number; readonly running?: number }) => ({
  registrars: [
    {
      kind: 'service' as const,
      id: 'arn:ecs',
      name: 'shop',
      targetGroups: [],
      registries: [{ serviceId: SERVICE, port: 8080 }],
      ...tasks,
      raw: null,
    },
  ],
});

const instances = (to: object[] | undefined) => (world: World) => {
  useService(world);
  Object.assign(world.the('services', SERVICE), { instances: to });
};
checkTable(targetCloudMap, {
  'addresses and ports': [aws(useService), 'pass INSTANCES_COMPLETE', { evidence: ['task-1', 'task-2'] }],
  'registered with A records': [
    aws(instances([{ id: 'task-1', address: '10.0.11.20' }])),
    'error INSTANCES_INCOMPLETE',
    { evidence: 'task-1' },
  ],
  'no instance': [aws(instances([])), 'error NO_INSTANCE'],
  'no instance, because the service that registers instances wants none': [
    aws(instances([]), registeredBy({ desired: 0 })),
    'error NO_INSTANCE',
    { says: 'shop registers them, and its desired count is 0', remedy: 'Set the desired count of shop above 0' },
  ],
  'no instance, and the service that registers instances starts tasks': [
    aws(instances([]), registeredBy({ desired: 1, running: 0 })),
    'unknown INSTANCES_NOT_READ',
    'whether the tasks that shop is starting answer',
  ],
  'the target does not select the instance without a port': [
    aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue'))),
    'pass INSTANCES_COMPLETE',
    { evidence: 'task-1' },
  ],
  'the target selects the instance without a port': [
    aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=old'))),
    'error INSTANCES_INCOMPLETE',
    { evidence: 'task-2' },
  ],
  'no instance has the attribute of the target': [
    aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=green'))),
    'error NONE_ASKED_FOR',
    { says: 'stage=green', remedy: 'stage=green' },
  ],
  'no instance has all attributes of the target': [
    aws((world) => (instances(BLUE_AND_OLD)(world), ask(world, 'stage=blue&AWS_INSTANCE_PORT=1'))),
    'error NONE_ASKED_FOR',
  ],
  'attributes were not read': [
    aws((world) => (useService(world), ask(world, 'stage=blue'))),
    'unknown INSTANCES_NOT_READ',
    { remedy: 'attributes' },
  ],
  'the instance without a port is unhealthy': [
    aws(instances(BLUE_AND_OLD.map((one, at) => ({ ...one, healthy: at === 0 })))),
    'pass INSTANCES_COMPLETE',
  ],
  'instances were not read': [
    aws(instances(undefined)),
    'unknown INSTANCES_NOT_READ',
    { evidence: 'servicediscovery:ListInstances' },
  ],
  'services could not be read': [
    aws(useService, withhold('services', 'servicediscovery:GetService')),
    'unknown SERVICE_NOT_READ',
    { evidence: 'servicediscovery:GetService' },
  ],
  'the service does not exist': [
    aws((world) => (useService(world), world.remove('services', SERVICE))),
    'error SERVICE_ABSENT',
  ],
  'a load balancer': [aws(), 'nothing'],
});
