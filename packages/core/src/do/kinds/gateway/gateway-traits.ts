import type { LinkKind } from '../../model/link.js';
import type { StageSettings } from '../../model/gateway.js';
import type { RouteSettings } from '../../model/route.js';
import type { GatewayTraits } from '../../model/traits.js';
import type { Quota } from '../quota.js';

/** What the paths of a gateway's routes may hold. */
export interface PathSyntax {
  /** The pattern of a path variable, for one segment or for the rest of the path. */
  readonly variable: RegExp;
  readonly greedy: RegExp;
  /** What only variables are written with. */
  readonly marks: RegExp;
  /** The pattern of a part without a variable; a part that does not match is refused. */
  readonly part?: RegExp | undefined;
  /** Whether a variable name may occur only once. */
  readonly unique?: true | undefined;
  /**
   * Whether all variables at one place of the tree of paths must have one name: `/a/{x}` and `/a/{y}/b` exclude each other; or, with
   * `same-shape`, those of route keys that differ in names alone: `GET /a/{x}` and `GET /a/{y}`.
   */
  readonly oneVariable?: true | 'same-shape' | undefined;
  /**
   * Which of several routes takes a call. Undefined: part by part, a fixed one before a variable, that before the rest. `whole-first`: one
   * that ends with the rest of a path comes after all others. `by-length`: whole paths, prefixes, expressions, each the longest first.
   */
  readonly choice?: 'whole-first' | 'by-length' | undefined;
  /** Whether `/orders/` is the path `/orders`. */
  readonly ignoresLastSlash?: true | undefined;
  /** Whether `$default` receives the calls that no other route matches. */
  readonly takesRest?: true | undefined;
  /** Whether a slash at the end is not judged: what it means after a greedy variable is not documented. */
  readonly mayEndInSlash?: true | undefined;
}

/** How callers reach a gateway whose name is made of its ID. */
export interface NamedById {
  /** What texts call that name: `default endpoint`. */
  readonly name: string;
  /** Whether the domains of users, and the permissions of callers, are bound to it and end with it. */
  readonly bindsDomains?: true | undefined;
  /** What to do where another tool replaces the resource with this address, as sentences. */
  readonly remedy: (address: string) => string;
}

/** How long a kind of gateway can be told to wait for an answer, in milliseconds. */
export interface TimeoutRule {
  readonly leastMs: number;
  readonly most: Quota;
  /** The most for a route that passes answers on while they arrive. */
  readonly mostStreamedMs?: number | undefined;
}

/** What a kind of gateway is and allows. */
export interface GatewayKindTraits extends GatewayTraits {
  /** The member of a reference that names one: `{ httpApi: 'a1b2c3' }`. */
  readonly ref: string;
  /** Default: the cloud that it is written in. */
  readonly provider: string;
  /** The readable name of the kind in a spec's `ref`: `an HTTP API`. */
  readonly title: string;
  /** An ID of one. */
  readonly example: string;
  /** Set where the name by which callers reach one is made of its ID: another one has another name. */
  readonly namedById?: NamedById | undefined;
  /** The form of their IDs: a spec with another one is refused. Undefined: any ID. */
  readonly ids?: RegExp | undefined;
  /** Whether its stages and the setting `path` of a target decide which path the target sees. Default: `false`, so that the path is not known. */
  readonly stagesShowInPaths: boolean;
  /** How an integration is told to send the path of its route, where it keeps what callers write before it: a sentence. */
  readonly sendsOwnPathBy?: string | undefined;
  /** Whether the target sees the path of the route, on every stage. */
  readonly sendsOwnPath?: true | undefined;
  /** Whether the target sees the name that its certificate is checked for as `Host`, where a route declares no other. */
  readonly sendsServerName?: true | undefined;
  /** Whether its stages can present a client certificate to backends. */
  readonly presentsCertificate?: true | undefined;
  /** Whether stage variables can name the links and targets of its routes. */
  readonly namesByVariables?: true | undefined;
  /** Whether its routes can be moved to another link one by one, by a change of their integrations. */
  readonly routesMove?: true | undefined;
  /** Set where a stage of it can be moved to another link with another load balancer behind it. `route`: what texts call a route: `method`. */
  readonly stagesMove?: { readonly route: string } | undefined;
  /** The authorizations that its routes can have, as text. Default: `of a kind that the gateway has`. */
  readonly authorizers: string;
  /** Whether its stages can deploy changes by themselves, and one of them can be `$default`. */
  readonly deploysItself?: true | undefined;
  /** The one route whose authorization counts for calls of all routes. */
  readonly authorizedAt?: string | undefined;
  /** The command that shows what a stage serves, with the placeholders `{gateway}` and `{stage}`. */
  readonly exportedBy?: string | undefined;
  /** The kinds of link that its routes can use. */
  readonly links: readonly LinkKind[];
  /**
   * All its routes use one link, and it moves as a whole; each route is published separately, to stages that
   * the spec names. Otherwise each route has its own link, and a stage contains all routes as of its last
   * deployment. Default: `false`.
   */
  readonly movesAsOne: boolean;
  /** The references to targets that its routes cannot have, although their link can. */
  readonly refuses?: readonly string[] | undefined;
  /** How much one may have of something: `resources` are the parts of the paths of its routes, as a tree. */
  readonly quotas?: Readonly<Partial<Record<'routes' | 'integrations' | 'resources' | 'stages', Quota>>> | undefined;
  /** How many an account may have in a region; kinds may share one quota. Private ones do not count. */
  readonly quota?: Quota | undefined;
  /** What `postern quotas` counts of one besides `quotas`, and no check compares. */
  readonly counted?: Readonly<Partial<Record<'routes' | 'domains', Quota>>> | undefined;
  /** How long its routes may wait for an answer, where a spec can declare that. The most is also the default. */
  readonly timeout?: TimeoutRule | undefined;
  /** How long a route waits for an answer where a spec cannot declare that, in milliseconds. */
  readonly answersWithinMs?: number | undefined;
  /**
   * How long callers may still reach the old link after the gateway moved to another one as a whole, in
   * milliseconds. Undefined: a change takes seconds.
   */
  readonly movesWithinMs?: number | undefined;
  /** The stages that routes are published to where a spec names none; undefined where it cannot name any. */
  readonly publishedTo?: readonly string[] | undefined;
  /** Whether the stages of `publishedTo` are all stages of the gateway: a spec names none. */
  readonly stagesAreFixed?: true | undefined;
  /** What keys of its routes may be, where that is held when a spec is read. */
  readonly paths?: PathSyntax | undefined;
  /** What keys of its routes look like. Default: `ROUTE_KEY`, a method and a path. */
  readonly keys: RegExp;
  /** The settings of a new route for which a spec declares none. */
  readonly newRoute?: RouteSettings | undefined;
  /** The host of calls where neither the route nor its target names one: the DNS name of a load balancer. */
  readonly balancerHost?: RegExp | undefined;
  /** The settings that a spec can declare for its routes. Default: none. */
  readonly settings: readonly (keyof RouteSettings)[];
  /** The settings that a spec can declare for its stages, beside the ID of the gateway. */
  readonly stageSettings?: readonly (keyof StageSettings)[] | undefined;
  /** What the cache of a stage may be, where a stage can have one: gigabytes, and the longest time that an answer is kept. */
  readonly cache?: { readonly sizes: readonly number[]; readonly mostSeconds: number } | undefined;
  /** What a stage has of them that was not changed. */
  readonly newStage?: StageSettings | undefined;
  /** What to do about settings of routes or stages that the kind does not have, by the key in the spec: sentences. */
  readonly instead?: Readonly<Record<string, string>> | undefined;
  /** Where the throttles of its routes are kept; undefined: with the route. */
  readonly throttledAt?: 'stage' | undefined;
  /** The calls per second of all its gateways together, above which calls are refused whatever a throttle says. */
  readonly calls?: Quota | undefined;
  /** The operation by which the cloud calls a backend itself, and whether it sends a request or only connects. */
  readonly testCall?:
    | {
        readonly operation: string;
        readonly sendsRequest: boolean;
        /** The call is of the route as it is written and not deployed; otherwise of any link and target. */
        readonly ofWorkingCopy?: true | undefined;
      }
    | undefined;
  /**
   * How a new link is tested by a route that exists for that time only. `call`: it is called at its public address, and so is
   * each route that moved, for gateways whose stages can deploy by themselves. `test-call`: by the cloud's own test call, for
   * those whose routes callers reach with a deployment.
   */
  readonly testedByRoute?: 'call' | 'test-call' | undefined;
  /** Whether a spec names the one stage that routes are deployed to. It is created with the first deployment. */
  readonly stageIsNamed?: true | undefined;
}

/**
 * How long a gateway may still use the former link or target of a route after it accepted the change, in milliseconds.
 * The clouds name no time; changes were seen in calls within seconds [I].
 */
export const CHANGE_MS = 5_000;
