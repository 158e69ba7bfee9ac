import { nearest } from '../../ground/text/nearest.js';
import type { Rule } from './check.js';
import type { Finding, PlanFinding, Severity, Verdict } from './finding.js';

/** How a user names findings: those of a check (`link/single-zone`) or a family (`path/*`), and of a subject. */
export interface NamedFindings {
  readonly check: string;
  /** The text of `Finding.subject`, in which `*` matches any text. Undefined: any subject. */
  readonly subject?: string | undefined;
}

/** Whether a finding is one of those that are named. */
export function findingsNamed({ check, subject }: NamedFindings): (finding: Finding) => boolean {
  const fits = matcher(subject);
  return (finding) => isMeant(finding.check, check) && fits(finding.subject);
}

/** Whether `named` is this check, or its family. */
export function isMeant(check: string, named: string): boolean {
  return named === check || isOfFamily(check, named);
}

/**
 * Whether `named` is a check or a family of `rules`, or belongs to a family that none of them has. If not, `meant` is
 * the ID that it resembles most.
 */
export function checkNamed(
  named: string,
  rules: readonly Rule[],
): { readonly is: 'known' | 'of another family' } | { readonly is: 'absent'; readonly meant: string | undefined } {
  if (rules.some(({ id }) => isMeant(id, named))) return { is: 'known' };

  const known = named.endsWith('/*') ? rules.map(({ id }) => familyOf(id)) : rules.map(({ id }) => id);
  const similar = nearest(named, new Set(known));
  const isOther = /^[^/]+\//.test(named) && !rules.some(({ id }) => isOfFamily(id, familyOf(named)));
  return similar === undefined && isOther ? { is: 'of another family' } : { is: 'absent', meant: similar };
}

/** Whether `pattern` is the family of `check`: `path/*` of `path/route`. */
function isOfFamily(check: string, pattern: string): boolean {
  return pattern.endsWith('/*') && check.startsWith(pattern.slice(0, -1));
}

function familyOf(id: string): string {
  return id.replace(/[^/]*$/, '*');
}

function matcher(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  if (!pattern.includes('*')) return (text) => text === pattern;

  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (text) => {
    // The pieces in between may be anywhere, in order: the earliest position of each leaves most room for the
    // others.
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;

    let from = first.length;
    const end = text.length - last.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, from);
      if (found < 0 || found + piece.length > end) return false;

      from = found + piece.length;
    }
    return true;
  };
}

/**
 * The findings that stop `apply`: errors that remain after the plan and are not ignored. What the first calls end does
 * not stop it: without routes there are no calls.
 */
export function stoppingFindings(findings: readonly PlanFinding[]): readonly PlanFinding[] {
  return findings.filter(
    ({ verdict, severity, mendedBy, mended, ignored }) =>
      verdict === 'fail' && severity === 'error' && mended !== true && ignored !== true && mendedBy !== 'calls',
  );
}

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const VERDICT: Readonly<Record<Verdict, number>> = { fail: 0, unknown: 1, pass: 2 };

/** What has to be acted on first: failed errors, unknown errors, failed warnings, … and what passed last. */
function rank({ verdict, severity }: Finding): number {
  return verdict === 'pass' ? 9 : SEVERITY[severity] * 2 + VERDICT[verdict];
}

/** The same findings, what has to be acted on first before all else; those that are equally urgent in their order. */
export function mostUrgentFirst<T extends Finding>(findings: readonly T[]): readonly T[] {
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Findings in the order of the JSON of a report: those about no one integration first, then as `integrations` lists them; in each the most
 * urgent first, of those by check, subject and message, as code units compare.
 */
export function inOrder(findings: readonly Finding[], integrations: readonly string[]): readonly Finding[] {
  const place = new Map<string | null, number>([[null, -1], ...integrations.map((name, at) => [name, at] as const)]);
  const placeOf = ({ integration }: Finding): number => place.get(integration) ?? integrations.length;
  return findings.toSorted(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      compare(a.integration ?? '', b.integration ?? '') ||
      rank(a) - rank(b) ||
      compare(a.check, b.check) ||
      compare(a.subject, b.subject) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
