import { describe, expect, it } from 'vitest';
import { LONG_MS, runs } from '../../../core/test/runs.js';
import { rowsOf } from './command-table.js';
import { differences, ready, together } from './interruption.js';
import { KINDS } from './kinds.js';

const SEEDS = runs(3, 40);
/** Kinds whose links may exist twice for some minutes: a load balancer can be in one V1 link only. */
const ROWS = KINDS.filter(({ name }) => /HTTP|REST/.test(name))
  .flatMap(rowsOf)
  .filter(({ name }) => /^(?:apply of|ensure)/.test(name));

describe.each(ROWS.map((row) => ({ name: row.name, row })))('$name', ({ row }) => {
  it.each([false, true])(
    'on two machines at once ends as one after the other would; lists lag: %s',
    async (lags) => {
      const here = await ready(row);
      const differing: string[] = [];
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const difference = differences(here, await together(here, { seed, lags }));
        if (difference !== undefined) differing.push(`seed ${seed}: ${difference}`);
      }
      expect(differing).toEqual([]);
    },
    LONG_MS,
  );
});
