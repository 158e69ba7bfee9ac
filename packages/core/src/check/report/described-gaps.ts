import type { ReportGap } from '../../do/findings/finding.js';

/**
 * Gaps as the text report shows them: one refused call may leave several lists of a region incomplete, and is
 * reported once. The JSON report contains each, with its list.
 */
export function describedGaps(gaps: readonly ReportGap[]): readonly ReportGap[] {
  const described = new Map<string, ReportGap>();
  for (const gap of gaps) {
    const { provider, region, account, what, operation, code, permission } = gap;
    const key = JSON.stringify([provider, region, account, what, operation, code, permission]);
    if (!described.has(key)) described.set(key, gap);
  }
  return [...described.values()];
}
