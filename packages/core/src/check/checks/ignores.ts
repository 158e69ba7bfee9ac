import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../../do/spec.js';
import { placeOf } from '../../do/model/reference.js';
import type { Rule } from '../../do/findings/check.js';
import type { Finding } from '../../do/findings/finding.js';
import { checkNamed, findingsNamed, isMeant } from '../../do/findings/named-findings.js';
import { findingOf } from '../../do/findings/say.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import { DAY_MS } from '../../ground/text/quantities.js';

type Ignore = NonNullable<Spec['ignore']>[number];

/** What is reported of entries of `ignore` that have ended, or that cover no finding. */
export const IGNORE_RULE: Rule = {
  id: 'spec/ignore',
  title: 'Every entry of `ignore` covers a finding and has not ended',
  severity: 'note',
  about:
    'An entry of `ignore` that covers no finding hides the next finding of its kind before it is reported. An entry whose date has passed hides nothing. Remove such entries, or correct their subject or date.',
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
    return { ignore, path, ended: now >= endOf(ignore), covers: findingsNamed(ignore), used: false };
  });
  // Where something is not found, or cannot be determined, other checks have nothing to evaluate: the covered
  // finding may occur again.
  let hidden = false;
  return {
    cover(finding) {
      if (entries.length === 0 || finding.verdict === 'pass') return finding;

      hidden ||= finding.check.endsWith('/exists');
      let covering: Ignore | undefined;
      for (const entry of entries) {
        if (!entry.covers(finding)) continue;

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

/** The moment from which on an entry covers nothing any more, in milliseconds since 1970. */
function endOf({ until }: Ignore): number {
  return until === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${until}T00:00:00Z`) + DAY_MS;
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
  const named = checkNamed(id, rules);
  // A user's check, which another program runs on the same spec, is accepted; a name that resembles a known
  // one is a typing error.
  if (named.is !== 'absent') return;

  throw new InvalidInputError('UNKNOWN_REFERENCE', `${path}: check ${id} does not exist`, {
    place: placeOf(spec, path),
    remedy:
      named.meant === undefined
        ? 'Write the ID of a check; docs/checks.md lists them.'
        : `Did you mean ${named.meant}?`,
  });
}
