import type { Finding, Severity, Verdict } from './finding.js';

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const VERDICT: Readonly<Record<Verdict, number>> = { fail: 0, unknown: 1, pass: 2 };

/** What has to be acted on first: failed errors, unknown errors, failed warnings, … and what passed last. */
function rank({ verdict, severity }: Finding): number {
  return verdict === 'pass' ? 9 : SEVERITY[severity] * 2 + VERDICT[verdict];
}

/**
 * Findings in the order of a report: those about no one integration first, then as `integrations` lists them; in each the most
 * urgent first, of those by check, subject and message, as code units compare.
 */
export function inOrder(findings: readonly Finding[], integrations: readonly string[]): readonly Finding[] {
  const place = new Map<string | null, number>([[null, -1], ...integrations.map((name, at) => [name, at] as const)]);
  const placeOf = ({ integration }: Finding): number => place.get(integration) ?? integrations.length;
  return findings.toSorted(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      compare(a.integration ?? '', b.integration ?? '') ||
      rank(a) - rank(b) ||
      compare(a.check, b.check) ||
      compare(a.subject, b.subject) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
