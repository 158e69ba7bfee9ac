/** A load balancer: ALB, NLB, CLB. */
export interface LoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'application' | 'network' | 'gateway' | 'classic';
  readonly networkId?: string | undefined;
  readonly scheme?: 'internal' | 'internet-facing' | undefined;
  /** The cloud's own state. */
  readonly state?: string | undefined;
  /** Whether it answers at all; undefined where the state is undocumented. */
  readonly active?: boolean | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Its own private addresses, where the cloud reports them without a list of interfaces (CLB). */
  readonly addresses?: readonly string[] | undefined;
  /** The IDs of its zones. */
  readonly zones?: readonly string[] | undefined;
  /** Whether each of its zones sends to targets of all zones. */
  readonly crossZone?: boolean | undefined;
  /** Whether the rules of its groups also apply to calls through PrivateLink. */
  readonly privateLinkEnforced?: boolean | undefined;
  /** After how many milliseconds without data it closes a connection, where that was read. */
  readonly idleTimeoutMs?: number | undefined;
  /** Whether network ACLs filter what reaches it; `true` where it is missing. */
  readonly behindNetworkAcl?: boolean | undefined;
  readonly account?: string | undefined;
  readonly raw: unknown;
}

/**
 * How many of a listener's calls a group gets, relative to the other groups of its action: none where the
 * weight is 0. Where no target of the group takes calls, these calls do not go to another group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html
 */
export interface GroupWeight {
  readonly targetGroupId: string;
  readonly weight: number;
}

/** What a listener does with a call. */
export interface ListenerAction {
  readonly kind: 'forward' | 'redirect' | 'fixed-response' | 'authenticate' | 'other';
  readonly targetGroupIds?: readonly string[] | undefined;
  /** How calls are shared among several groups. Undefined: not read, or there are not several. */
  readonly weights?: readonly GroupWeight[] | undefined;
  /**
   * The status code of its own answer: `301`, `503`; of `authenticate`, the answer to callers that are not
   * logged in.
   */
  readonly statusCode?: string | undefined;
  /** Of `authenticate`: callers that are not logged in are allowed. Neither this nor a status: not read. */
  readonly letsThrough?: boolean | undefined;
  /** The cloud's own name for a kind that is `other`: `jwt-validation`. */
  readonly native?: string | undefined;
}

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

/**
 * The condition for a call to match a rule. The values for headers and query strings are never stored, since
 * they may be secrets that callers send.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export interface RuleCondition {
  /** `other`: an undocumented kind, or one of which nothing was read. */
  readonly kind: 'path' | 'host' | 'method' | 'source' | 'header' | 'query' | 'other';
  /**
   * One of them must match. `path` and `host`: patterns with `*` (any text) and `?` (one character);
   * `method`: `GET`; `source`: blocks that contain the caller's address. Undefined: not stored (headers,
   * query strings, regular expressions).
   */
  readonly values?: readonly string[] | undefined;
}

/**
 * The actions of a listener for matching calls, before its default actions. The matching rule with the lowest
 * priority number decides.
 */
export interface ListenerRule {
  readonly id: string;
  readonly priority: number;
  /** All conditions must match; an empty list matches every call. */
  readonly conditions: readonly RuleCondition[];
  /** In order; the last one decides. */
  readonly actions: readonly ListenerAction[];
}

/** The clients that may call a listener, in addition to security groups (an access control list of CLB). */
export interface AccessControl {
  readonly kind: 'allow' | 'deny';
  /** The ids of the lists. */
  readonly ids: readonly string[];
  /** All blocks of the lists. Undefined: not read. An empty `allow` allows all addresses. */
  readonly cidrBlocks?: readonly string[] | undefined;
}

/** A port on which a load balancer accepts calls, and its actions. */
export interface Listener {
  readonly id: string;
  readonly loadBalancerId: string;
  readonly port: number;
  /** As the cloud writes it, in capitals: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`. */
  readonly protocol: string;
  /**
   * `other`: in transition to another state, or an undocumented state. Undefined where listeners have no
   * state.
   */
  readonly state?: 'running' | 'stopped' | 'other' | undefined;
  /** In order; the last one decides. Undefined: not read. */
  readonly actions?: readonly ListenerAction[] | undefined;
  /** Rules that go before the default actions. Undefined: not read, or the kind of load balancer has none. */
  readonly rules?: readonly ListenerRule[] | undefined;
  /**
   * Only in snapshots that were taken before `rules` were read: the actions of those rules, without the
   * conditions.
   */
  readonly ruleActions?: readonly ListenerAction[] | undefined;
  readonly certificateIds?: readonly string[] | undefined;
  readonly accessControl?: AccessControl | undefined;
  /**
   * Whether callers must present a client certificate: `required`, and verified; `passed` on, and not
   * verified. Undefined: not read, or the listener does not terminate TLS of HTTP.
   */
  readonly clientCertificates?: 'none' | 'passed' | 'required' | undefined;
  readonly raw: unknown;
}

/** How well a target of a group is. */
export interface GroupTarget {
  /** An instance's id, an address, or a load balancer's ARN. */
  readonly id: string;
  readonly port?: number | undefined;
  /** The zone's id; `all` where it counts for every zone. */
  readonly zone?: string | undefined;
  readonly health: 'healthy' | 'unhealthy' | 'initial' | 'draining' | 'unused' | 'unavailable' | 'unknown';
  /** The cloud's own reason: `Target.Timeout`. */
  readonly reason?: string | undefined;
}

/** The number of targets that must be healthy; or a share of them in percent. */
export interface MinimumHealthy {
  readonly count?: number | undefined;
  readonly percent?: number | undefined;
}

/**
 * The backends of a listener. A CLB has no such resource, so one is generated for each listener: `lb-1:8080`.
 */
export interface TargetGroup {
  readonly id: string;
  readonly name?: string | undefined;
  readonly kind: 'instance' | 'address' | 'load-balancer' | 'lambda';
  readonly protocol?: string | undefined;
  /**
   * The HTTP version of its targets: `HTTP1`, `HTTP2`, `GRPC`. Undefined: not read, or the targets do not use
   * HTTP.
   */
  readonly protocolVersion?: string | undefined;
  readonly port?: number | undefined;
  readonly networkId?: string | undefined;
  /** The load balancers that use it. */
  readonly loadBalancerIds: readonly string[];
  readonly crossZone?: boolean | undefined;
  /** Whether targets see the client's address instead of the load balancer's. */
  readonly preservesClientAddress?: boolean | undefined;
  /**
   * Routing failover: with fewer healthy targets than this the load balancer sends to all of them. Undefined: not read, or the cloud has
   * no such setting; a member that is undefined is off. By default one target.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
   */
  readonly minimumHealthy?: MinimumHealthy | undefined;
  /**
   * DNS failover: with fewer healthy targets in a zone than this, the address of the zone is removed from the
   * load balancer's DNS name. Undefined: not read, or the cloud has no such setting; a member that is
   * undefined is off. By default one target.
   */
  readonly minimumHealthyInDns?: MinimumHealthy | undefined;
  readonly healthCheck?:
    | { readonly enabled: boolean; readonly protocol?: string | undefined; readonly port?: number | undefined }
    | undefined;
  /** Undefined: not read. */
  readonly targets?: readonly GroupTarget[] | undefined;
  readonly raw: unknown;
}

/** A certificate of a listener. */
export interface Certificate {
  readonly id: string;
  /** The names that it covers, wildcards included: `*.shop.internal`. */
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly notAfter?: string | undefined;
  /** Whether it can be used; undefined where that is not known. */
  readonly valid?: boolean | undefined;
  readonly nativeState?: string | undefined;
  /**
   * The issuer: a public authority, a private one of the user, or the unknown issuer of an `imported`
   * certificate. Undefined: not read.
   */
  readonly issuer?: 'public' | 'private' | 'imported' | undefined;
  readonly raw: unknown;
}

/** One registered instance of a discovery service. */
export interface ServiceInstance {
  readonly id: string;
  readonly address?: string | undefined;
  readonly ipv6Address?: string | undefined;
  readonly port?: number | undefined;
  /**
   * All that it is registered with, its address and port included, as the registry writes it: what the query of a target
   * (`?stage=blue`) is compared with. Undefined: not read.
   */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /** Undefined: the service has no health check, or it was not read. */
  readonly healthy?: boolean | undefined;
}

/** A service of a registry (Cloud Map). */
export interface DiscoveryService {
  /** ARN. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly networkId?: string | undefined;
  readonly healthCheck: 'none' | 'native' | 'custom' | 'unknown';
  /** Undefined: not read. */
  readonly instances?: readonly ServiceInstance[] | undefined;
  readonly raw: unknown;
}
