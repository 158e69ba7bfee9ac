import { specFromSnapshot } from '@postern/core/internal/spec';
import { describe, expect, it } from 'vitest';
import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { sample, within } from '../../../core/test/runs.js';
import { rowsOf } from './command-table.js';
import { differences, interrupted, ready } from './interruption.js';
import { ended, gateOf, type Kind } from './kind.js';
import { KINDS } from './kinds.js';
import type { Command } from './command.js';

const REST = KINDS.find(({ name }) => name === 'REST API') as Kind;

describe('a method that a killed run left without its integration', () => {
  it('stops no deployment of another spec of the project, and is there again after the next run', async () => {
    const [row] = rowsOf(REST);
    if (row === undefined) throw new Error('there is no row');
    let deployed = 0;
    const here = await ready(row);
    const { scene } = here.built;
    if (scene === undefined) throw new Error('the row names nothing');
    const other: Command = async (process, signal) => {
      const gate = gateOf(REST, process, 'other-7f3k2q');
      const link = await gate.ensureLink({ ...scene.link, name: 'other' }, { signal });
      const target = await gate.ensureTarget(link, { ...scene.target, name: 'bills' }, { signal });
      await gate.ensureRoute(scene.gateway, 'GET /bills', target, { signal });
      deployed += 1;
    };
    const [first, second] = here.requests.flatMap((name, at) => (name === 'PutIntegration' ? [at] : []));
    for (const at of [first, second]) {
      const difference = differences(here, await interrupted(here, at ?? -1, 'kill', other));
      expect(difference).toMatch(/missing: ; added: /); // what the other spec made
      expect(difference).not.toMatch(/again: |the first one: /);
    }
    expect(deployed).toBe(2);
  });
});

/** Imports what exists as the spec that owns it, and applies that. */
const imported =
  (kind: Kind): Command =>
  async (process, signal) => {
    const identity = { project: 'shop', spec: 'shop-7f3k2q' };
    const gate = gateOf(kind, process, identity.spec);
    const spec = parseSpec(specFromSnapshot(await gate.observe({ signal }), { ...identity, clouds: CLOUDS }));
    const plan = await gate.plan(spec, { signal });
    await ended(gate.apply(plan, { spec, signal, allowPurchase: true, maxDeletes: 100 }));
  };

const HALF_MADE = KINDS.flatMap((kind) => rowsOf(kind).map((row) => ({ name: row.name, row, kind }))).filter(
  ({ name }) => /^(?:apply that replaces|forget a spec)/.test(name),
);

describe.each(sample(HALF_MADE, 4))('$name, killed after a write', ({ row, kind }) => {
  it('ends as without that, when its state is imported and applied before it is given again', async () => {
    const here = await ready(row);
    const writes = here.requests.flatMap((name, at) => (/^(?:Get|Describe|List|Export)/.test(name) ? [] : [at]));
    expect(writes.length).toBeGreaterThan(2);
    for (const at of within(writes, 2)) {
      const difference = differences(here, await interrupted(here, at, 'kill-after', imported(kind)));
      expect.soft([here.requests[at], difference]).toEqual([here.requests[at], undefined]);
    }
  });
});
