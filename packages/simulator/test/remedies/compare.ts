import type { Finding, Report } from '@postern/core/internal/library';

const RANK = { pass: 0, unknown: 1, fail: 2 } as const;

/** A path ends at the first hop that blocks it: a block at a later hop counts as the same finding. */
const key = ({ check, subject, integration }: Finding): string =>
  check.startsWith('path/') ? `path ${integration}` : `${check} ${integration} ${subject}`;

/** Failures of severity error. */
export function errorsOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error');
}

/**
 * Whether a failure is no longer reported; for paths, and the ways of health checks, whether the same hop no longer blocks them: one block
 * hides the next. A remedy has a sentence for each block of some path: it changes where one of them was done.
 */
export function isGone({ check, subject, integration, message, remedy }: Finding, { findings }: Report): boolean {
  const isWalk = check.startsWith('path/') || check === 'target/healthy';
  return !findings.some(
    (one) =>
      one.verdict === 'fail' &&
      one.check === check &&
      one.integration === integration &&
      one.subject === subject &&
      (!isWalk || (one.message === message && one.remedy === remedy)),
  );
}

/** Each finding that is worse than before, or is new and not a pass. */
export function worsened(before: Report, after: Report): readonly string[] {
  const known = new Map<string, number>();
  for (const one of before.findings) known.set(key(one), Math.max(known.get(key(one)) ?? 0, RANK[one.verdict]));
  return after.findings
    .filter((one) => RANK[one.verdict] > (known.get(key(one)) ?? 0))
    .map((one) => `${one.verdict} ${one.severity} ${key(one)}: ${one.message}`);
}
