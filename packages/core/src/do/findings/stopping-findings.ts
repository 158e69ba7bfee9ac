import type { PlanFinding } from './finding.js';

/**
 * The findings that stop `apply`: errors that remain after the plan and are not ignored. What the first calls end does
 * not stop it: without routes there are no calls.
 */
export function stoppingFindings(findings: readonly PlanFinding[]): readonly PlanFinding[] {
  return findings.filter(
    ({ verdict, severity, mendedBy, mended, ignored }) =>
      verdict === 'fail' && severity === 'error' && mended !== true && ignored !== true && mendedBy !== 'calls',
  );
}
