/**
 * Answers a question that no documentation answers, or that the cloud answers at random: one of so many options, the first is 0. The
 * same question has one answer throughout.
 */
export type Choose = (question: string, options: number) => number;

/** A result that connects or not, and what it depends on where it cannot be determined. */
interface Verdict {
  readonly connects: boolean;
  readonly undecided?: string | undefined;
}

/**
 * Evaluates a function once under each answer to the questions that it asks. Where the answers matter, the
 * result does not connect, and contains the open question.
 */
export function decide<T extends Verdict>(evaluate: (choose: Choose) => T): T {
  const open: ReadonlyMap<string, number>[] = [];
  const once = (given: ReadonlyMap<string, number>): { readonly verdict: T; readonly answers: Map<string, number> } => {
    const answers = new Map(given);
    const verdict = evaluate((question, options) => {
      const known = answers.get(question);
      if (known !== undefined) return known;

      for (let other = 1; other < options; other += 1) open.push(new Map([...answers, [question, other]]));
      answers.set(question, 0);
      return 0;
    });
    return { verdict, answers };
  };
  const first = once(new Map());
  for (let given = open.pop(); given; given = open.pop()) {
    const { verdict, answers } = once(given);
    if (verdict.connects === first.verdict.connects) continue;

    const [question = ''] = [...answers].find(([asked, answer]) => first.answers.get(asked) !== answer) ?? [];
    return { ...(verdict.connects ? first.verdict : verdict), undecided: question };
  }
  return first.verdict;
}
