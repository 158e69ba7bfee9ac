import type { Quota } from '../../do/kinds/quota.js';
import type { Missing, RegionIndex } from '../../do/world/views.js';

/**
 * The limit for the number of resources; `missing` where the number may exceed it, and the limit of this
 * account was not read.
 */
export function limitFor(
  region: RegionIndex,
  quota: Quota,
  count: number,
): { readonly limit: number; readonly missing?: Missing | undefined } {
  const { name, byDefault, code } = quota;
  const applied = region.region.quotas?.[name];
  if (applied !== undefined || code === undefined || count <= byDefault) return { limit: applied ?? byDefault };

  return { limit: byDefault, missing: quotaMissing(region, quota) };
}

/** What is missing where the value of a quota of an account was not read. */
export function quotaMissing(index: RegionIndex, { name, what, code, source }: Quota): Missing {
  const gap = index.missing('quotas', name) ?? index.missing('quotas');
  if (gap?.failed === true) return gap;

  const { provider, region } = index.region;
  const read = index.clouds.named(provider)?.quotasRead;
  const fact = `the quota of ${what} in ${region}`;
  if (read === undefined) return { what: fact, remedy: `See ${source}, and read the quotas of the account.` };

  const { permission, console } = read;
  const remedy = `Allow ${permission} for these credentials, or look ${code ?? name} up in ${console}.`;
  return { what: fact, remedy, permission };
}
