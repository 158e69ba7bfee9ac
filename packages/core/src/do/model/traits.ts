import { oneOf, optional, type Infer } from '../forms/form.js';
import { optionalText, text } from '../forms/values.js';

/** Differences between kinds of link that are visible to a caller, each with the underlying fact. */
export interface LinkTraits {
  /**
   * Creating a link costs money, so it needs an explicit permission (`allowPurchase`); and nothing deletes one without
   * another (`deleteInstances`). Default: `true`.
   */
  readonly linksCostMoney: boolean;
  /** A target is a resource of its own on this cloud (Alibaba Cloud's authorization), not just an ARN. Default: `false`. */
  readonly targetsAreResources: boolean;
  /**
   * The allowlist must be decided when the link is created (AWS: a security group managed by this project). Default: `false`.
   */
  readonly allowlistNeedsCreation: boolean;
  /** Entries of the allowlist carry ports. Where not, each entry is `{ protocol: 'all', fromPort: 0, toPort: 65535 }`. Default: `false`. */
  readonly allowlistHasPorts: boolean;
  /** Longest time for which a list may not show a created resource yet, in milliseconds. Default: a minute. */
  readonly stalenessMs: number;
  /** The polling interval for a pending link, in milliseconds. Default: five seconds. */
  readonly pollMs: number;
  /** The longest time until a link is ready, or deleted, in milliseconds. Default: ten minutes. */
  readonly linkTimeoutMs: number;
}

/** The same for kinds of gateway. */
export interface GatewayTraits {
  /** Stages without automatic deployment need a deployment after a change. Default: `false`, so that no stage is read or deployed. */
  readonly routesNeedDeployment: boolean;
}

/** The traits of a kind of link that the planner needs; see `LinkTraits`. */
export type PlanTraits = Pick<
  LinkTraits,
  'linksCostMoney' | 'targetsAreResources' | 'allowlistNeedsCreation' | 'allowlistHasPorts'
>;

export const retirementShape = {
  /** When it begins to hold, with the provider's offset: `2027-09-21T00:00:00+08:00`. */
  at: text,
  /** What ends, as the end of a sentence: `the service ends`. */
  what: text,
  /** The operation that ends then: creation of a link, its renewal, or any use. */
  ends: optional(oneOf('sale', 'renewal', 'service')),
  /** The provider's page with the announcement. */
  source: optionalText,
};

/** A day on which something about a product ends. */
export interface Retirement extends Infer<typeof retirementShape> {}

/** The replacement of a product, and the page that describes the migration. */
export interface Successor {
  readonly name: string;
  readonly page: string;
  /** What the provider's own tool for the way there does, and what Postern does beyond it: one sentence each. */
  readonly tool?: string | undefined;
}

/** The product of each provider that was the only one: files and drivers that name none are of it. */
const FIRST = 'api-gateway';

/**
 * The product of a provider for a region of a snapshot, a driver or a unit: a provider may have several, each
 * with its own links and gateways. By default the provider's first product.
 */
export function productOf({ product }: { readonly product?: string | undefined }): string {
  return product ?? FIRST;
}

/** Whether two have the same provider, product and region. */
export function isSameService(a: Service, b: Service): boolean {
  return a.provider === b.provider && a.region === b.region && productOf(a) === productOf(b);
}

/** What is offered in a region. */
export interface Service {
  readonly provider: string;
  readonly product?: string | undefined;
  readonly region: string;
}

/** Whether two regions have the same provider, product, region and account. Regions are copied, so objects are not compared. */
export function isSamePlace(a: Place, b: Place): boolean {
  return isSameService(a, b) && a.account === b.account;
}

/** A region of a snapshot, as far as it is distinguished from others. */
export type Place = Service & { readonly account?: string | undefined };

/** The key that distinguishes regions of snapshots: provider, product, region and account. */
export function placeKey(place: Place): string {
  return JSON.stringify([place.provider, productOf(place), place.region, place.account ?? null]);
}
