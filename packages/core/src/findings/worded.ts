import type { CheckInput } from '../world/views.js';
import type { Check, Outcome, Rule } from './check.js';
import { missingParams, notRead } from './missing.js';
import { PASSED, type CheckWords, type Judgement, type Says, type Statement } from './statement.js';

/** Outcomes, and the number of passes that are not among them. */
export interface Counted {
  readonly outcomes: readonly Outcome[];
  readonly passed: number;
}

/** By the functions of checks, which a user may combine into other checks. */
const counting = new WeakMap<Check['run'], (input: CheckInput) => Counted>();

/** Has the passes of a check counted instead of listed where an input has none: most outcomes are passes. */
export function counts(run: Check['run'], count: (input: CheckInput) => Counted): void {
  counting.set(run, count);
}

/** The outcomes of a check: all of them, or without those passes that it can count. */
export function countedOutcomes({ run }: Pick<Check, 'run'>, input: CheckInput): Counted {
  const count = input.passes ? undefined : counting.get(run);
  return count?.(input) ?? { outcomes: [...run(input)], passed: 0 };
}

/** A check: its judgement and its texts. */
export function worded(judgement: Judgement, words: CheckWords): Check {
  const check = wordedAs<CheckInput>(judgement, words);
  counts(check.run, (input) => {
    const outcomes: Outcome[] = [];
    let passed = 0;
    const run = judgement.run(input);
    // Checks of targets give long lists. An iterator would allocate an object for each statement.
    const statements: readonly Statement[] = Array.isArray(run) ? run : [...run];
    for (let at = 0; at < statements.length; at += 1) {
      const statement = statements[at] as Statement;
      if (statement === PASSED) passed += 1;
      else outcomes.push(sentenced(words.says, statement));
    }
    return { outcomes, passed };
  });
  return check;
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
