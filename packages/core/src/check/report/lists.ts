import { alikeGaps } from '../../do/findings/alike-gaps.js';
import type { Report, OpenFinding, Severity, Verdict, ReportGap } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import { similarText } from '../../ground/text/similar-text.js';

/** Lines below one heading of a report. */
export interface ReportList {
  readonly heading: string;
  readonly items: readonly string[];
}

/**
 * What the spec ignores: for each check and reason the first finding, and how many others it concerns. `text` is not safe yet: names
 * and reasons are from outside.
 */
export function suppressedOf(
  findings: Report['findings'],
): readonly { readonly check: string; readonly text: string }[] {
  const byReason = new Map<string, { check: string; reason: string; subjects: string[] }>();
  for (const { check, integration, subject, suppressed } of findings) {
    if (suppressed === undefined) continue;

    const reason = `${suppressed.reason}${suppressed.until === undefined ? '' : `, until ${suppressed.until}`}`;
    const key = JSON.stringify([check, reason]);
    const alike = byReason.get(key) ?? { check, reason, subjects: [] };
    byReason.set(key, alike);
    alike.subjects.push(integration === null ? subject : `${subject} of ${integration}`);
  }
  return [...byReason.values()].map(({ check, reason, subjects: [first = '', ...likewise] }) => ({
    check,
    text: `${first}: ${reason}${likewise.length === 0 ? '' : `; ${similarText(likewise)}`}`,
  }));
}

/** What a report has besides its open findings: what the spec ignores, what could not be read, and what is assumed. Safe text. */
export function listsOf({ findings, gaps, assumptions }: Report): readonly ReportList[] {
  return [
    {
      heading: 'suppressed',
      items: suppressedOf(findings).map(({ check, text }) => `${displayText(check)}  ${displayText(text)}`),
    },
    {
      heading: 'could not be read',
      items: alikeGaps(gaps).map(({ what, operation, code, permission, region, account }) => {
        const cure = permission === undefined ? '' : `; allow ${displayText(permission)}`;
        return `${displayText(what)} (${displayText(region)}, account ${displayText(account)}): ${displayText(operation)} returned ${displayText(code)}${cure}`;
      }),
    },
    {
      heading: 'assumed',
      items: assumptions.map(({ path, text }) => `${displayText(path)}: ${displayText(text)}`),
    },
  ].filter(({ items }) => items.length > 0);
}

/** `✓`, `✗`, `?`. */
export const MARKS: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', unknown: '?' };

const SEVERITY_MARKS: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };

/** The mark of a finding that did not pass: that of its severity, or `?` where the result cannot be determined. */
export function markOf({ verdict, severity }: Pick<OpenFinding, 'verdict' | 'severity'>): string {
  return verdict === 'unknown' ? MARKS.unknown : SEVERITY_MARKS[severity];
}

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
