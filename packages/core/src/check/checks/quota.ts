import type { Quota } from '../../do/kinds/quota.js';
import type { Missing, RegionIndex } from '../../do/world/views.js';

/**
 * The limit for the number of resources; `missing` where the number may exceed it, and the limit of this
 * account was not read.
 */
export function limitFor(
  region: RegionIndex,
  { name, what, byDefault, code }: Quota,
  count: number,
): { readonly limit: number; readonly missing?: Missing | undefined } {
  const applied = region.region.quotas?.[name];
  if (applied !== undefined || code === undefined || count <= byDefault) return { limit: applied ?? byDefault };
  const gap = region.missing('quotas', name);
  if (gap?.failed === true) return { limit: byDefault, missing: gap };
  const remedy = `Allow servicequotas:ListServiceQuotas for these credentials, or look ${code} up in the console of Service Quotas.`;
  return {
    limit: byDefault,
    missing: {
      what: `the quota of ${what} in ${region.region.region}`,
      remedy,
      permission: 'servicequotas:ListServiceQuotas',
    },
  };
}
