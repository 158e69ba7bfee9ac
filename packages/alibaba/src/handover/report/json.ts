import { jsonText } from '@postern/core/report';
import type { Assessment } from '../assess/assessment.js';

/** An assessment as one JSON document, members in a fixed order. The same assessment gives the same bytes. */
export function assessmentJson(assessment: Assessment): string {
  const {
    version,
    digest,
    takenAt,
    provider,
    region,
    account,
    group,
    verdict,
    ready,
    counts,
    calendar,
    stages,
    apis,
    items,
    gaps,
  } = assessment;
  return `${jsonText({ version, digest, takenAt, provider, region, account, group, verdict, ready, counts, calendar, stages, apis, items, gaps }, 2)}\n`;
}
