import { QUOTAS, type QuotaName } from '../../do/kinds/quotas/index.js';
import { requestsPerSecondIn } from '../../do/kinds/quotas/api-gateway-quotas.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { usedInRegion } from './counters.js';

/** A limit: of the account, as it was read; the default of every account; or unknown, where it could not be read. */
export interface Limit {
  /** Undefined: unknown. */
  readonly value: number | undefined;
  readonly source: 'account' | 'default' | 'unknown';
}

/** The limits of an account and region, and how much of them is in use. */
export interface Limits {
  readonly of: (quota: QuotaName) => Limit;
  /** What exists already; undefined where that was not read, 0 without a snapshot. */
  readonly used: (quota: QuotaName) => number | undefined;
  /** Whether a snapshot was given. */
  readonly isRead: boolean;
}

/** The limits of a region of a snapshot; without one, the defaults of every account. */
export function limitsIn(
  place: { readonly region: string },
  snapshot: RegionSnapshot | undefined,
  all: boolean,
): Limits {
  return {
    isRead: snapshot !== undefined,
    of: (name) => (snapshot === undefined ? byDefault(name, place) : limitOf(name, snapshot)),
    used: (name) => (snapshot === undefined ? 0 : usedInRegion(name, snapshot, all)),
  };
}

/** The value of a limit to lay resources out by; where it is unknown, one of each. */
export function limitIn(limits: Limits, quota: QuotaName): number {
  return Math.max(1, limits.of(quota).value ?? 1);
}

/** The limit of an account in a region of a snapshot. */
export function limitOf(name: QuotaName, region: RegionSnapshot): Limit {
  const { code } = QUOTAS[name];
  const read = region.quotas?.[name];
  if (code === undefined) return byDefault(name, region);
  if (read !== undefined) return { value: read, source: 'account' };
  const isGap = region.unread !== undefined || region.gaps.some(({ of }) => of === undefined || of === 'quotas');
  return isGap ? { value: undefined, source: 'unknown' } : byDefault(name, region);
}

function byDefault(name: QuotaName, { region }: { readonly region: string }): Limit {
  const value = name === 'requests-per-second' ? requestsPerSecondIn(region) : QUOTAS[name].byDefault;
  return { value, source: 'default' };
}
