import { describe, expect, it } from 'vitest';
import { inTurn, PROVE, runs, sample, within } from '../../../core/test/runs.js';
import { apply, rowsOf } from './command-table.js';
import { differences, ready, together } from './interruption.js';
import { KINDS } from './kinds.js';

const SEEDS = Array.from({ length: runs(1, 40) }, (_, at) => at + 1);
/** Seeds that ended differently once, beside the first ones. */
const FOUND: Readonly<Record<string, readonly number[]>> = {
  'ensure…: API group': [11, 13], // the group moved while the other run changed the instance
  'apply of a new spec: API group': [4, 6, 9], // a draft that reads did not show yet
  'ensure…: HTTP API': [17], // an integration that no route used was left
  'ensure…: HTTP API that is deployed by…': [2],
  'apply that replaces a link: API group': [8, 21], // the old instance was shown after the other run had deleted it
};
/** Commands that create, replace or delete what a spec names. */
const ROWS = KINDS.flatMap(rowsOf).filter(({ name }) => /^(?:apply|ensure|destroy)/.test(name));

describe.each(
  sample(
    ROWS.map((row, at) => ({ name: row.name, row, at })),
    7,
  ),
)('$name', ({ row, at }) => {
  // In `npm test` each second row has lists that lag.
  it.each(PROVE ? [false, true] : [at % 2 === 1])(
    'on two machines at once ends as one after the other would; lists lag: %s',
    async (lags) => {
      const here = await ready(row);
      // Routes that both retarget may leave an integration that no route uses: the next apply deletes it.
      const again = /^(?:apply that replaces|ensure)/.test(row.name);
      const differing: string[] = [];
      const found = PROVE ? (FOUND[row.name] ?? []) : [];
      for (const seed of inTurn(found, within(SEEDS, 2))) {
        const difference = differences(here, await together(here, { seed, lags, again }));
        if (difference !== undefined) differing.push(`seed ${seed}: ${difference}`);
      }
      expect(differing).toEqual([]);
    },
  );
});

/** Commands that write marks only, by kind of gateway. The group of a replaced link has another name on REST APIs. */
const OF_MARKS = KINDS.flatMap((kind) => rowsOf(kind).map((row) => ({ name: row.name, row, kind }))).filter(
  ({ name }) => /^(?:rename|adopt|forget a spec)/.test(name) && name !== 'rename: REST API',
);

describe.each(sample(OF_MARKS, 4))('$name', ({ row, kind }) => {
  it('beside an apply of the spec as it was ends, given again, as without it', async () => {
    const here = await ready(row);
    const { scene } = here.built;
    if (scene === undefined) throw new Error('the row names nothing');
    const differing: string[] = [];
    for (const seed of within(SEEDS, 2))
      for (const lags of [false, true]) {
        const given = { seed, lags, again: true, beside: apply(0)(kind, scene) };
        const difference = differences(here, await together(here, given));
        if (difference !== undefined) differing.push(`seed ${seed}, ${lags}: ${difference}`);
      }
    expect(differing).toEqual([]);
  });
});
