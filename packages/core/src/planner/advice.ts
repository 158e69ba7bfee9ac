import type { Verdict } from '../do/findings/finding.js';
import type { Feature } from './needs/needs.js';
import type { Json } from '../ground/json.js';
import type { CostPart } from './cost/cost.js';

/** The version of what `postern advise --json` prints. */
export const ADVICE_VERSION = 1;

/** Why an option fits or does not, and what else must be known of it. A code never changes its meaning. */
export type ReasonCode =
  | 'FITS'
  | 'FEATURE_MISSING'
  | 'FEATURE_UNKNOWN'
  | 'PROTOCOL_NOT_SERVED'
  | 'PROTOCOL_UNKNOWN'
  | 'PRODUCT_NOT_IN_REGION'
  | 'REGION_UNKNOWN'
  | 'PRODUCT_RETIRED'
  | 'PRODUCT_RETIRING'
  | 'QUOTA_EXCEEDED'
  | 'QUOTA_UNKNOWN'
  | 'QUOTA_BY_DEFAULT'
  | 'GATEWAYS_EXCEEDED'
  | 'RATE_EXCEEDED'
  | 'PAYLOAD_TOO_LARGE'
  | 'PAYLOAD_UNKNOWN'
  | 'TIMEOUT_SHORTER'
  | 'BUDGET_EXCEEDED'
  | 'BUDGET_UNKNOWN'
  | 'CROSS_ACCOUNT'
  | 'SEPARATE_VPCS'
  | 'PEAKS'
  | 'NOT_SERVED_BY_POSTERN'
  | 'SPLIT'
  | 'CEILING'
  | 'INDEPENDENT_DEPLOYMENTS'
  | 'SHARED_DEPLOYMENTS'
  | 'BLAST_RADIUS'
  | 'HOPS'
  | 'COST'
  | 'COST_UNKNOWN'
  | 'RANK';

/** Why an option fits, or does not. */
export interface Reason {
  readonly code: ReasonCode;
  /** `fail`: the option does not fit because of it. `pass`: what must be known of it. */
  readonly verdict: Verdict;
  readonly message: string;
}

/** The quota that an option reaches first. */
export interface Binding {
  readonly quota: string;
  /** Null: unknown. */
  readonly limit: number | null;
  /** With what exists already. Null where that is unknown. */
  readonly needed: number | null;
  /** `account`: read from it. `default`: what every account has. */
  readonly source: 'account' | 'default' | 'unknown';
}

/** Whether an option serves all needs. */
export type Fit = 'yes' | 'no' | 'unknown';

/** What can be said of one option. */
export interface OptionAdvice {
  /** `http-v2`. */
  readonly id: string;
  readonly title: string;
  readonly fits: Fit;
  /** From 1. */
  readonly rank: number;
  readonly reasons: readonly Reason[];
  /** Null where no quota is known. */
  readonly binding: Binding | null;
  /** In US dollars; null where a part is not known. */
  readonly monthlyUsd: number | null;
  /** Where those prices apply: the region of the needs, or the only one whose prices are known. */
  readonly priceRegion: string;
  /** What a call passes between the link and the service; of split needs, a request. */
  readonly hops: readonly string[];
  /** A spec with placeholders for IDs; null where the option does not fit, or Postern does not serve its product. */
  readonly spec: Json | null;
  /** What the services need, and the spec does not set: it is set on the API. */
  readonly notInSpec: readonly Feature[];
  /** `HTTP API -> VPC link V2 -> 2 ALBs -> 3 services`; of split needs, both parts with ` + ` between them. */
  readonly picture: string;
  readonly costParts: readonly CostPart[];
}

/** The options for needs, best first. */
export interface Advice {
  readonly version: typeof ADVICE_VERSION;
  readonly options: readonly OptionAdvice[];
}

/** Advice in the form that `postern advise --json` prints. */
export function adviceJson({ version, options }: Advice): Json {
  return {
    version,
    options: options.map(({ id, fits, rank, reasons, binding, monthlyUsd, priceRegion, hops, spec }) => ({
      id,
      fits,
      rank,
      reasons: reasons.map(({ code, message }) => ({ code, message })),
      binding: binding === null ? null : { ...binding },
      monthlyUsd,
      priceRegion,
      hops,
      spec,
    })),
  };
}
