import { followed, isBalancerId } from '../../../do/kinds/id-kinds.js';
import { madeOnce } from '../../../do/world/derived.js';
import type {
  DiscoveryService,
  Listener,
  ListenerAction,
  LoadBalancer,
  TargetGroup,
} from '../../../do/model/load-balancer.js';
import type { Instance } from '../../../do/model/network.js';
import type { RuleAnswer } from '../listener-rules/answers.js';
import { sharesOf } from '../listener-rules/deciding.js';
import { balancerAt } from '../sources/balancer-ends.js';
import { splitQuery } from '../../../do/model/discovered.js';
import { resourceOf } from '../../../ground/text/texts.js';
import type { Found, IntegrationView, Missing, RegionIndex, TargetView } from '../../../do/world/views.js';

export type BalancerBackend = Extract<Backend, { kind: 'balancer' }>;

/** The backend of a target, as far as its reference names it. */
export type Backend =
  | {
      readonly kind: 'balancer';
      readonly id: string;
      readonly balancer: Found<LoadBalancer>;
      readonly port: number | undefined;
      /** The listener that the target is, or the one on its port. */
      readonly listener: Found<Listener>;
    }
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly service: Found<DiscoveryService>;
      /** The target's query for instances: `stage=blue`. */
      readonly query?: string | undefined;
    }
  | { readonly kind: 'instance'; readonly id: string; readonly instance: Found<Instance>; readonly port: number }
  | { readonly kind: 'address'; readonly id: string; readonly port: number };

/** The backend of a target; undefined where the target itself was not found, which `target/exists` reports. */
export function backendOf(
  { link }: Pick<IntegrationView, 'link'>,
  { spec, target, unresolved }: TargetView,
): Backend | undefined {
  const ref = followed(spec.ref);
  const { region } = link;
  if (unresolved !== undefined) return undefined;
  if ('instance' in ref) {
    const { instance: id, port } = ref;
    return isBalancerId(region.clouds, region.region.provider, id) || region.find('loadBalancers', id).is === 'found'
      ? balancerBackend(region, target, { id, balancer: region.find('loadBalancers', id), port })
      : { kind: 'instance', id, instance: region.find('instances', id), port };
  }
  if ('address' in ref) {
    const { address, port } = ref;
    const networkId = target?.networkId ?? link.networkId;
    const balancer = networkId === undefined ? undefined : balancerAt(region, networkId, address);
    return balancer === undefined
      ? { kind: 'address', id: address, port }
      : balancerBackend(region, target, { id: balancer.id, balancer: { is: 'found', value: balancer }, port });
  }
  if (target === undefined) return undefined;
  if (target.kind === 'service') {
    // A reference may carry a query, which the service's own ARN does not.
    const [id, query] = splitQuery(target.id);
    return { kind: 'service', id, service: region.find('services', id), query };
  }

  const { resourceId } = target;
  if (resourceId === undefined) return undefined;

  const balancer = region.find('loadBalancers', resourceId);
  // Of a kind that a cloud brings: it need not be a load balancer.
  if (target.kind !== 'listener' && balancer.is === 'absent') return undefined;

  return balancerBackend(region, target, { id: resourceId, balancer, port: target.port });
}

function balancerBackend(
  region: RegionIndex,
  target: TargetView['target'],
  { id, balancer, port }: Omit<BalancerBackend, 'kind' | 'listener'>,
): BalancerBackend {
  const listener = target?.kind === 'listener' ? region.find('listeners', target.id) : listenerOn(region, id, port);
  return { kind: 'balancer', id, balancer, port, listener };
}

/** The listener of a load balancer on a port. */
export function listenerOn(region: RegionIndex, balancerId: string, port: number | undefined): Found<Listener> {
  const own = listenersOf(region, balancerId).find((one) => one.port === port);
  if (own !== undefined) return { is: 'found', value: own };

  const missing = region.missing('listeners') ?? region.missing('loadBalancers', balancerId);
  return missing === undefined ? { is: 'absent' } : { is: 'unknown', missing };
}

/**
 * What is missing where a listener was listed and its settings were not read: then an absent access control list proves nothing.
 * Undefined where they were read.
 */
export function settingsMissing(region: RegionIndex, listener: Listener): Missing | undefined {
  if (listener.actions !== undefined) return undefined;

  return region.missing('listeners', listener.id) ?? notRead(listener);
}

/** The listeners of a load balancer. */
export function listenersOf(region: RegionIndex, balancerId: string): readonly Listener[] {
  return region.group('listeners', 'load balancer', ({ loadBalancerId }) => [loadBalancerId]).get(balancerId) ?? [];
}

/**
 * The groups that a listener sends calls to, each found or not: by all its rules or by some of its answers
 * (then without those whose weight is 0). `missing` is set where the listener's actions were not read.
 */
export function groupsBehind(region: RegionIndex, listener: Listener, answers?: readonly RuleAnswer[]): GroupsBehind {
  const only = onlyGroup(listener, answers);
  if (only !== undefined) return groupAlone(region, only);

  // Answers are one list for all checks where there are no rules.
  return madeOnce(region, 'groups behind listeners', answers ?? listener, () => readGroups(region, listener, answers));
}

/** The group to which all calls are forwarded, as most listeners do. */
function onlyGroup({ actions, rules = [] }: Listener, answers: readonly RuleAnswer[] | undefined): string | undefined {
  const all = answers === undefined ? actions : answers[0]?.actions;
  const action = all?.[0];
  if (all?.length !== 1 || action?.kind !== 'forward' || action.targetGroupIds?.length !== 1) return undefined;

  const isAll = answers === undefined ? rules.length === 0 : answers.length === 1 && action.weights === undefined;
  return isAll ? action.targetGroupIds[0] : undefined;
}

function groupAlone(region: RegionIndex, id: string): GroupsBehind {
  return madeOnce(region, 'single groups', id, () => ({ groups: [{ id, found: region.find('targetGroups', id) }] }));
}

export interface GroupsBehind {
  readonly groups: readonly { readonly id: string; readonly found: Found<TargetGroup> }[];
  readonly missing?: Missing | undefined;
  /** Where no group gets any calls, for the weight of each is 0: those. */
  readonly idle?: readonly string[] | undefined;
}

function readGroups(region: RegionIndex, listener: Listener, answers: readonly RuleAnswer[] | undefined): GroupsBehind {
  const { actions, rules = [], loadBalancerId, port } = listener;
  const plain = `${loadBalancerId}:${port}`;
  if (actions === undefined) {
    // A CLB instance has no actions: its backends are a group of the listener's own.
    const own = region.find('targetGroups', plain);
    if (own.is === 'found') return { groups: [{ id: plain, found: own }] };

    return {
      groups: [],
      missing: region.missing('listeners', listener.id) ?? region.missing('targetGroups', plain) ?? notRead(listener),
    };
  }

  const ids: string[] = [];
  let forwards = false;
  const idle: string[] = [];
  const look = (some: readonly ListenerAction[]): void => {
    for (const action of some) {
      if (action?.kind !== 'forward') continue;

      forwards = true;
      const named = action.targetGroupIds ?? [];
      for (const id of named) {
        if (!ids.includes(id)) ids.push(id);
      }
    }
  };
  const lookAtShares = ({ actions: some }: RuleAnswer): void => {
    if (!some.some(({ weights }) => weights !== undefined)) {
      look(some);
      return;
    }

    const shares = sharesOf(some);
    for (const id of shares.ids) if (!ids.includes(id)) ids.push(id);
    idle.push(...shares.idle);
  };
  if (answers === undefined) {
    look(actions);
    for (const rule of rules) look(rule.actions);
  } else for (const answer of answers) lookAtShares(answer);
  if (ids.length === 0 && idle.length > 0) return { groups: [], idle };
  if (ids.length === 0 && forwards) {
    return { groups: [], missing: region.missing('listeners', listener.id) ?? notRead(listener) };
  }

  return { groups: ids.map((id) => ({ id, found: region.find('targetGroups', id) })) };
}

function notRead({ id }: Listener): Missing {
  return {
    what: `the actions of ${resourceOf(id)}`,
    remedy: 'Take the snapshot again with `postern snapshot`.',
  };
}

/**
 * Whether a load balancer of Alibaba Cloud has only a public address, which `target/intranet` reports: it is
 * not in any network.
 */
export function isPublicOnly({ kind, scheme }: LoadBalancer): boolean {
  return kind === 'classic' && scheme === 'internet-facing';
}

/** The private addresses at which a backend is called, where they are known without asking a name server. */
export function addressesOf(backend: Backend): Found<readonly string[]> {
  if (backend.kind === 'address') return { is: 'found', value: [backend.id] };
  if (backend.kind === 'instance') {
    return backend.instance.is === 'found'
      ? { is: 'found', value: backend.instance.value.addresses }
      : backend.instance;
  }
  if (backend.kind === 'balancer') {
    if (backend.balancer.is !== 'found') return backend.balancer;

    const { addresses } = backend.balancer.value;
    const what = `the addresses of ${resourceOf(backend.id)}`;
    const remedy = `Check the private addresses of ${resourceOf(backend.id)}.`;
    return addresses === undefined ? { is: 'unknown', missing: { what, remedy } } : { is: 'found', value: addresses };
  }

  const id = resourceOf(backend.id);
  return { is: 'unknown', missing: { what: `the addresses of ${id}`, remedy: `Check the instances of ${id}.` } };
}
