import type { GatewayAnswer } from '../traffic/gateway-call.js';
import type { CalledCloud } from '../traffic/traffic-world.js';
import type { WireAnswer, WireRequest } from '../wire.js';
import type { Timer } from '../time/time.js';

/**
 * One simulated cloud behind the port. The front door asks each in turn whether a request is its own; everything else
 * about requests, names and states is the cloud's own affair.
 */
export interface Cloud extends CalledCloud {
  /** `aws`; timers and saved states carry it. */
  readonly name: string;
  /** Whether a host name is one of a gateway of this cloud, or has the form of one: `abc123.execute-api.eu-west-1.amazonaws.com`. */
  readonly ownsHost: (host: string) => boolean;
  /** Whether a host name is one of a service's API: `apigateway.cn-hangzhou.aliyuncs.com`. */
  readonly isEndpoint?: (host: string) => boolean;
  /** What the cloud answers at a name that has the form of a gateway's, where there is none; undefined where it is not known. */
  readonly unserved?: (host: string) => GatewayAnswer | undefined;
  /** Origins at which `intercept()` answers instead of the real cloud. */
  readonly origins: readonly RegExp[];
  readonly recognizes: (request: WireRequest) => boolean;
  /** Synchronous where nothing has to be loaded or verified first. */
  readonly handle: (request: WireRequest) => WireAnswer | Promise<WireAnswer>;
  /** A timer of this cloud falls due. */
  readonly fire: (timer: Timer) => void;
  /** The whole state: maps, dates, plain rows. */
  readonly save: () => unknown;
  /** Whether a decoded state is one of this cloud. @throws {TypeError} when not. */
  readonly check: (state: unknown) => void;
  readonly load: (state: unknown) => void;
  /** As new. */
  readonly reset: () => void;
  /** Changes whenever this cloud may have changed; it never decreases. */
  readonly version?: () => number;
  /** The kinds of what can be planted in this cloud. */
  readonly plantedKinds?: readonly string[];
  /**
   * Lets something happen in a region that no call causes, and answers the ID of what it happened to; undefined
   * for a region that is not this cloud's. @throws {RangeError} for what has no known form, or what does not exist
   */
  readonly plant?: (region: string, planted: unknown) => string | undefined;
  /** Whether one of this cloud's links reaches a destination; undefined for a link that is not its own. */
  readonly connects?: (linkId: string, to: Destination, port?: number) => Reach | undefined;
}

/** Settings of a simulated account. */
export interface AccountOptions {
  readonly account: string;
  readonly throttle: boolean;
  readonly quotas: ReadonlyMap<string, number>;
  /** Secrets by access key id; signatures are verified when given. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/**
 * The destination of a call: an address (or the ID of an ECS instance or a load balancer), or a target as a
 * gateway names it. On AWS that is the ARN of a listener, of a load balancer, of a Cloud Map service, or of a
 * method of a REST API, with what it calls; on Alibaba Cloud an authorization, or an API with all that it calls.
 */
export type Destination = string | { readonly targetId: string; readonly request?: HttpCall | undefined };

/** The HTTP request of a call, where a hop evaluates it: the rules of a load balancer. By default `GET /`. */
export interface HttpCall {
  readonly method?: string | undefined;
  /** With its query string: `/orders?page=2`. */
  readonly path?: string | undefined;
  /** By default the load balancer's own name. */
  readonly host?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What decided, and why, in a sentence that names the rule, route or entry. */
interface Decision {
  /** `security-group-out`, `route`, `listener`, …: each cloud lists its own. */
  readonly by: string;
  readonly because: string;
}

/** How it went from one of a link's addresses to one of a destination's. */
export interface SourceReach extends Decision {
  readonly connects: boolean;
  /** The zone of the link's interface; empty where the calls have no zone of the user's as their source. */
  readonly zoneId: string;
  /** The address, or the block, that the destination sees. */
  readonly from: string;
  /** The address that was called; empty where there is none. */
  readonly to: string;
  /** What the way leaned on: `reference`, `prefix-list`, `intra-group`, `peering`, `transit-gateway`, … */
  readonly via: readonly string[];
}

/** Whether a destination is reached from all sources of a link's calls, and what decided it. */
export interface Reach extends Decision {
  readonly connects: boolean;
  /**
   * Set where it is not documented whether it is reached, or it is random: what the result depends on.
   * `connects` is false then.
   */
  readonly undecided?: string | undefined;
  readonly sources: readonly SourceReach[];
}
