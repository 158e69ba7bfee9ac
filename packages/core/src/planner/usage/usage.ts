import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { isAdjustable, defaultIn, type Quota } from '../../do/kinds/quota.js';
import type { Snapshot, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { countsIn, usedInRegion } from './counters.js';
import { counted } from '../../ground/text/quantities.js';
import { displayText, type Style } from '../../ground/text/display.js';

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
function limitOf(quota: Quota, region: RegionSnapshot): Limit {
  const read = region.quotas?.[quota.name];
  if (quota.code === undefined) return byDefault(quota, region.region);
  if (read !== undefined) return { value: read, source: 'account' };

  const isGap = region.unread !== undefined || region.gaps.some(({ of }) => of === undefined || of === 'quotas');
  return isGap ? { value: undefined, source: 'unknown' } : byDefault(quota, region.region);
}

function byDefault(quota: Quota, region: string): Limit {
  return { value: defaultIn(quota, region), source: 'default' };
}

/** How uses are shown. */
export interface QuotaTextOptions {
  /** From this share on, in percent, a use is marked. */
  readonly watchAt?: number | undefined;
  /** Shows each link, gateway and load balancer, and not only the fullest one of each quota. */
  readonly all?: boolean | undefined;
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}

/** Uses as text, one line each: the fullest first. */
export function quotaText(uses: readonly QuotaUse[], options: QuotaTextOptions = {}): string {
  const { watchAt = Number.POSITIVE_INFINITY, all = false, paint = (_, text) => text } = options;
  const shown = all ? uses : fullestOfEach(uses);
  const rows = shown.map((use) => {
    const { used, limit, percent, headroom, source, adjustable, code, what, subject } = use;
    const share = percent === null ? '?' : `${percent}%`;
    const isFull = percent !== null && percent >= watchAt;
    const mark = percent === null ? '?' : isFull ? '!' : ' ';
    const of = subject === null ? '' : ` of ${subject.name || subject.id}`;
    const kind = adjustable ? (code ?? 'by request') : 'fixed';
    const limitText = `${limit ?? '?'}${source === 'default' ? ' (default)' : ''}`;
    return {
      use,
      isFull,
      mark,
      cells: [share, `${used ?? '?'} of ${limitText}`, `${headroom ?? '?'} left`, kind, `${what}${of}`],
    };
  });
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...rows.map(({ cells }) => (cells[at] ?? '').length)));
  const lines = rows.flatMap(({ use, isFull, mark, cells }) => {
    const text = cells
      .map((cell, at) => (at === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ');
    const place = `${use.provider} ${use.region}`;
    const line = displayText(`${mark} ${text}  ${place}`.trimEnd());
    const why = use.missing === null ? `grows with ${use.grows}` : use.missing;
    return [isFull ? paint('error', line) : line, displayText(`      ${why}`)];
  });
  const hidden = uses.length - shown.length;
  if (hidden > 0) lines.push('', `${counted(hidden, 'more use')} of single resources: --full shows them.`);
  return `${lines.join('\n')}\n`;
}

/** Of the uses of one quota by several resources, the first: the fullest, since they are sorted. */
function fullestOfEach(uses: readonly QuotaUse[]): readonly QuotaUse[] {
  const known = new Set<string>();
  return uses.filter(({ provider, region, account, quota }) => {
    const key = JSON.stringify([provider, region, account, quota]);
    return known.has(key) ? false : known.add(key);
  });
}
