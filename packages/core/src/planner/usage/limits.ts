import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { defaultIn, type Quota } from '../../do/kinds/quota.js';
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
  readonly of: (quota: string) => Limit;
  /** What exists already; undefined where that was not read, 0 without a snapshot. */
  readonly used: (quota: string) => number | undefined;
  readonly quota: (name: string) => Quota;
  /** Whether a snapshot was given. */
  readonly isRead: boolean;
}

/** The limits of a region of a snapshot; without one, the defaults of every account. */
export function limitsIn(
  { provider, region }: { readonly provider: string; readonly region: string },
  clouds: Clouds,
  snapshot: RegionSnapshot | undefined,
  all: boolean,
): Limits {
  const quota = (name: string): Quota => clouds.quota(provider, name);
  return {
    quota,
    isRead: snapshot !== undefined,
    of: (name) => (snapshot === undefined ? byDefault(quota(name), region) : limitOf(quota(name), snapshot)),
    used: (name) => (snapshot === undefined ? 0 : usedInRegion(name, snapshot, { clouds, all })),
  };
}

/** The value of a limit to lay resources out by; where it is unknown, one of each. */
export function limitIn(limits: Limits, quota: string): number {
  return Math.max(1, limits.of(quota).value ?? 1);
}

/** The limit of an account in a region of a snapshot. */
export function limitOf(quota: Quota, region: RegionSnapshot): Limit {
  const read = region.quotas?.[quota.name];
  if (quota.code === undefined) return byDefault(quota, region.region);
  if (read !== undefined) return { value: read, source: 'account' };
  const isGap = region.unread !== undefined || region.gaps.some(({ of }) => of === undefined || of === 'quotas');
  return isGap ? { value: undefined, source: 'unknown' } : byDefault(quota, region.region);
}

function byDefault(quota: Quota, region: string): Limit {
  return { value: defaultIn(quota, region), source: 'default' };
}
