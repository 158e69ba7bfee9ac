import type { OpenFinding, Report } from '../../do/findings/finding.js';
import { subjectOf } from '../../do/findings/subject.js';
import { counted } from '../../ground/text/quantities.js';
import { kindOf, tally, tallyTextWith, type OpenKind } from './tally.js';

/**
 * The numbers of a report, in which findings with one cause count once, and how many things such a cause is about:
 * `1 error (on 2 paths), 1 note, 40 passed`.
 * @param causes the open findings, those of one cause together
 */
export function causesText(causes: readonly (readonly OpenFinding[])[], report: Report, passed?: number): string {
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
