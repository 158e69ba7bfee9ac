import type { CheckInput } from '../world/views.js';
import type { Check, Outcome, Rule } from './check.js';
import { missingParams, notRead } from './missing.js';
import { PASSED, type CheckWords, type Judgement, type Says, type Statement } from './statement.js';

/** A check: its judgement and its texts. */
export function worded(judgement: Judgement, words: CheckWords): Check {
  return wordedAs<CheckInput>(judgement, words);
}

/** Judgements with their texts, which are given by the check's ID. */
export function allWorded(
  judgements: readonly Judgement[],
  words: Readonly<Record<string, CheckWords>>,
): readonly Check[] {
  return judgements.map((one) => {
    const own = words[one.id];
    if (own === undefined) throw new Error(`the check ${one.id} has no words`);
    return worded(one, own);
  });
}

/** The same for what judges something else than a spec. */
export function wordedAs<I>(
  { id, severity, run }: Judgement<I>,
  { title, about, sources, says }: CheckWords,
): Rule & { readonly run: (input: I) => Iterable<Outcome> } {
  return {
    id,
    title,
    severity,
    about,
    sources,
    codes: Object.keys(says),
    run(input) {
      // Most are passes, which are one object: a list of them is smaller and faster than another generator.
      const outcomes: Outcome[] = [];
      for (const statement of run(input)) outcomes.push(sentenced(says, statement));
      return outcomes;
    },
  };
}

/** A pass that is counted only has no sentence. */
const COUNTED: Outcome = { ...PASSED, message: '' };

/** A statement with its sentences. */
export function sentenced(says: Says, statement: Statement): Outcome {
  if (statement === PASSED) return COUNTED;
  const { missing, ...rest } = statement;
  const { params } = rest;
  const said = says[rest.code]?.(params) ?? rest.code;
  if (missing !== undefined) {
    const sentence = typeof said === 'string' ? notRead(said, missing) : said;
    return Object.assign(rest, sentence, { params: { ...params, missing: missingParams(missing) } });
  }
  // Not `{ ...rest, ...said }`: see "Speed" in docs/architecture.md.
  return Object.assign(rest, typeof said === 'string' ? { message: said } : said);
}
