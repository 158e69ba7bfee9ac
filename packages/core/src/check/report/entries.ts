import { isOpen, type Report, type OpenFinding } from '../../do/findings/finding.js';
import { mostUrgentFirst } from '../../do/findings/named-findings.js';
import { mergeSimilar, statementsOf, type Entry } from './merge-similar.js';
import { groupsBy, bySameCause, type MergedFinding } from './same-cause.js';
import { subjectOf } from '../../do/findings/subject.js';
import { counted } from '../../ground/text/quantities.js';
import { kindOf, tally, tallyTextWith, type OpenKind } from './tally.js';

/**
 * The numbers of a report, in which findings with one cause count once, and how many things such a cause is about:
 * `1 error (on 2 paths), 1 note, 40 passed`.
 * @param causes the open findings, those of one cause together
 */
function causesText(causes: readonly (readonly OpenFinding[])[], report: Report, passed?: number): string {
  const { suppressed, passed: all } = tally(report, passed);
  const of = (kind: OpenKind): Count => countOf(kind, causes);
  const [error, warning, note, unknown] = [of('error'), of('warning'), of('note'), of('unknown')];
  const failed = { error: error.number, warning: warning.number, note: note.number };
  return tallyTextWith(
    { failed, unknown: unknown.number, suppressed, passed: all },
    { error: error.where, warning: warning.where, note: note.where, unknown: unknown.where },
  );
}

interface Count {
  readonly number: number;
  /** ` (on 2 paths)`; empty where each cause is about one thing. */
  readonly where: string;
}

/** The causes with a finding of a kind, and what they are about. */
function countOf(kind: OpenKind, causes: readonly (readonly OpenFinding[])[]): Count {
  const having = causes.map((of) => of.filter((one) => kindOf(one) === kind)).filter((of) => of.length > 0);
  const places = having.map(placesOf);
  const count = places.reduce((sum, { number }) => sum + number, 0);
  if (count <= having.length) return { number: having.length, where: '' };

  const [noun = '', ...others] = new Set(places.map((one) => one.noun));
  const where = others.length === 0 && noun !== PLACE ? `on ${counted(count, noun)}` : `in ${counted(count, PLACE)}`;
  return { number: having.length, where: ` (${where})` };
}

/** The noun of things of several kinds. */
const PLACE = 'place';

/** The things that findings of one cause are about: where some are about paths, those paths. */
function placesOf(findings: readonly OpenFinding[]): { readonly noun: string; readonly number: number } {
  const walks = findings.filter(({ about }) => about.some(({ kind }) => kind === 'source'));
  if (walks.length > 0) return { noun: 'path', number: new Set(walks.map(pathOf)).size };

  const things = findings.map((one) => ({
    integration: one.integration,
    of: subjectOf('target', one) ?? one.about[0],
  }));
  const kinds = new Set(things.map(({ of }) => of?.kind ?? ''));
  const labels = new Set(things.map(({ integration, of }, at) => JSON.stringify([integration, of?.label ?? at])));
  const [noun = ''] = kinds;
  return { noun: kinds.size > 1 || !SINGULAR.test(noun) ? PLACE : noun, number: labels.size };
}

/** A kind whose plural has an `s` at its end. */
const SINGULAR = /[^sy]$|[aeou]y$/;

/** The path of a finding, without the hop at which it stops. */
function pathOf({ integration, about }: OpenFinding): string {
  return JSON.stringify([integration, about.filter(({ kind }) => kind !== 'hop').map(({ label }) => label)]);
}

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
