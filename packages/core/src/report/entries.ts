import type { Report } from '../findings/finding.js';
import { groupsBy, type Group } from './groups.js';
import { likewise, type Entry } from './likewise.js';
import { bySameCause, type Told } from './same-cause.js';

export type { Entry } from './likewise.js';

/** The limit of findings that are compared with each other. */
const MOST_COMPARED = 4000;

/**
 * The entries of a text report: failures and unknowns that are not ignored, by integration. Findings with one
 * cause, or with the same message about several resources, become one entry. At most `most` entries are
 * returned. `hidden` counts the findings that are in none of them. `combined` is set where several findings
 * are in one entry.
 */
export function entriesOf(
  { findings }: Report,
  most: number,
): { readonly groups: readonly Group<Entry>[]; readonly hidden: number; readonly combined?: string | undefined } {
  const shown = findings.filter(({ verdict, suppressed }) => verdict !== 'pass' && suppressed === undefined);
  const groups: Group<Entry>[] = [];
  let left = most;
  let seen = 0;
  for (const { integration, findings: told } of groupsBy(bySameCause(shown.slice(0, MOST_COMPARED)), integrationOf)) {
    if (left <= 0) break;
    const entries = likewise(told).slice(0, left);
    groups.push({ integration, findings: entries });
    left -= entries.length;
    for (const { also, likewise: others } of entries) seen += (1 + also.length) * (1 + others.length);
  }
  const entries = most - left;
  const combined = seen > entries ? `${seen} findings in ${entries} ${entries === 1 ? 'entry' : 'entries'}` : undefined;
  return { groups, hidden: shown.length - seen, combined };
}

/** Of the findings of an entry; none where they are of several. */
function integrationOf({ finding, also }: Told): string | null {
  const isShared = [finding, ...also].every(({ verdict }) => verdict === 'unknown');
  return isShared && also.some(({ integration }) => integration !== finding.integration) ? null : finding.integration;
}
