import { beforeAll, describe, expect, it } from 'vitest';
import { runs, within } from '../../../core/test/runs.js';
import type { Row } from './command.js';
import { differences, ENDS, interrupted, ready, type Ready } from './interruption.js';

/** Of the requests of a command one in so many is where it ends; each row begins with another one. In long runs all of them. */
const EACH = runs(149, 1);

/** The property of the rows: a command that ends at any of its requests, and is given again, comes to the end without that. */
export function describeSameEnd(rows: readonly Row[]): void {
  describe.each(rows.map((row, at) => ({ name: row.name, row, at })))('$name', ({ row, at: first }) => {
    let here: Ready;
    beforeAll(async () => void (here = await ready(row)));

    it.each(ENDS)('that ends by %s at a request, and is given again, comes to the same end', async (end) => {
      const differing: string[] = [];
      const begin = (first * ENDS.length + ENDS.indexOf(end)) % EACH;
      const tried = here.requests.flatMap((_, at) => (at >= begin && (at - begin) % EACH === 0 ? [at] : []));
      for (const at of within(tried, 2)) {
        const difference = differences(here, await interrupted(here, at, end));
        if (difference !== undefined) differing.push(`at request ${at}, ${here.requests[at]}: ${difference}`);
      }
      expect(differing).toEqual([]);
    });
  });
}
