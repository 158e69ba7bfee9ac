import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { LinkKind } from '../../do/model/link.js';
import type { Successor, Retirement } from '../../do/model/traits.js';
import type { Feature, Protocol } from '../needs/needs.js';
import type { Balancing, Instances } from './instances.js';

/** Whether something is offered; `unknown` where no page says it. */
export type Support = 'yes' | 'no' | 'unknown';

/** A number of something that one API has, and the part of it that each service adds. */
export interface PerApi<Q extends string = string> {
  readonly quota: Q;
  readonly perService: number;
  /** For the API itself: the root of a tree of paths. */
  readonly fixed?: number | undefined;
}

/** How many services an option can serve at most, by a formula over quotas. */
export interface Ceiling {
  /** `with an NLB for each service`. */
  readonly when: string;
  /** `min(links, routes-per-api / 2)`: names of quotas, with `+`, `-`, `*` and `/`. */
  readonly formula: string;
}

/** An option: a gateway, a link and load balancers, and their limits. `Q` are names of quotas of its cloud, `P` of its prices. */
export interface PlannerOption<Q extends string = string, P extends string = string> {
  /** `http-v2`. */
  readonly id: string;
  /** `HTTP API, VPC link V2, ALB`. */
  readonly title: string;
  /** Names in pictures. */
  readonly names: { readonly gateway: string; readonly link: string };
  /** The kinds of Postern; undefined where no adapter serves the product. */
  readonly gateway?: GatewayKind | undefined;
  readonly link?: LinkKind | undefined;
  /** Undefined: none are between link and services. */
  readonly balancing?: Balancing<P> | undefined;
  /** How a spec names a target of a service; undefined: the listener of its load balancer. The variable has the name of `key`. */
  readonly target?: { readonly key: string; readonly port: number } | undefined;
  /** What a call passes between the link and the service. */
  readonly hops: readonly string[];
  /** What is missing is unknown. */
  readonly features: Readonly<Partial<Record<Feature, Support>>>;
  /** The page that `features` are from. */
  readonly featuresFrom: string;
  readonly protocols: Readonly<Record<Protocol, Support>>;
  /** The largest request or answer in KB; undefined: not known. A streamed answer may be larger. */
  readonly payload?: { readonly mostKb: number; readonly source: string } | undefined;
  /** The longest that an answer may take. */
  readonly timeout?: Q | undefined;
  /** Whether a change of one route is published without the routes of others. */
  readonly routesDeployAlone: boolean;
  /** Each service needs an API of its own, with these routes: an API of messages has no paths. */
  readonly apiPerService?: { readonly routes: readonly string[] } | undefined;
  /** The quota of the number of APIs, of what one of them has, and of requests. */
  readonly apis?: Q | undefined;
  readonly perApi: readonly PerApi<Q>[];
  readonly requests?: Q | undefined;
  /** The requests that an account may have at once in a region, beside its rate. */
  readonly burstIn?: ((region: string) => number) | undefined;
  /** The quota of links. */
  readonly links?: Q | undefined;
  /**
   * What one link serves: a load balancer, a VPC, or all VPCs of the region. Undefined: no page says whether backends may
   * be in several VPCs.
   */
  readonly linkServes?: 'balancer' | 'vpc' | 'region' | undefined;
  readonly ceilings: readonly Ceiling[];
  /** The price of calls; undefined: an hourly price, or none that is known. */
  readonly calls?: P | undefined;
  /** The instances that are paid for by the hour. */
  readonly instance?: Instances | undefined;
  /** Whether the product is offered in a region. */
  readonly servedIn: (region: string) => Support;
  /** When the provider ends the product, and what it offers instead. */
  readonly retirement?: readonly Retirement[] | undefined;
  readonly successor?: Successor | undefined;
}
