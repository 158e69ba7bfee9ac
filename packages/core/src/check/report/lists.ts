import { alikeGaps } from '../../do/findings/alike-gaps.js';
import type { Report } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';

/** Lines below one heading of a report. */
export interface ReportList {
  readonly heading: string;
  readonly items: readonly string[];
}

/** What a report has besides its open findings: what the spec ignores, what could not be read, and what is assumed. Safe text. */
export function listsOf({ findings, gaps, assumptions }: Report): readonly ReportList[] {
  return [
    {
      heading: 'suppressed',
      items: findings.flatMap(({ check, integration, subject, suppressed }) => {
        if (suppressed === undefined) return [];
        const of = integration === null ? '' : ` of ${displayText(integration)}`;
        const until = suppressed.until === undefined ? '' : `, until ${suppressed.until}`;
        return [`${check}  ${displayText(subject)}${of}: ${displayText(suppressed.reason)}${until}`];
      }),
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
