import { ignoredForPaths, list, none, oneOf, optional, strict, type Infer } from '../forms/form.js';
import { head, set, sorted } from '../forms/lists.js';
import { count, flag, optionalFlag, optionalText, port, raw, remark, strings, text } from '../forms/resource-values.js';

export const loadBalancerShape = {
  id: text,
  name: remark,
  kind: oneOf('application', 'network', 'gateway', 'classic'),
  networkId: optionalText,
  scheme: optional(oneOf('internal', 'internet-facing')),
  /** The cloud's own state. */
  state: optionalText,
  /** Whether it answers at all; undefined where the state is undocumented. */
  active: optionalFlag,
  subnetIds: set(text),
  securityGroupIds: set(text),
  /** Its own private addresses, where the cloud reports them without a list of interfaces (CLB). */
  addresses: optional(set(text)),
  /** The IDs of its zones. */
  zones: optional(set(text)),
  /** Whether it takes calls over IPv6 besides IPv4. Listeners of a network load balancer have rules only then. Undefined: not read. */
  dualStack: optionalFlag,
  /** Whether each of its zones sends to targets of all zones. */
  crossZone: optionalFlag,
  /** Whether the rules of its groups also apply to calls through PrivateLink. */
  privateLinkEnforced: optionalFlag,
  /** After how many milliseconds without data it closes a connection, where that was read. */
  idleTimeoutMs: optional(count),
  /** Whether its deletion is refused. Undefined: not read. */
  deletionProtected: optionalFlag,
  /** Whether network ACLs filter what reaches it; `true` where it is missing. */
  behindNetworkAcl: optionalFlag,
  account: optionalText,
  raw,
};

/** A load balancer: ALB, NLB, CLB. */
export interface LoadBalancer extends Infer<typeof loadBalancerShape> {}

const groupWeightShape = { targetGroupId: text, weight: count };

/**
 * How many of a listener's calls a group gets, relative to the other groups of its action: none where the
 * weight is 0. Where no target of the group takes calls, these calls do not go to another group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html
 */
export interface GroupWeight extends Infer<typeof groupWeightShape> {}

const listenerActionShape = {
  kind: oneOf('forward', 'redirect', 'fixed-response', 'authenticate', 'other'),
  targetGroupIds: none(set(text)),
  /** How calls are shared among several groups. Undefined: not read, or there are not several. */
  weights: none(sorted(strict<GroupWeight>()(groupWeightShape), ['targetGroupId'])),
  /**
   * The status code of its own answer: `301`, `503`; of `authenticate`, the answer to callers that are not logged in.
   */
  statusCode: none(text),
  /** Of `authenticate`: callers that are not logged in are allowed. Neither this nor a status: not read. */
  letsThrough: optionalFlag,
  /** The cloud's own name for a kind that is `other`: `jwt-validation`. */
  native: optionalText,
};

/** What a listener does with a call. */
export interface ListenerAction extends Infer<typeof listenerActionShape> {}

/**
 * The action that decides the handling of calls: one that redirects or refuses callers without a login, else
 * the last. The login is an interactive page with a cookie that callers of an API do not have: they get its
 * redirect, or are refused.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function decidingAction(actions: readonly ListenerAction[]): ListenerAction | undefined {
  return actions.find(sendsAway) ?? actions.at(-1);
}

/** Callers without a login are redirected to a page, or refused. */
export function sendsAway({ kind, statusCode }: ListenerAction): boolean {
  return kind === 'authenticate' && statusCode !== undefined;
}

const ruleConditionShape = {
  /** `other`: an undocumented kind, or one of which nothing was read. */
  kind: oneOf('path', 'host', 'method', 'source', 'header', 'query', 'other'),
  /**
   * One of them must match. `path` and `host`: patterns with `*` (any text) and `?` (one character);
   * `method`: `GET`; `source`: blocks that contain the caller's address. Undefined: not stored (headers,
   * query strings, regular expressions).
   */
  values: optional(set(text)),
  /** Of `header` and `query`: the name of the header or the parameter, in lower case. Undefined: not read, or several. */
  name: none(remark),
  /** Of `source`: the family that the caller's address must have. Undefined: any. */
  family: optional(oneOf('ipv4', 'ipv6')),
};

/**
 * The condition for a call to match a rule. The values for headers and query strings are never stored, since
 * they may be secrets that callers send: only while a plan is judged they are known.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface RuleCondition extends Infer<typeof ruleConditionShape> {}

/** The first action that does not only check who calls decides, so their order means something. */
const actions = list(strict<ListenerAction>()(listenerActionShape));

const listenerRuleShape = {
  id: text,
  priority: count,
  /** All conditions must match; an empty list matches every call. */
  conditions: sorted(strict<RuleCondition>()(ruleConditionShape), ['kind']),
  /** In order; the last one decides. */
  actions,
};

/**
 * The actions of a listener for matching calls, before its default actions. The matching rule with the lowest
 * priority number decides.
 */
export interface ListenerRule extends Infer<typeof listenerRuleShape> {}

const accessControlShape = {
  kind: oneOf('allow', 'deny'),
  /** The ids of the lists. */
  ids: set(text),
  /** All blocks of the lists. Undefined: not read. An empty `allow` allows all addresses. */
  cidrBlocks: optional(set(text)),
};

/** The clients that may call a listener, in addition to security groups (an access control list of CLB). */
export interface AccessControl extends Infer<typeof accessControlShape> {}

export const listenerShape = {
  id: text,
  loadBalancerId: text,
  port,
  /** As the cloud writes it, in capitals: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`. */
  protocol: text,
  /** `other`: in transition to another state, or an undocumented state. Undefined where listeners have no state. */
  state: optional(oneOf('running', 'stopped', 'other')),
  /** In order; the last one decides. Undefined: not read. */
  actions: optional(actions),
  /** Rules that go before the default actions. Undefined: not read, or the load balancer has none. */
  rules: optional(sorted(strict<ListenerRule>()(listenerRuleShape), ['priority', 'id'])),
  certificateIds: optional(head(text)), // the first is shown to callers that name no server
  accessControl: optional(strict<AccessControl>()(accessControlShape)),
  /**
   * Whether callers must present a client certificate: `required`, and verified; `passed` on, and not
   * verified. Undefined: not read, or the listener does not terminate TLS.
   */
  clientCertificates: optional(oneOf('none', 'passed', 'required')),
  raw,
};

/** A port on which a load balancer accepts calls, and its actions. */
export interface Listener extends Infer<typeof listenerShape> {}

const groupTargetShape = {
  /** An instance's id, an address, or a load balancer's ARN. */
  id: text,
  port: optional(port),
  /** The zone's id; `all` where it counts for every zone. */
  zone: optionalText,
  health: oneOf('healthy', 'unhealthy', 'initial', 'draining', 'unused', 'unavailable', 'unknown'),
  /** The cloud's own reason: `Target.Timeout`. */
  reason: none(remark),
  /**
   * Whether a zonal shift moves calls away from its zone: it gets no new calls, whatever its health. Undefined: not read, or not
   * reported.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html
   */
  shifted: optionalFlag,
};

/** How well a target of a group is. */
export interface GroupTarget extends Infer<typeof groupTargetShape> {}

const minimumHealthyShape = { count: optional(count), percent: optional(count) };

/** The number of targets that must be healthy; or a share of them in percent. */
export interface MinimumHealthy extends Infer<typeof minimumHealthyShape> {}

const minimumHealthy = strict<MinimumHealthy>()(minimumHealthyShape);

const groupHealthCheckShape = { enabled: flag, protocol: optionalText, port: optional(port) };

/** How a group finds out which of its targets are healthy. */
export interface GroupHealthCheck extends Infer<typeof groupHealthCheckShape> {}

export const targetGroupShape = {
  id: text,
  name: none(remark),
  kind: oneOf('instance', 'address', 'load-balancer', 'lambda'),
  protocol: optionalText,
  /**
   * The HTTP version of its targets: `HTTP1`, `HTTP2`, `GRPC`. Undefined: not read, or the targets do not use HTTP.
   */
  protocolVersion: optionalText,
  port: optional(port),
  networkId: optionalText,
  /** The load balancers that use it. */
  loadBalancerIds: set(text),
  crossZone: optionalFlag,
  /** Whether targets see the client's address instead of the load balancer's. */
  preservesClientAddress: optionalFlag,
  /**
   * Routing failover: with fewer healthy targets than this the load balancer sends to all of them. Undefined: not read, or the cloud has
   * no such setting; a member that is undefined is off. By default one target.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
   */
  minimumHealthy: optional(minimumHealthy),
  /**
   * DNS failover: with fewer healthy targets in a zone than this, the address of the zone is removed from the
   * load balancer's DNS name. Undefined: not read, or the cloud has no such setting; a member that is
   * undefined is off. By default one target.
   */
  minimumHealthyInDns: optional(minimumHealthy),
  /**
   * How long a target that is deregistered finishes the calls that it has, in milliseconds. Undefined: not read, or the
   * cloud has no such setting.
   */
  deregistrationDelayMs: optional(count),
  /** Whether the load balancer closes connections to it when that time is over. Undefined: as above. */
  closesAfterDelay: optionalFlag,
  healthCheck: optional(strict<GroupHealthCheck>()(groupHealthCheckShape)),
  /** Undefined: not read. */
  targets: optional(sorted(strict<GroupTarget>()(groupTargetShape), ['id', 'port', 'zone'])),
  raw,
};

/** The backends of a listener. A CLB has no such resource, so one is generated for each listener: `lb-1:8080`. */
export interface TargetGroup extends Infer<typeof targetGroupShape> {}

export const certificateShape = {
  id: text,
  /** The names that it covers, wildcards included: `*.shop.internal`. */
  names: head(text),
  /** ISO 8601. */
  notAfter: ignoredForPaths(optionalText),
  /** Whether it can be used; undefined where that is not known. */
  valid: optionalFlag,
  nativeState: ignoredForPaths(optionalText),
  /**
   * The issuer: a public authority, a private one of the user, or the unknown issuer of an `imported`
   * certificate. Undefined: not read.
   */
  issuer: optional(oneOf('public', 'private', 'imported')),
  raw,
};

/** A certificate of a listener. */
export interface Certificate extends Infer<typeof certificateShape> {}

const serviceInstanceShape = {
  id: text,
  address: optionalText,
  ipv6Address: optionalText,
  port: optional(port),
  /**
   * All that it is registered with, its address and port included, as the registry writes it: what the query of a target
   * (`?stage=blue`) is compared with. Undefined: not read.
   */
  attributes: optional(strings),
  /** Undefined: the service has no health check, or it was not read. */
  healthy: optionalFlag,
};

/** One registered instance of a discovery service. */
export interface ServiceInstance extends Infer<typeof serviceInstanceShape> {}

export const discoveryServiceShape = {
  /** ARN. */
  id: text,
  name: none(remark),
  networkId: optionalText,
  healthCheck: oneOf('none', 'native', 'custom', 'unknown'),
  /** Undefined: not read. */
  instances: optional(sorted(strict<ServiceInstance>()(serviceInstanceShape), ['id'])),
  raw,
};

/** A service of a registry (Cloud Map). */
export interface DiscoveryService extends Infer<typeof discoveryServiceShape> {}
