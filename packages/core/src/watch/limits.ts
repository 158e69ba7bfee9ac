import { isOpen, type Report } from '../do/findings/finding.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { quotaUses } from '../planner/usage/usage.js';
import type { WatchLimit } from './model.js';

/** Findings that say that a deadline or a quota is near: by check, the kind and the code. */
const NEAR: Readonly<Record<string, readonly [WatchLimit['kind'], string]>> = {
  'link/expiry': ['deadline', 'ENDS'],
  'link/retiring': ['deadline', 'END_ANNOUNCED'],
  'gateway/domain-certificate': ['deadline', 'EXPIRES'],
  'target/certificate': ['deadline', 'EXPIRES'],
  'link/quota': ['quota', 'QUOTA_EXCEEDED'],
  'link/subnet-quota': ['quota', 'QUOTA_EXCEEDED'],
  'link/group-quota': ['quota', 'QUOTA_EXCEEDED'],
  'gateway/quota': ['quota', 'QUOTA_EXCEEDED'],
};

/** A quota is near from this share of its limit on, in percent, and no longer near below the second one. */
const QUOTA_NEAR = 80;
const QUOTA_FAR = 75;

/**
 * The deadlines and quotas that are near, by a key that stays the same. One that was near stays so where it cannot be
 * determined.
 */
export function limitsOf(
  {
    report,
    snapshot,
    at,
    clouds,
  }: { readonly report: Report; readonly snapshot: Snapshot; readonly at: string; readonly clouds: Clouds },
  before: Readonly<Record<string, WatchLimit>>,
): Readonly<Record<string, WatchLimit>> {
  const undecided = new Set(report.findings.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  const found: Record<string, WatchLimit> = {};
  const add = (key: string, limit: Omit<WatchLimit, 'since'>): void => {
    found[key] = { ...limit, since: before[key]?.since ?? at };
  };
  for (const finding of report.findings) {
    const [kind, code] = NEAR[finding.check] ?? [];
    if (kind === undefined || !isOpen(finding) || finding.code !== code || finding.suppressed !== undefined) continue;

    const { check, subject, integration, message, remedy } = finding;
    add(JSON.stringify([check, integration, subject]), { kind, check, subject, message, ...(remedy && { remedy }) });
  }
  const measured = new Set<string>();
  for (const { provider, region, account, quota, what, subject, used, limit, percent } of quotaUses(snapshot, {
    clouds,
  })) {
    const key = JSON.stringify(['quota', provider, region, account, quota, subject?.id ?? null]);
    if (percent === null) continue;

    measured.add(key);
    if (percent < (Object.hasOwn(before, key) ? QUOTA_FAR : QUOTA_NEAR)) continue;

    const of = subject === null ? `${provider} ${region} of account ${account}` : `${subject.kind} ${subject.id}`;
    add(key, { kind: 'quota', check: quota, subject: of, message: `${what}: ${used} of ${limit} used (${percent} %)` });
  }
  for (const [key, limit] of Object.entries(before)) {
    const isKnown = limit.check in NEAR ? !undecided.has(limit.check) : measured.has(key);
    if (!isKnown && !Object.hasOwn(found, key)) found[key] = limit;
  }
  return found;
}
