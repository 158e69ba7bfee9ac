/** The answers to the reads of one account and region, while it is observed in several parts. */
export interface Answers {
  /**
   * The answer to the same read in an earlier part; else that of `read`, which later parts get. A read that failed in
   * an earlier part fails again. Within one part nothing is answered twice: a list that changed while it was read is
   * read again.
   * @param asked what identifies the read: service, operation and input.
   */
  readonly to: <T>(asked: readonly unknown[], read: () => Promise<T>) => Promise<T>;
}

/** Answers of several parts of one observation. */
export interface KeptAnswers {
  /** Begins the next part. */
  readonly nextPart: () => Answers;
}

/** Keeps answers until it is not referenced any more. */
export function keepAnswers(): KeptAnswers {
  const made = new Map<string, Promise<unknown>>();
  return {
    nextPart: () => {
      const earlier = new Map(made);
      return {
        to: <T>(asked: readonly unknown[], read: () => Promise<T>): Promise<T> => {
          const key = JSON.stringify(asked);
          const known = earlier.get(key);
          if (known !== undefined) return known as Promise<T>;
          const answer = read();
          made.set(key, answer);
          return answer;
        },
      };
    },
  };
}
