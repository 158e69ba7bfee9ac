import { raise } from '../raise.js';

/** The quotas of a cloud by the names that `simulate({ quotas })` uses. */
export function quotaTable(rows: readonly { readonly key: string; readonly value: number }[]) {
  const values = new Map(rows.map(({ key, value }) => [key, value]));
  return {
    has: (key: string): boolean => values.has(key),
    /** The default. @throws {Error} for a name that is in no table: a mistake in the simulator, not of a caller. */
    valueOf: (key: string): number =>
      values.get(key) ?? raise(new Error(`There is no quota called ${key}; quotas.ts lists them.`)),
  };
}
