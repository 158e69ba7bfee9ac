import { CLOUDS } from '../../../core/test/clouds.js';
import type { RegionSnapshot, Snapshot } from '@postern/core/internal/library';
import { validateMigration } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import type { Fault } from './fault.js';
import { MUTANTS, type Mutant } from './mutants.js';
import { REGION } from './scene.js';
import { open } from './stages.js';
import { PROVE } from '../../../core/test/runs.js';

interface Seen {
  readonly region: RegionSnapshot;
  readonly takenAt: string;
  readonly group: string;
  readonly to: string;
}

const seen = new Map<string, Promise<Seen>>();

/** What is observed in a fault's world; read once. */
function look(fault: Fault): Promise<Seen> {
  const known = seen.get(fault.id) ?? lookOnce(fault);
  seen.set(fault.id, known);
  return known;
}

async function lookOnce(fault: Fault): Promise<Seen> {
  const stage = await open(fault.source);
  await fault.plant(stage);
  const { apiGroup: group, old, next } = stage.parts;
  const to = fault.to === 'old' ? old : next;
  const takenAt = new Date(stage.simulation.clock.now()).toISOString();
  return { region: await stage.observe({ provider: 'alibaba', group, to }), takenAt, group, to };
}

async function finds(
  fault: Fault,
  { sees = (region) => region, says = () => true, assumes = {} }: Partial<Mutant> = {},
): Promise<boolean> {
  const { region, takenAt, group, to } = await look(fault);
  const snapshot: Snapshot = { version: 1, takenAt, regions: [sees(region, to)] };
  const assume = { internalBlocks: { [REGION]: ['10.250.0.0/16'] }, ...assumes };
  const { findings } = validateMigration(
    snapshot,
    { provider: 'alibaba', group, to },
    { clouds: CLOUDS, assume, passes: false },
  );
  return findings.some(({ check, verdict }) => verdict === fault.verdict && fault.found.includes(check) && says(check));
}

/** Mistakes that are planted: only with POSTERN_PROVE. */
describe.runIf(PROVE)('mistakes in the validation', () => {
  it.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))(
    '%s: a fault of the catalogue detects it',
    async (_, mutant) => {
      const missed: string[] = [];
      for (const fault of CATALOGUE) if ((await finds(fault)) && !(await finds(fault, mutant))) missed.push(fault.id);
      expect(missed).not.toEqual([]);
    },
  );
});
