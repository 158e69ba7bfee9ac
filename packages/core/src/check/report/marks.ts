import type { OpenFinding, Severity, Verdict } from '../../do/findings/finding.js';

/** `✓`, `✗`, `?`. */
export const MARKS: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', unknown: '?' };

const SEVERITY_MARKS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };

/** The mark of a finding that did not pass: that of its severity, or `?` where the result cannot be determined. */
export function markOf({ verdict, severity }: Pick<OpenFinding, 'verdict' | 'severity'>): string {
  return verdict === 'unknown' ? MARKS.unknown : SEVERITY_MARKS[severity];
}
