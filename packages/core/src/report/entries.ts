import { isOpen, type Report } from '../findings/finding.js';
import { groupsBy } from './groups.js';
import { mergeSimilar, type Entry } from './merge-similar.js';
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

/** The limit of findings that are compared with each other. */
const MOST_COMPARED = 4000;

/**
 * The entries of a text report: failures and unknowns that are not ignored, by integration. Findings with one
 * cause, or with the same message about several resources, become one entry. So do those of several integrations where
 * one remedy ends them all. At most `most` entries are returned. `shown` counts their findings, `hidden` those that are
 * in none of them.
 */
export function entriesOf(
  { findings }: Report,
  most: number,
): {
  readonly groups: readonly EntryGroup[];
  readonly hidden: number;
  readonly shown: number;
  /** Set where several findings are in one entry. */
  readonly combined?: string | undefined;
} {
  const open = findings.filter(isOpen).filter(({ suppressed }) => suppressed === undefined);
  const told = bySameCause(open.slice(0, MOST_COMPARED));
  const all = mergeSimilar(told, scopesOf(told)).slice(0, most);
  const groups = groupsBy(all, groupKey).map(({ findings: entries }): EntryGroup => {
    const [first] = entries;
    return { of: first === undefined ? 'none' : groupOf(first), findings: entries };
  });
  const shown = all.reduce((sum, { also, likewise: others }) => sum + (1 + also.length) * (1 + others.length), 0);
  const combined =
    shown > all.length ? `${shown} findings in ${all.length} ${all.length === 1 ? 'entry' : 'entries'}` : undefined;
  return { groups, shown, hidden: open.length - shown, combined };
}

/**
 * Findings are compared within their integration; those that one remedy ends in several integrations, with each other.
 */
function scopesOf(told: readonly MergedFinding[]): (one: MergedFinding) => string {
  const integrations = new Map<string, string | null>();
  const several = new Set<string>();
  for (const one of told) {
    const cure = cureOf(one);
    if (cure === undefined) continue;
    const { integration } = one.finding;
    if (!integrations.has(cure)) integrations.set(cure, integration);
    else if (integrations.get(cure) !== integration) several.add(cure);
  }
  return (one) => {
    const cure = cureOf(one);
    return cure !== undefined && several.has(cure) ? cure : JSON.stringify(integrationOf(one));
  };
}

/** What ends a finding of an integration: findings of one check and code with the same remedy have one cause. */
function cureOf({ finding, also }: MergedFinding): string | undefined {
  const { check, code, verdict, integration, remedy } = finding;
  if (integration === null || remedy === undefined) return undefined;
  return JSON.stringify([check, code, verdict, remedy, also.map((one) => [one.check, one.remedy])]);
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
