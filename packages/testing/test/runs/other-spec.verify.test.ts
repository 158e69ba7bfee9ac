import { describe, expect, it } from 'vitest';
import { rowsOf } from './command-table.js';
import { differences, interrupted, ready } from './interruption.js';
import { gateOf, type Kind } from './kind.js';
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
