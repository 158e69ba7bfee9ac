import type { CustomDomain } from '../model/custom-domain.js';
import type { Gateway } from '../model/gateway.js';
import { namedAddresses } from '../world/routes/custom-domains.js';
import { partsOfKey } from './probe-path.js';

/**
 * The addresses by which callers reach a route over custom domains: `https://api.example.com/orders/{id}`. One that another mapping of
 * the domain takes is missing, and so is one whose domain is not usable, or has rules that no snapshot has. Pure.
 */
export function routeAddresses(
  domains: readonly CustomDomain[] | undefined,
  gateway: Pick<Gateway, 'id' | 'settings'>,
  routeKey: string,
): readonly string[] {
  const { path = '' } = partsOfKey(routeKey);
  return namedAddresses(domains ?? [], gateway, path).map(({ address }) => address);
}
