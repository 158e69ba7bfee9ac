import { InvalidInputError } from '../errors.js';
import type { Spec } from '../model/spec.js';
import { placeOf } from '../model/place.js';
import { nearest } from '../text/nearest.js';
import type { Rule } from '../findings/check.js';
import type { Finding } from '../findings/finding.js';
import { findingOf } from '../findings/of-outcome.js';
import { aboutThings, thing } from '../findings/subject.js';
import { DAY_MS } from '../text/day.js';

type Ignore = NonNullable<Spec['ignore']>[number];

/** What the report says of entries of `ignore` that have ended, or that cover nothing. */
export const IGNORE_RULE: Rule = {
  id: 'spec/ignore',
  title: 'Every entry of `ignore` covers a finding and has not ended',
  severity: 'note',
  about:
    'An entry of `ignore` that covers nothing hides the next finding of its kind before anybody has seen it, and one whose date has ' +
    'passed hides nothing any more. Remove such entries, or correct their subject or date.',
  sources: [],
  codes: ['ENTRY_ENDED', 'ENTRY_UNUSED'],
};

/** Entries of a spec's `ignore`, ready to be asked about findings. */
export interface Ignores {
  /** The finding, with `suppressed` where an entry covers it. Passes are never covered. */
  readonly cover: (finding: Finding) => Finding;
  /** What is to be said of the entries themselves, once every finding was asked about. */
  readonly leftovers: () => readonly Finding[];
}

/**
 * Reads a spec's `ignore`. An entry covers the failures and unknowns of one check (`link/single-zone`), or of a whole family
 * (`path/*`); with a `subject` only those of that subject, in which `*` stands for any text. It holds to the end of its day
 * `until`, in UTC, and for ever without one.
 * Entries for checks that are not `running` have nothing to cover, which is no fault of theirs; nor have others where a link, a
 * gateway or a target was not found.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` for a check that is none of `rules`, though its family or its name is nearly one of
 * them; a family of which no check is known belongs to another program that reads the same spec.
 */
export function readIgnores(
  spec: Spec,
  { rules, running }: { readonly rules: readonly Rule[]; readonly running: readonly Rule[] },
  now: number,
): Ignores {
  const entries = (spec.ignore ?? []).map((ignore, at) => {
    const path = `ignore[${at}]`;
    checkId(spec, `${path}.check`, ignore.check, rules);
    return { ignore, path, ended: now >= endOf(ignore), fits: matcher(ignore.subject), used: false };
  });
  const covers = ({ ignore, fits }: (typeof entries)[number], finding: Finding): boolean =>
    isMeant(finding.check, ignore.check) && fits(finding.subject);
  // Where something is not found, or nobody can say, other checks have nothing to look at: what an entry covers may be back.
  let hidden = false;
  return {
    cover(finding) {
      if (entries.length === 0 || finding.verdict === 'pass') return finding;
      hidden ||= finding.check.endsWith('/exists');
      let covering: Ignore | undefined;
      for (const entry of entries) {
        if (!covers(entry, finding)) continue;
        entry.used = true;
        if (!entry.ended) covering ??= entry.ignore;
      }
      if (covering === undefined) return finding;
      const { reason, until } = covering;
      return { ...finding, suppressed: until === undefined ? { reason } : { reason, until } };
    },
    leftovers: () =>
      entries
        .filter(
          ({ ended, used, ignore }) =>
            ended || (!used && !hidden && running.some(({ id }) => isMeant(id, ignore.check))),
        )
        .map(({ ignore, path, ended }) => leftover(ignore, path, ended)),
  };
}

/** Whether an entry's `check` names this one, or its family. */
function isMeant(check: string, named: string): boolean {
  return named === check || isOfFamily(check, named);
}

/** Whether `pattern` is the family of `check`: `path/*` of `path/route`. */
function isOfFamily(check: string, pattern: string): boolean {
  return pattern.endsWith('/*') && check.startsWith(pattern.slice(0, -1));
}

/** The moment from which on an entry covers nothing any more, in milliseconds since 1970. */
function endOf({ until }: Ignore): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${until}T00:00:00Z`) + DAY_MS;
}

function matcher(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  if (!pattern.includes('*')) return (text) => text === pattern;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (text) => {
    // The pieces in between may stand anywhere, in order: the earliest place of each leaves most room for the others.
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

function leftover({ check, subject, until }: Ignore, path: string, ended: boolean): Finding {
  const what = subject === undefined ? check : `${check} of ${subject}`;
  return findingOf(IGNORE_RULE, {
    verdict: 'fail',
    code: ended ? 'ENTRY_ENDED' : 'ENTRY_UNUSED',
    ...aboutThings(undefined, thing('ignore', path, path)),
    params: { check, subject, until },
    message: ended ? `the entry for ${what} ended on ${until ?? ''}` : `the entry for ${what} covers no finding`,
    evidence: [],
    remedy: ended ? 'Remove the entry, or give it another date.' : 'Remove the entry, or correct its check or subject.',
  });
}

function checkId(spec: Spec, path: string, id: string, rules: readonly Rule[]): void {
  const family = id.endsWith('/*');
  if (family ? rules.some((rule) => isOfFamily(rule.id, id)) : rules.some((rule) => rule.id === id)) return;
  const known = family ? rules.map((rule) => rule.id.replace(/[^/]*$/, '*')) : rules.map((rule) => rule.id);
  const meant = nearest(id, new Set(known));
  // A check of somebody's own, which another program runs on the same spec; one that is nearly one of these is a slip.
  if (
    meant === undefined &&
    /^[^/]+\//.test(id) &&
    !rules.some((rule) => isOfFamily(rule.id, id.replace(/[^/]*$/, '*')))
  )
    return;
  throw new InvalidInputError('UNKNOWN_REFERENCE', `${path}: there is no check ${id}`, {
    place: placeOf(spec, path),
    remedy: meant === undefined ? 'Write the id of a check; docs/checks.md lists them.' : `Did you mean ${meant}?`,
  });
}
