import { listenersOf, rulesOf } from '../load-balancing/find.js';
import { closedBy } from '../load-balancing/target-group/targets.js';
import { targetGroupAttribute } from '../load-balancing/target-group/target-group-attributes.js';
import type { Action, LoadBalancerRow, RuleRow, TargetGroupRow, TargetRow } from '../load-balancing/state.js';
import type { RegionState } from '../state/aws-state.js';
import { isIpv6 } from './blocks.js';
import type { End, Explained, Finding, Place } from './connection.js';
import { groupsStop, isForwarded, nodesBehind, listenerRefuses, sentTo } from './endpoint.js';
import { goLeg, type Here } from './leg.js';
import { decidingRule, seenCall } from './listener-rules.js';
import { arrivalAt, ways, type Way } from './one-call.js';
import { primaryOf } from '../ec2/vpc/network.js';
import { wayTo } from './routes.js';
import { groupStops, crossesZones } from './target-group.js';

/** Serves calls, `active_impaired` with trouble to grow. */
const SERVING = new Set(['active', 'active_impaired']);
export const OVER_TCP: ReadonlySet<string> = new Set(['HTTP', 'HTTPS', 'TCP', 'TLS', 'TCP_UDP', 'TCP_QUIC']);

/**
 * Whether a load balancer cannot forward a call that arrived at one of its interfaces. It needs an active
 * state, a listener on the port, a rule or default action that forwards, and a healthy target. The target
 * must be in the interface's own zone where cross-zone balancing is off. Each of those targets must be
 * reachable, in each group that gets a part of the calls. Where no target is healthy, calls are sent to all
 * targets. A group accepts them if all its targets answered their health check with another code than the
 * expected one. Other targets answer neither health checks nor calls.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function loadBalancerStops(
  here: Here,
  caller: Place,
  node: Place,
  balancer: LoadBalancerRow,
  port: number,
  seen = caller.address,
): Finding | undefined {
  const { region } = node;
  const { LoadBalancerName: name, State, Type: type } = balancer.fields;
  if (!SERVING.has(State.Code)) return { by: 'listener', because: `Load balancer ${name} is ${State.Code}.` };

  const listener = listenersOf(region, balancer.fields.LoadBalancerArn).find(
    (row) => row.fields.Port === port && OVER_TCP.has(row.fields.Protocol ?? ''),
  );
  if (!listener) return { by: 'listener', because: `Load balancer ${name} has no TCP listener on port ${port}.` };

  const refused = listenerRefuses(here, balancer, listener);
  if (refused) return refused;

  const rules = rulesOf(region, listener.fields.ListenerArn);
  if (rules.length > 0) here.one?.readsRequest(headersOf(rules));
  const rule = decidingRule(rules, seenCall(here.request, seen, balancer.fields.DNSName ?? ''));
  const actions = rule?.fields.Actions ?? listener.fields.DefaultActions;
  if (type === 'application') here.one?.accepted({ balancer, listener, actions, client: seen });
  const login = actions.find(asksForLogin);
  if (login && isRefused(here, balancer, login)) {
    here.one?.answers(401);
    return {
      by: rule ? 'listener-rule' : 'listener',
      because: `On port ${port} of ${name} callers have to log in first: ${login.Type}.`,
    };
  }

  const groups = groupsIn(region, actions);
  if (groups.length === 0) {
    const [{ Type = 'forward' } = {}] = actions.slice(-1);
    if (!rule) {
      return { by: 'listener', because: `The listener on port ${port} of ${name} forwards nothing: ${Type}.` };
    }

    return {
      by: 'listener-rule',
      because: `Rule ${rule.fields.Priority} of the listener on port ${port} of ${name} forwards nothing: ${Type}.`,
    };
  }

  // Each group gets a part of the calls, and no other group gets them instead.
  for (const { group } of ways(here, groups, ({ weight }) => weight)) {
    const sent = { ...here, sent: sentTo(listener, group, here.sent) };
    const stop = groupStops(sent, caller, node, balancer, group, targetStops);
    if (stop) return stop;
  }
  return undefined;
}

/**
 * The way from a load balancer's interface to a target: a function, another load balancer, which is called at each of its addresses,
 * an instance or an address.
 */
function targetStops(
  here: Here,
  caller: Place,
  node: Place,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  target: TargetRow,
): Finding | undefined {
  const port = target.port ?? group.fields.Port;
  if (group.fields.TargetType === 'lambda' || port === undefined) return undefined;

  const addresses = addressesOf(node, balancer, group, target);
  for (const address of ways(here, addresses)) {
    const from = inFamily(node, address);
    const way = wayTo(here, from, address);
    const stop = 'by' in way ? way : legStops(here, caller, from, group, way, port);
    if (stop) return stop;
    if ('by' in way || isForwarded(way.end)) continue;

    const instanceId = group.fields.TargetType === 'instance' ? target.id : undefined;
    const closed = (): string | undefined => closedBy(node.region, group.fields.TargetGroupArn, target);
    here.one?.arrives(arrivalAt(way.end, port, addressSeen(caller, way, group, from), { instanceId, closed }));
  }
  return addresses.length > 0 ? undefined : { by: 'target', because: `Nobody knows an address of ${target.id}.` };
}

/** What stops a call from the interface of a load balancer to a target, as a group sends it. */
export function legStops(
  here: Here,
  caller: Place,
  node: Place,
  group: TargetGroupRow,
  way: Way,
  port: number,
): Finding | undefined {
  const seen = addressSeen(caller, way, group, node);
  if (seen !== node.address && isFar(node, way)) {
    const because = `${group.fields.TargetGroupName} keeps the client's address, which targets elsewhere than in its VPC or a peered one cannot have.`;
    return {
      by: way.via.includes('peering') ? 'peering' : 'transit-gateway',
      because,
      explained: keptAddress(group, way),
    };
  }
  if (seen !== node.address && dropsForeignSources(way)) {
    const because = `${group.fields.TargetGroupName} keeps the client's address, which neither an NLB nor a VPC endpoint takes from a load balancer.`;
    return { by: 'target', because, explained: keptAddress(group, way) };
  }

  const { stop, late } = goLeg(here, node, way, port, seen);
  if (stop) return stop;

  const { end, via } = way;
  if (via.includes('middlebox') && end.kind === 'outside') {
    const question = `whether ${end.nextHop} forwards what a load balancer sends to ${end.address}`;
    if (here.choose(question, 2) === 1)
      return { by: 'target', because: `${end.nextHop} forwards nothing to ${end.address}.` };
  }
  const nested =
    way.end.kind === 'place' && here.depth !== MOST_NESTED
      ? ownerStops({ ...here, depth: (here.depth ?? 0) + 1 }, node, way.end, port, seen)
      : undefined;
  return nested ?? late;
}

const addressOf = ({ end }: Way): string => (end.kind === 'place' ? end.place.address : end.address);

const keptAddress = ({ fields }: TargetGroupRow, way: Way): Explained => ({
  code: 'ELBV2_SOURCE_ADDRESS_PRESERVATION',
  at: [fields.TargetGroupArn, addressOf(way)],
});

/** What stops a call at the address of a load balancer or of an endpoint, which forward it; undefined at all others. */
export function ownerStops(
  here: Here,
  caller: Place,
  { place, balancer }: Extract<End, { kind: 'place' }>,
  port: number,
  seen = caller.address,
): Finding | undefined {
  if (balancer) return loadBalancerStops(here, caller, place, balancer, port, seen);

  const nodes = nodesBehind(here, place);
  if ('by' in nodes) return nodes;

  for (const { place: node, balancer: called } of ways(here, nodes)) {
    const stop = groupsStop(caller, node, called, port) ?? loadBalancerStops(here, node, node, called, port);
    if (stop) return stop;
  }
  return undefined;
}

/** Load balancers may forward to each other. */
const MOST_NESTED = 4;

/**
 * Interfaces of another NLB, and those of endpoints of PrivateLink, lose calls with addresses that are not the load balancer's own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function dropsForeignSources({ end }: Way): boolean {
  return end.kind === 'place' && ['network_load_balancer', 'vpc_endpoint'].includes(end.place.eni.interfaceType);
}

/** Targets of IPv6 are called from the interface's IPv6 address. */
export function inFamily(node: Place, to: string): Place {
  const [own] = node.eni.ipv6Addresses;
  return isIpv6(to) && own !== undefined ? { ...node, address: own } : node;
}

/** Whether a target is neither in the VPC of a load balancer nor in one of the same region that is peered. */
function isFar({ region }: Place, { end, via }: Way): boolean {
  return via.some((one) => one !== 'peering') || end.kind === 'outside' || end.place.region !== region;
}

/**
 * The address that a target sees: the caller's where the group keeps it, which it cannot from one family to the other.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function addressSeen(caller: Place, way: Way, group: TargetGroupRow, node: Place): string {
  const to = addressOf(way);
  const keeps = targetGroupAttribute(group, 'preserve_client_ip.enabled') === 'true';
  return keeps && isIpv6(to) === isIpv6(caller.address) ? caller.address : node.address;
}

/**
 * Where a target is called: a load balancer at its addresses in the same zone where zones serve themselves, else at all of them; an
 * instance at its primary one; or the address that it is.
 */
export function addressesOf(
  { region: { ec2, loadBalancing }, eni }: Place,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  { id }: TargetRow,
): readonly string[] {
  if (group.fields.TargetType === 'ip') return [id];
  if (group.fields.TargetType !== 'alb') {
    const own = primaryOf({ ec2 }, id);
    return own === undefined ? [] : [own.privateIpAddress];
  }

  const ids = loadBalancing.loadBalancers.get(id)?.zones.flatMap(({ interfaceIds }) => interfaceIds) ?? [];
  const all = ids.flatMap((eniId) => ec2.interfaces.get(eniId) ?? []);
  const near = all.filter(({ zoneName }) => zoneName === eni.zoneName);
  const called = crossesZones(balancer, group) || near.length === 0 ? all : near;
  return called.map(({ privateIpAddress }) => privateIpAddress);
}

/**
 * Callers of an API have no session: they are redirected to a page, or refused. It cannot be determined
 * before a call whether it carries the token without which `jwt-validation` rejects it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
function asksForLogin({ Type, AuthenticateOidcConfig: oidc, AuthenticateCognitoConfig: cognito }: Action): boolean {
  if (Type === 'jwt-validation') return true;

  const login = oidc ?? cognito;
  return login !== undefined && login.OnUnauthenticatedRequest !== 'allow';
}

/** The names of the headers that rules look at. */
function headersOf(rules: readonly RuleRow[]): readonly string[] {
  const conditions = rules.flatMap((rule) => rule.fields.Conditions);
  return conditions.flatMap(({ HttpHeaderConfig }) => HttpHeaderConfig?.HttpHeaderName?.toLowerCase() ?? []);
}

/** Whether a call does not pass a login: one that is known brings a token for `jwt-validation`, or not. */
function isRefused({ one, request, choose }: Here, { fields }: LoadBalancerRow, { Type }: Action): boolean {
  if (Type !== 'jwt-validation') return true;

  one?.readsRequest(['authorization']);
  if (one) return !/^bearer ./i.test(request?.headers?.['authorization'] ?? '');

  return choose(`whether calls bring the token that ${fields.LoadBalancerName} asks for`, 2) === 0;
}

/** The target groups that actions forward to, with the part of the calls that each gets. */
export function groupsIn(
  { loadBalancing }: RegionState,
  actions: readonly Action[],
): readonly { readonly group: TargetGroupRow; readonly weight: number }[] {
  const tuples = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const own = ForwardConfig?.TargetGroups ?? [];
    return own.length === 0
      ? [{ TargetGroupArn, Weight: 1 }]
      : own.filter(({ Weight }) => Weight !== 0 || own.length === 1);
  });
  return tuples.flatMap(({ TargetGroupArn = '', Weight = 1 }) => {
    const group = loadBalancing.targetGroups.get(TargetGroupArn);
    return group ? [{ group, weight: Math.max(1, Weight) }] : [];
  });
}
