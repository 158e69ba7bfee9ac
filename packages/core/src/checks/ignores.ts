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

/** What is reported of entries of `ignore` that have ended, or that cover no finding. */
export const IGNORE_RULE: Rule = {
  id: 'spec/ignore',
  title: 'Every entry of `ignore` covers a finding and has not ended',
  severity: 'note',
  about:
    'An entry of `ignore` that covers no finding hides the next finding of its kind before it is reported. An entry whose date has ' +
    'passed hides nothing. Remove such entries, or correct their subject or date.',
  sources: [],
  codes: ['ENTRY_ENDED', 'ENTRY_UNUSED'],
};

/** Entries of a spec's `ignore`, to be matched with findings. */
export interface Ignores {
  /** The finding, with `suppressed` where an entry covers it. Passes are never covered. */
  readonly cover: (finding: Finding) => Finding;
  /** The findings about the entries themselves, after every finding was matched. */
  readonly leftovers: () => readonly Finding[];
}

/**
 * Reads a spec's `ignore`. An entry covers the failures and unknowns of one check (`link/single-zone`), or of
 * a whole family (`path/*`). With a `subject` it covers only those of that subject, in which `*` matches any
 * text. It is valid to the end of the day `until`, in UTC, and without limit if there is none. An entry for a
 * check that is not `running` covers nothing, and is not reported as unused. The same holds for all entries
 * where a link, a gateway or a target was not found.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` for a check that is not in `rules`, although its family or
 *   its name resembles one of them. A family without any known check belongs to another program that reads
 *   the same spec.
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
  // Where something is not found, or cannot be determined, other checks have nothing to evaluate: the covered
  // finding may occur again.
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
  // A user's check, which another program runs on the same spec, is accepted; a name that resembles a known
  // one is a typing error.
  if (
    meant === undefined &&
    /^[^/]+\//.test(id) &&
    !rules.some((rule) => isOfFamily(rule.id, id.replace(/[^/]*$/, '*')))
  )
    return;
  throw new InvalidInputError('UNKNOWN_REFERENCE', `${path}: check ${id} does not exist`, {
    place: placeOf(spec, path),
    remedy: meant === undefined ? 'Write the ID of a check; docs/checks.md lists them.' : `Did you mean ${meant}?`,
  });
}
