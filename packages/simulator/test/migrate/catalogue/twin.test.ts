import { alibaba } from '@postern/alibaba';
import { createContext, type RegionSnapshot } from '@postern/core/internal/library';
import { encodeSnapshot, redactSnapshot } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { describe, expect, it } from 'vitest';
import { simulate, type Simulation } from '../../../src/index.js';
import { damageOf } from '../damage.js';
import { movesOf, REGION, type Stage } from '../scene.js';
import { open } from '../stages.js';
import { CATALOGUE } from './index.js';
import { PROVE, sample } from '../../../../core/test/runs.js';

/**
 * Not in a snapshot: stage variables, forwarding by systems, routes of data centers, denied reads, calls in progress.
 */
const BEYOND = /^(?:variable-|denied-|route-appliance|return-path|under-way)/;
/** `npm test` tries those that callers see; `npm run prove` all. */
const TRIED = PROVE ? /./ : /^(?:settings|private names|way back)$/;

const read = async (simulation: Simulation): Promise<RegionSnapshot> =>
  alibaba({ region: REGION, api: simulation.alibaba(REGION) }).observe(
    { all: true, checks: true, uses: true },
    createContext({ clock: simulation.clock, random: () => 0.5 }),
  );

/** The two interfaces of an instance in a zone can be in any order. */
const anyOfZone = (text: string): string => text.replaceAll(/\b10\.10\.([0-3])\.\d+/g, '10.10.$1.x');

/** The account of a redacted snapshot, as a new simulated account. */
async function twinOf(stage: Stage): Promise<Stage> {
  const { parts } = stage;
  const taken = { version: 1, takenAt: new Date(stage.simulation.clock.now()).toISOString(), scope: 'all' } as const;
  const file = encodeSnapshot(redactSnapshot({ ...taken, regions: [await read(stage.simulation)] }));
  const simulation = simulate({ seed: 8, clock: 'auto', throttle: false });
  simulation.loadSnapshot(decodeSnapshot(file));
  const again = encodeSnapshot({ ...taken, redacted: true, regions: [await read(simulation)] });
  expect(again, 'the twin is read as the account was').toBe(file);
  return { ...stage, ...movesOf(simulation, parts) };
}

describe('a rehearsal in a simulated copy of an account', () => {
  const tried = CATALOGUE.filter(({ id, family }) => TRIED.test(family) && !BEYOND.test(id));
  it.each(
    sample(
      tried.map((fault) => [fault.id, fault] as const),
      4,
    ),
  )('%s: causes the same damage', async (_, fault) => {
    const stage = await open(fault.source);
    await fault.plant(stage);
    const twin = await twinOf(stage);
    const { old, next } = stage.parts;
    const [to, from] = fault.to === 'old' ? [old, next] : [next, old];
    const rehearsed = await damageOf(twin, fault, from, to);
    expect(anyOfZone(rehearsed)).toBe(anyOfZone(await damageOf(stage, fault, from, to)));
  });
});
