import { isOpen, type Report } from '../../do/findings/finding.js';
import { mostUrgentFirst } from '../../do/findings/named-findings.js';
import { causesText } from './causes-text.js';
import { groupsBy } from './hops.js';
import { mergeSimilar, statementsOf, type Entry } from './merge-similar.js';
import { bySameCause, type MergedFinding } from './same-cause.js';

export type { Entry } from './merge-similar.js';

/** Entries below one heading. */
export interface EntryGroup {
  /** The name of an integration; `several` for a cause that several have; `none` for what belongs to none. */
  readonly of: { readonly integration: string } | 'several' | 'none';
  readonly findings: readonly Entry[];
}

/** The headings of findings that do not belong to one integration. */
export const HEADINGS = { several: 'Several integrations', none: 'Links and gateways' } as const;

/** The limit of entries in a report for people; the JSON report contains all. */
export const MOST_ENTRIES = 200;

/** The limit of findings that are compared with each other. */
const MOST_COMPARED = 4000;

/**
 * The entries of a text report: failures and unknowns that are not ignored, by integration. What has to be acted on
 * first is first: an integration with an error is before one without, and before notes about gateways. Findings with one
 * cause, or with the same message about several resources, become one entry. So do those of several integrations where
 * one remedy ends them all, or where {@link MANY} integrations have them. At most `most` entries are returned. `shown`
 * counts their findings, `hidden` those that are in none of them.
 * @param passed how many passed, where the report leaves them out
 */
export function entriesOf(
  report: Report,
  most: number,
  passed?: number,
): {
  readonly groups: readonly EntryGroup[];
  readonly hidden: number;
  readonly shown: number;
  /** The numbers of the report, in which an entry counts once: `1 error (on 2 paths), 40 passed`. */
  readonly counts: string;
} {
  const open = mostUrgentFirst(report.findings.filter(isOpen).filter(({ suppressed }) => suppressed === undefined));
  const merged = bySameCause(open.slice(0, MOST_COMPARED));
  const entries = mergeSimilar(merged, scopesOf(merged));
  const all = entries.slice(0, most);
  const groups = groupsBy(all, groupKey).map(({ findings: entries }): EntryGroup => {
    const [first] = entries;
    return { of: first === undefined ? 'none' : groupOf(first), findings: entries };
  });
  const shown = all.reduce((sum, { findings: said }) => sum + said.length, 0);
  const single = open.slice(MOST_COMPARED).map((one) => [one]);
  const counts = causesText([...entries.map(({ findings: of }) => of), ...single], report, passed);
  return { groups, shown, hidden: open.length - shown, counts };
}

/** From so many integrations on, findings alike are one entry, although each has a remedy of its own. */
const MANY = 3;

/** Findings are compared within their integration, and with those of other integrations as {@link entriesOf} says. */
function scopesOf(merged: readonly MergedFinding[]): (one: MergedFinding) => string {
  const integrations = new Map<string, Set<string>>();
  for (const one of merged) {
    const { integration } = one.finding;
    if (integration === null) continue;

    for (const { key } of alikeAcross(one)) {
      const having = integrations.get(key) ?? new Set();
      integrations.set(key, having.add(integration));
    }
  }
  return (one) => {
    if (one.finding.integration === null) return 'none';

    const shared = alikeAcross(one).find(({ key, least }) => (integrations.get(key)?.size ?? 0) >= least);
    return shared?.key ?? JSON.stringify(integrationOf(one));
  };
}

/** In what findings of several integrations are alike, the widest first, and how many must have it to be one entry. */
function alikeAcross({ finding, also }: MergedFinding): readonly { readonly key: string; readonly least: number }[] {
  const { remedy } = finding;
  const statement = statementsOf([finding, ...also]);
  const cure = [remedy, also.map((one) => one.remedy)];
  return [
    { key: JSON.stringify(statement), least: MANY },
    ...(remedy === undefined ? [] : [{ key: JSON.stringify([statement, cure]), least: 2 }]),
  ];
}

function groupOf(entry: Entry): EntryGroup['of'] {
  if (entry.integrations.length > 1) return 'several';

  const integration = integrationOf(entry);
  return integration === null ? 'none' : { integration };
}

function groupKey(entry: Entry): string {
  const of = groupOf(entry);
  return typeof of === 'string' ? of : `integration ${of.integration}`;
}

/** Of the findings of an entry; none where they are of several. */
function integrationOf({ finding, also }: MergedFinding): string | null {
  const isShared = [finding, ...also].every(({ verdict }) => verdict === 'unknown');
  return isShared && also.some(({ integration }) => integration !== finding.integration) ? null : finding.integration;
}
