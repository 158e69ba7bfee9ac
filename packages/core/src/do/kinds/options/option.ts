import type { GatewayKind } from '../../model/gateway-kind.js';
import type { LinkKind } from '../../model/link.js';
import type { Retirement } from '../../model/traits.js';
import type { PriceName } from '../prices/price-table.js';
import type { QuotaName } from '../quotas/index.js';

/** The ways to connect a gateway to private backends. */
export type OptionId =
  | 'http-v2'
  | 'rest-v1-per-balancer'
  | 'rest-v1-many-listeners'
  | 'rest-v1-nlb-alb'
  | 'rest-v2'
  | 'websocket-v1'
  | 'alibaba-conventional'
  | 'alibaba-vpc-integration'
  | 'alibaba-apig';

/** What services can need of a gateway. */
export const FEATURES = [
  'authorizers',
  'usage-plans',
  'caching',
  'waf',
  'private-endpoint',
  'websocket',
  'streaming',
] as const;
export type Feature = (typeof FEATURES)[number];

/** What callers speak to a service. */
export const PROTOCOLS = ['http', 'https', 'grpc', 'websocket'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Whether something is offered; `unknown` where no page says it. */
export type Support = 'yes' | 'no' | 'unknown';

/**
 * Which load balancers are between link and services: an ALB for each team, with a rule for each service; an NLB for each
 * service; one NLB with a listener for each service; an ALB for each team, behind a shared NLB; a CLB for each service;
 * or none.
 */
export type Balancing =
  'alb-per-team' | 'nlb-per-service' | 'nlb-listeners' | 'alb-behind-nlb' | 'clb-per-service' | 'none';

/** A number of something that one API has, and the part of it that each service adds. */
export interface PerApi {
  readonly quota: QuotaName;
  /** For each service. */
  readonly perService: number;
  /** For the API itself: the root of a tree of paths. */
  readonly fixed?: number | undefined;
}

/** How many services an option can serve at most, by a formula over quotas. */
export interface Ceiling {
  /** `with an NLB for each service`. */
  readonly when: string;
  /** `min(vpc-links-v1, network-load-balancers)`. */
  readonly formula: string;
  readonly services: (limit: (quota: QuotaName) => number) => number;
}

/** An option: a gateway, a link and load balancers, and their limits. */
export interface OptionTraits {
  readonly id: OptionId;
  readonly provider: string;
  /** `HTTP API, VPC link V2, ALB`. */
  readonly title: string;
  /** Names in pictures. */
  readonly names: { readonly gateway: string; readonly link: string };
  /** The kinds of Postern; undefined where no adapter serves the product. */
  readonly gateway?: GatewayKind | undefined;
  readonly link?: LinkKind | undefined;
  readonly balancing: Balancing;
  /** What a call passes between the link and the service. */
  readonly hops: readonly string[];
  readonly features: Readonly<Record<Feature, Support>>;
  /** The page that `features` are from. */
  readonly featuresFrom: string;
  readonly protocols: Readonly<Record<Protocol, Support>>;
  /** The largest request or answer in KB; undefined: not known. A streamed answer may be larger. */
  readonly payload?: { readonly mostKb: number; readonly source: string } | undefined;
  /** The longest that an answer may take. */
  readonly timeout?: QuotaName | undefined;
  /** Whether a change of one route is published without the routes of others. */
  readonly routesDeployAlone: boolean;
  /** Whether each service needs an API of its own: a WebSocket API has no paths. */
  readonly apiPerService?: true | undefined;
  /** The quota of the number of APIs, of what one of them has, and of requests. */
  readonly apis?: QuotaName | undefined;
  readonly perApi: readonly PerApi[];
  readonly requests?: QuotaName | undefined;
  /** The quota of links. */
  readonly links?: QuotaName | undefined;
  /**
   * What one link serves: a load balancer, a VPC, or all VPCs of the region. Undefined: no page says whether backends may
   * be in several VPCs.
   */
  readonly linkServes?: 'balancer' | 'vpc' | 'region' | undefined;
  readonly ceilings: readonly Ceiling[];
  /** The price of calls; undefined: an hourly price, or none that is known. */
  readonly calls?: PriceName | undefined;
  /** Whether an instance is paid for by the hour; `unknown` where its price is not known. */
  readonly instance?: 'known' | 'unknown' | undefined;
  /** Whether the product is offered in a region. */
  readonly servedIn: (region: string) => Support;
  /** When the provider ends the product. */
  readonly retirement?: readonly Retirement[] | undefined;
}
