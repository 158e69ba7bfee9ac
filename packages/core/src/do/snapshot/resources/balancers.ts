import { strict } from '../../forms/form.js';
import {
  listenerShape,
  type Listener,
  type ListenerAction,
  type ListenerRule,
  certificateShape,
  type Certificate,
  loadBalancerShape,
  type LoadBalancer,
  discoveryServiceShape,
  type DiscoveryService,
  type ServiceInstance,
  targetGroupShape,
  type GroupTarget,
  type TargetGroup,
} from '../../model/load-balancer.js';
import { ruleLine } from '../../words/rule-words.js';
import { part, resource } from './resource.js';
import {
  registrarShape,
  type RegisteredGroup,
  type RegisteredService,
  type Registrar,
  type WeighedAction,
} from '../../model/registrar.js';

const actionPart = part<ListenerAction>('action', ({ kind, targetGroupIds = [], weights = [], statusCode }) =>
  [
    kind,
    ...(targetGroupIds.length === 0 ? [] : [`to ${targetGroupIds.map((id) => groupText(id, weights)).join(', ')}`]),
    ...(statusCode === undefined ? [] : [statusCode]),
  ].join(' '),
);

function groupText(id: string, weights: NonNullable<ListenerAction['weights']>): string {
  const group = weights.find(({ targetGroupId }) => targetGroupId === id);
  return group === undefined ? id : `${id} (weight ${group.weight})`;
}

/** See {@link Listener}. */
export const listeners = resource(strict<Listener>()(listenerShape), {
  always: true,
  key: 'id',
  noun: 'listener',
  diffOrder: 12,
  holds: 'scope',
  parts: {
    actions: actionPart,
    rules: part<ListenerRule>('rule', ruleLine, ({ id }) => id),
  },
});

/** See {@link Certificate}. */
export const certificates = resource(strict<Certificate>()(certificateShape), {
  key: 'id',
  noun: 'certificate',
  diffOrder: 19,
  holds: 'scope',
});

/** See {@link LoadBalancer}. */
export const loadBalancers = resource(strict<LoadBalancer>()(loadBalancerShape), {
  always: true,
  key: 'id',
  noun: 'load balancer',
  diffOrder: 11,
  holds: 'scope',
});

const at = (id: string, port: number | undefined): string => (port === undefined ? id : `${id} at port ${port}`);

/** See {@link Registrar}. */
export const registrars = resource(strict<Registrar>()(registrarShape), {
  key: 'id',
  noun: 'registrar',
  unread: { one: 'what registers targets', all: 'what registers targets' },
  diffOrder: 26,
  holds: 'scope',
  parts: {
    targetGroups: part<RegisteredGroup>('target group', ({ targetGroupId, port }) => at(targetGroupId, port)),
    registries: part<RegisteredService>('discovery service', ({ serviceId, port }) => at(serviceId, port)),
    weighs: part<WeighedAction>('weighed action', ({ id, use }) => `${use} ${id}`),
  },
});

/** See {@link DiscoveryService}. */
export const services = resource(strict<DiscoveryService>()(discoveryServiceShape), {
  key: 'id',
  noun: 'discovery service',
  diffOrder: 17,
  holds: 'scope',
  parts: { instances: part<ServiceInstance>('instance', ({ id }) => id) },
});

/** See {@link TargetGroup}. */
export const targetGroups = resource(strict<TargetGroup>()(targetGroupShape), {
  key: 'id',
  noun: 'target group',
  diffOrder: 13,
  holds: 'scope',
  parts: {
    targets: part<GroupTarget>(
      'target',
      ({ id, port, health, reason }) =>
        `${id}${port === undefined ? '' : `:${port}`} ${health}${reason === undefined ? '' : ` (${reason})`}`,
      ({ id, port, zone }) => `${id}${port === undefined ? '' : `:${port}`}${zone === undefined ? '' : ` in ${zone}`}`,
    ),
  },
});
