import type { ReportGap } from '../findings/finding.js';

/**
 * Gaps as people are told of them: one refused call may leave several lists of a place without something, and is told once. The JSON
 * report has each, with its list.
 */
export function toldGaps(gaps: readonly ReportGap[]): readonly ReportGap[] {
  const told = new Map<string, ReportGap>();
  for (const gap of gaps) {
    const { provider, region, account, what, operation, code, permission } = gap;
    const key = JSON.stringify([provider, region, account, what, operation, code, permission]);
    if (!told.has(key)) told.set(key, gap);
  }
  return [...told.values()];
}
