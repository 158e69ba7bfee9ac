import type { Simulation } from '../../src/index.js';

/** Answers of simulated clouds are not typed. */
export type Row = Readonly<Record<string, any>>;

/** A sentence of remedies that a program can do as written, and how it does it in an account. */
export interface Way {
  readonly pattern: RegExp;
  /** Does what one match requires; its groups in order. */
  readonly follow: (account: Simulation, groups: readonly string[]) => unknown;
}

/** A finding or an error that refuses something. */
export interface Refusal {
  readonly message: string;
  readonly remedy?: string | undefined;
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
        await follow(
          account,
          groups.map((one: string | undefined) => one ?? ''),
        );
      done.add(sentence);
    }
  }
  if (done.size > 0) await account.advance(3_600_000);
  return done.size;
}

/**
 * Follows the remedies of what refuses something until nothing does, or none of them can be followed.
 * @returns the messages of what still refuses it
 */
export async function cleared(
  account: Simulation,
  refusals: () => Promise<readonly Refusal[]>,
  ways: readonly Way[],
): Promise<readonly string[]> {
  let left = await refusals();
  for (let round = 0; round < 6 && left.length > 0; round += 1) {
    let done = 0;
    for (const { remedy = '' } of left) done += await followed(account, remedy, ways);
    if (done === 0) break;
    left = await refusals();
  }
  return left.map(({ message, remedy = '' }) => `${message}: ${remedy}`);
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
