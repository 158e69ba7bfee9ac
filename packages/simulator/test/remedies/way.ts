import type { Simulation } from '../../src/index.js';

/** Answers of simulated clouds are not typed. */
export type Row = Readonly<Record<string, any>>;

/** A sentence of remedies that a program can do as written, and how it does it in an account. */
export interface Way {
  readonly pattern: RegExp;
  /** Does what one match requires; its groups in order. */
  readonly follow: (account: Simulation, groups: readonly string[]) => unknown;
}

/**
 * Does all parts of a remedy that a program can do as written; waits until they are in effect.
 * @returns the number of sentences done; 0 where a person must choose, or act outside of the cloud
 */
export async function followed(account: Simulation, remedy: string, ways: readonly Way[]): Promise<number> {
  const done = new Set<string>();
  for (const { pattern, follow } of ways) {
    for (const match of remedy.matchAll(pattern)) {
      const [sentence, ...groups] = match;
      if (!done.has(sentence))
        follow(
          account,
          groups.map((one: string | undefined) => one ?? ''),
        );
      done.add(sentence);
    }
  }
  if (done.size > 0) await account.advance(3_600_000);
  return done.size;
}

/** Does a call; existing resources stay. */
export function unlessThere(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!/already exists|Duplicate|AlreadyExist/i.test(`${(error as Error).name} ${String(error)}`)) throw error;
  }
}

/** Does a call that removes something; resources that do not exist are no error. */
export function unlessGone(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!/does not exist|NotFound/i.test(`${(error as Error).name} ${String(error)}`)) throw error;
  }
}

/** `sg-1 and sg-2`, `10.0.1.0/24, 10.0.2.0/24 and 10.0.3.0/24` as a list. */
export function listed(text: string): readonly string[] {
  return text.split(/,? and |, /).filter((one) => one !== '');
}
