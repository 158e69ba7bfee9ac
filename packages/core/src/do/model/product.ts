/** The product of each provider that was the only one: files and drivers that name none are of it. */
const FIRST = 'api-gateway';

/**
 * The product of a provider for a region of a snapshot, a driver or a unit: a provider may have several, each
 * with its own links and gateways. By default the provider's first product.
 */
export function productOf({ product }: { readonly product?: string | undefined }): string {
  return product ?? FIRST;
}

/** Whether two are of one provider, product and region. */
export function isSameService(a: Service, b: Service): boolean {
  return a.provider === b.provider && a.region === b.region && productOf(a) === productOf(b);
}

/** What is offered in a region. */
export interface Service {
  readonly provider: string;
  readonly product?: string | undefined;
  readonly region: string;
}

/** Whether two are of one provider, product, region and account: regions are copied, so that an object tells nothing. */
export function isSamePlace(a: Place, b: Place): boolean {
  return isSameService(a, b) && a.account === b.account;
}

/** A region of a snapshot, as far as it is distinguished from others. */
export type Place = Service & { readonly account?: string | undefined };

/** The key that distinguishes regions of snapshots: provider, product, region and account. */
export function placeKey(place: Place): string {
  return JSON.stringify([place.provider, productOf(place), place.region, place.account ?? null]);
}
