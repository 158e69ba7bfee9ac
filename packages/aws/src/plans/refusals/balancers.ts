import { fail } from '@postern/core/checks';
import { ifCertain, refusals, type Asked, type Refusals, type View } from '@postern/core/overlay';
import type { LoadBalancer, TargetGroup } from '@postern/core/snapshot';
import { AWS } from '../rows/wanted.js';
import { PROTOCOLS as WORDS } from '../rows/balancers.js';
import { BALANCERS, isNull, LISTENERS, lacks, RULES, textOf } from './facts.js';

/**
 * Where load balancers stand.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html Subnets
 */
const zones: Refusals = refusals(
  BALANCERS,
  {
    ZONE_TWICE: fail(
      'two of its subnets are in {zone}: a load balancer has one subnet in a zone',
      'Name one subnet in each zone.',
    ),
    ONE_ZONE: fail(
      'its subnets are in one zone, {zone}: an application load balancer has subnets in two zones or more',
      'Name a subnet in another zone as well, or use a network load balancer.',
    ),
    SEVERAL_NETWORKS: fail('its subnets are in {networks:and}', 'Name subnets of one network.'),
    GROUP_OF_OTHER_NETWORK: fail(
      '{group} is in {other}, and its subnets are in {network}',
      'Name groups of {network}.',
    ),
  },
  function* ({ view, about, draft }, say) {
    const kind = view.text('load_balancer_type') ?? 'application';
    const mapped = view.blocks('subnet_mapping');
    const listed = view.refs('subnets', AWS.subnet);
    const ids = listed.length > 0 ? listed : mapped.map((one) => one.neededRef('subnet_id', AWS.subnet));
    const subnets = ids.flatMap((id) => draft.get('subnets', id) ?? []);
    const [zone, ...others] = subnets.map((one) => one.zone);
    if (subnets.length !== ids.length || zone === undefined) return;
    const all = [zone, ...others];
    const twice = all.find((one, at) => all.indexOf(one) < at);
    if (twice !== undefined) yield say.ZONE_TWICE(about, { zone: twice });
    else if (kind === 'application' && others.length === 0) yield say.ONE_ZONE(about, { zone });
    const networks = [...new Set(subnets.map(({ networkId }) => networkId))];
    const [network = ''] = networks;
    if (networks.length > 1) yield say.SEVERAL_NETWORKS(about, { networks });
    for (const id of ifCertain(() => view.refs('security_groups', AWS.group)) ?? []) {
      const other = draft.get('securityGroups', id)?.networkId;
      if (other !== undefined && other !== network && networks.length === 1)
        yield say.GROUP_OF_OTHER_NETWORK(about, { group: id, other, network });
    }
  },
);

/** Protocols of listeners. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const PROTOCOLS: Readonly<Record<LoadBalancer['kind'], readonly string[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'QUIC', 'TCP_QUIC', 'UDP', 'TCP_UDP', 'TLS'],
  gateway: [],
  classic: [],
};
const SECURE = new Set<string | undefined>(['HTTPS', 'TLS']);
/** What one port carries beside TCP. */
const DATAGRAMS: Readonly<Record<string, readonly string[]>> = {
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};
const layersOf = (protocol = ''): readonly string[] => DATAGRAMS[protocol] ?? ['tcp'];

/** The load balancer of a listener, where it is known for certain. */
function balancerOf({ view, draft }: Pick<Asked, 'view' | 'draft'>): LoadBalancer | undefined {
  return draft.get('loadBalancers', view.neededRef('load_balancer_arn', AWS.balancer));
}

const protocols: Refusals = refusals(
  LISTENERS,
  {
    LISTENER_PROTOCOL: fail(
      '{attribute} is {protocol}, and {balancer} is {title}: expected {allowed:or}',
      'Write {allowed:or}, or use another kind of load balancer.',
    ),
    LISTENER_PORT: fail('{attribute} is {port|not set}: expected 1 to 65535', 'Write such a port.'),
  },
  function* (asked, say) {
    const { view, about, named } = asked;
    const balancer = balancerOf(asked);
    if (balancer === undefined || !(balancer.kind === 'application' || balancer.kind === 'network')) return;
    const protocol = textOf(view, 'protocol');
    const allowed = PROTOCOLS[balancer.kind] ?? [];
    if (protocol !== undefined && WORDS.has(protocol) && !allowed.includes(protocol))
      yield say.LISTENER_PROTOCOL(
        about,
        { attribute: named('protocol'), protocol, balancer: balancer.id, allowed },
        { words: { title: `${balancer.kind === 'application' ? 'an application' : 'a network'} load balancer` } },
      );
    const port = view.number('port');
    const isWrong = port === undefined ? isNull(view, 'port') : !Number.isInteger(port) || port < 1 || port > 65_535;
    if (isWrong) yield say.LISTENER_PORT(about, { attribute: named('port'), port });
  },
);

const certificates: Refusals = refusals(
  LISTENERS,
  {
    CERTIFICATE_REQUIRED: fail(
      '{attribute} is not set, and the listener is {protocol}',
      'Write the ARN of a certificate.',
    ),
    CERTIFICATE_WITHOUT_TLS: fail(
      '{attribute} is set, and the listener is {protocol}',
      'Remove it, or write HTTPS or TLS.',
    ),
    POLICY_WITHOUT_TLS: fail('{attribute} is set, and the listener is {protocol}', 'Remove it, or write HTTPS or TLS.'),
  },
  function* ({ view, about, named }, say) {
    const protocol = view.text('protocol');
    if (protocol === undefined) return;
    const attribute = named('certificate_arn');
    const isSecure = SECURE.has(protocol);
    if (isSecure && isNull(view, 'certificate_arn')) yield say.CERTIFICATE_REQUIRED(about, { attribute, protocol });
    if (isSecure) return;
    if (!lacks(view, 'certificate_arn')) yield say.CERTIFICATE_WITHOUT_TLS(about, { attribute, protocol });
    if (textOf(view, 'ssl_policy') !== undefined)
      yield say.POLICY_WITHOUT_TLS(about, { attribute: named('ssl_policy'), protocol });
  },
);

const ports: Refusals = refusals(
  LISTENERS,
  {
    PORT_TWICE: fail(
      '{other} is on port {port} of the same load balancer: CreateListener answers DuplicateListener',
      'Remove one of the two listeners, or give it another port.',
    ),
  },
  function* (asked, say) {
    const { view, about, others, draft, planned } = asked;
    const port = view.number('port');
    const id = view.neededRef('load_balancer_arn', AWS.balancer);
    const layers = layersOf(textOf(view, 'protocol'));
    const isSame = (number: number | undefined, protocol: string | undefined): boolean =>
      number === port && layersOf(protocol).some((one) => layers.includes(one));
    const other = others(...LISTENERS).find(
      (one) =>
        ifCertain(() => one.ref('load_balancer_arn', AWS.balancer)) === id &&
        isSame(
          ifCertain(() => one.number('port')),
          textOf(one, 'protocol'),
        ),
    );
    const kept = draft.base.listeners.find(
      (one) => one.loadBalancerId === id && !planned.has(one.id) && isSame(one.port, one.protocol),
    );
    const isNew = view.instance.before === undefined;
    const named = other?.instance.address ?? (isNew ? kept?.id : undefined);
    if (port !== undefined && named !== undefined) yield say.PORT_TWICE(about, { port, other: named });
  },
);

/** Groups to which a listener of each protocol can forward. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html */
const FORWARDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTP', 'HTTPS'],
  HTTPS: ['HTTP', 'HTTPS'],
  TCP: ['TCP', 'TCP_UDP'],
  TLS: ['TCP', 'TLS'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
  QUIC: ['QUIC', 'TCP_QUIC'],
  TCP_QUIC: ['TCP_QUIC'],
};
/** Actions that ask callers first: they need HTTPS. */
const GUARDS = /^(?:authenticate-(?:oidc|cognito)|jwt-validation)$/;
const FINAL = /^(?:forward|redirect|fixed-response)$/;

const ACTION_CODES = {
  GROUP_PROTOCOL_MISFIT: fail(
    'the listener is {protocol}, and it forwards to {group}, which is {own}: expected {allowed:or}',
    'Give the listener and the target group protocols that fit.',
  ),
  GROUP_KIND_MISFIT: fail(
    '{group} has a function as its target, and only application load balancers call functions',
    'Forward to a group of instances, addresses or load balancers.',
  ),
  GROUP_IN_OTHER_NETWORK: fail(
    '{group} is in {other}, and the load balancer is in {network}',
    'Forward to a group of {network}.',
  ),
  GROUP_SHARED: fail(
    '{group} is forwarded to by {other}, of another load balancer: a target group is of one load balancer',
    'Create a target group for each load balancer.',
  ),
  ACTION_KIND: fail('an action is {type}, which {balancer} does not have', 'Forward to a target group.'),
  ACTION_NEEDS_HTTPS: fail(
    'an action is {type}, and the listener is {protocol}',
    'Write an HTTPS listener, or remove it.',
  ),
  LAST_ACTION: fail(
    'its actions do not end with one of forward, redirect or fixed-response',
    'Write one of these last.',
  ),
} as const;

/** The actions of a listener, or of a rule, on the listener's protocol and load balancer. */
const actions: Refusals = refusals([...LISTENERS, ...RULES], ACTION_CODES, function* (asked, say) {
  const { view, about, draft } = asked;
  const isRule = (RULES as readonly string[]).includes(view.instance.type);
  const listener = isRule ? draft.get('listeners', view.neededRef('listener_arn', AWS.listener)) : undefined;
  const balancer = isRule ? draft.get('loadBalancers', listener?.loadBalancerId ?? '') : balancerOf(asked);
  const protocol = isRule ? listener?.protocol : view.text('protocol');
  if (balancer === undefined || balancer.kind === 'gateway') return;
  const blocks = view.blocks(isRule ? 'action' : 'default_action');
  const types = blocks.map((one) => one.text('type') ?? 'forward');
  for (const type of types) {
    if (balancer.kind !== 'application' && (type === 'redirect' || type === 'fixed-response' || GUARDS.test(type)))
      yield say.ACTION_KIND(about, { type, balancer: balancer.id });
    if (GUARDS.test(type) && protocol !== undefined && protocol !== 'HTTPS')
      yield say.ACTION_NEEDS_HTTPS(about, { type, protocol });
  }
  const areKnown = types.every((one) => FINAL.test(one) || GUARDS.test(one));
  if (areKnown && types.length > 0 && types.filter((one) => FINAL.test(one)).length !== 1)
    yield say.LAST_ACTION(about, {});
  for (const id of blocks.flatMap(groupsOf)) {
    const group = draft.get('targetGroups', id);
    if (group === undefined) continue;
    const params = { group: id };
    if (group.kind === 'lambda') {
      if (balancer.kind !== 'application') yield say.GROUP_KIND_MISFIT(about, params);
      continue;
    }
    const allowed = FORWARDS[protocol ?? ''];
    const own = group.protocol;
    if (allowed !== undefined && protocol !== undefined && own !== undefined && !allowed.includes(own))
      yield say.GROUP_PROTOCOL_MISFIT(about, { ...params, protocol, own, allowed });
    const { networkId: other } = group;
    const network = balancer.networkId;
    if (other !== undefined && network !== undefined && other !== network)
      yield say.GROUP_IN_OTHER_NETWORK(about, { ...params, other, network });
    const user = userOf(asked, group, balancer);
    if (user !== undefined) yield say.GROUP_SHARED(about, { ...params, other: user });
  }
});

/** The groups of an action that are known for certain. */
function groupsOf(action: View): readonly string[] {
  const weighted = ifCertain(() => action.blocks('forward').flatMap((one) => one.blocks('target_group'))) ?? [];
  return [
    ifCertain(() => action.ref('target_group_arn', AWS.targetGroup)),
    ...weighted.map((one) => ifCertain(() => one.ref('arn', AWS.targetGroup))),
  ].filter((one) => one !== undefined);
}

/** A listener of another load balancer that forwards to a group. */
function userOf({ draft }: Asked, { id }: TargetGroup, balancer: LoadBalancer): string | undefined {
  return draft
    .all('listeners')
    .find(
      (one) =>
        one.loadBalancerId !== balancer.id &&
        [...(one.actions ?? []), ...(one.rules ?? []).flatMap((rule) => rule.actions)].some(({ targetGroupIds = [] }) =>
          targetGroupIds.includes(id),
        ),
    )?.id;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html Priority, PriorityInUse */
const priorities: Refusals = refusals(
  RULES,
  {
    PRIORITY_TWICE: fail(
      '{other} has the priority {priority} on the same listener',
      'Give one of the two rules another priority.',
    ),
    PRIORITY_RANGE: fail('{attribute} is {priority}: expected 1 to 50000', 'Write such a priority.'),
  },
  function* ({ view, about, named, others }, say) {
    const priority = view.number('priority');
    if (priority === undefined) return;
    if (!Number.isInteger(priority) || priority < 1 || priority > 50_000)
      yield say.PRIORITY_RANGE(about, { attribute: named('priority'), priority });
    const listener = view.neededRef('listener_arn', AWS.listener);
    const other = others(...RULES).find(
      (one) =>
        ifCertain(() => one.number('priority')) === priority &&
        ifCertain(() => one.ref('listener_arn', AWS.listener)) === listener,
    );
    if (other !== undefined) yield say.PRIORITY_TWICE(about, { priority, other: other.instance.address });
  },
);

export const balancerRefusals: readonly Refusals[] = [zones, protocols, certificates, ports, actions, priorities];
