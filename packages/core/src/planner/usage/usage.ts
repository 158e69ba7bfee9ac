import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { isAdjustable } from '../../do/kinds/quota.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { countsIn } from './counters.js';
import { limitOf } from './limits.js';

/** The version of what `postern quotas --json` prints. */
export const QUOTA_USES_VERSION = 1;

/** How much of a quota is in use, in an account and region, or by one resource of it. */
export interface QuotaUse {
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly quota: string;
  /** `VPC links V2`. */
  readonly what: string;
  /** `L-…` of Service Quotas. */
  readonly code: string | null;
  /** Of a quota of each link, gateway or load balancer: which one. Null: the account in its region. */
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string } | null;
  /** Null: not read; `missing` says why. */
  readonly used: number | null;
  /** Null: not read. */
  readonly limit: number | null;
  /** `account`: read from it. `default`: what every account has. */
  readonly source: 'account' | 'default' | 'unknown';
  readonly headroom: number | null;
  /** Of the limit, 0 to 100 and above. */
  readonly percent: number | null;
  readonly adjustable: boolean;
  readonly grows: string;
  readonly missing: string | null;
}

/** Every quota of a snapshot that the clouds of the set name, the fullest first; what is not known is last. Pure. */
export function quotaUses(snapshot: Snapshot, { clouds }: { readonly clouds: Clouds }): readonly QuotaUse[] {
  const all = snapshot.scope === 'all';
  const uses = snapshot.regions.flatMap((region) =>
    countsIn(region, { clouds, all }).map(({ quota, subject = null, used, missing }): QuotaUse => {
      const { value, source } = limitOf(quota, region);
      const isKnown = used !== undefined && value !== undefined;
      return {
        provider: region.provider,
        region: region.region,
        account: region.account,
        quota: quota.name,
        what: quota.what,
        code: quota.code ?? null,
        subject,
        used: used ?? null,
        limit: value ?? null,
        source,
        headroom: isKnown ? value - used : null,
        percent: isKnown ? percentOf(used, value) : null,
        adjustable: isAdjustable(quota),
        grows: quota.grows,
        missing: missing ?? (value === undefined ? 'the quota of the account was not read' : null),
      };
    }),
  );
  return uses.toSorted((a, b) => (b.percent ?? -1) - (a.percent ?? -1));
}

function percentOf(used: number, limit: number): number {
  if (limit === 0) return used === 0 ? 0 : 100;
  return Math.round((used / limit) * 1_000) / 10;
}

/** The uses at or above a share of their limits, in percent. What is not known is not among them. */
export function fullQuotas(uses: readonly QuotaUse[], watchAt: number): readonly QuotaUse[] {
  return uses.filter(({ percent }) => percent !== null && percent >= watchAt);
}
