import { fail } from '@postern/core/checks';
import { ifCertain, refusals, type Asked, type Refusals, type View } from '@postern/core/overlay';
import type { LoadBalancer, TargetGroup } from '@postern/core/snapshot';
import { AWS } from '../rows/id-forms.js';
import { LISTENERS, RULES } from './facts.js';
import { balancerOf } from './listeners.js';

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

export const actionRefusals: readonly Refusals[] = [actions];
