/**
 * Reads whose answers several callers use, one after the other. A caller gets the answer of a read that began after it asked, so it
 * is as recent as one of its own. Those who ask at the same time, and read at once, use `sharedReads`.
 */
export interface LaterReads {
  /** The moment at which a caller asks, for `answer`. */
  readonly ask: () => number;
  /** The last answer of `key` if its read began after `asked`; else that of `read`. An error is not kept. */
  readonly answer: <T>(key: string, asked: number, read: () => Promise<T>) => Promise<T>;
}

/** Reads of one run. A key always names reads of one type. */
export function laterReads(): LaterReads {
  const known = new Map<string, { readonly began: number; readonly answer: unknown }>();
  let moment = 0;
  return {
    ask: () => (moment += 1),
    answer: async <T>(key: string, asked: number, read: () => Promise<T>): Promise<T> => {
      const last = known.get(key);
      if (last !== undefined && last.began > asked) return last.answer as T;
      const began = (moment += 1);
      const answer = await read();
      known.set(key, { began, answer });
      return answer;
    },
  };
}
