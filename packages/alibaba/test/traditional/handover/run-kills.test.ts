import { memoryJournal } from '@postern/core/internal/library';
import type { HandoverPlan } from '../../../src/traditional/handover/internal.js';
import { beforeAll, expect, it } from 'vitest';
import { PROVE, sample } from '../../../../core/test/runs.js';
import { dying, NEVER } from './dying.js';
import { carryOut, runWorld, targetOf, type RunWorld } from './run-world.js';

let world: RunWorld;
let before: ReturnType<RunWorld['simulation']['world']>;
let plan: HandoverPlan;
let whole: ReturnType<typeof targetOf>;
let writes: number;

beforeAll(async () => {
  world = await runWorld();
  before = world.simulation.world();
  plan = await world.plan();
  const { driver, journal, count } = dying(world.api, NEVER, memoryJournal());
  await carryOut({ ...world, driver }, plan, { journal });
  await world.simulation.advance(60_000);
  whole = targetOf(world);
  writes = count();
});

it.each(['before', 'after'] as const)(
  'is continued by running again, killed %s each write: nothing is built twice',
  async (when) => {
    expect(writes).toBeGreaterThanOrEqual(30);
    for (let at = 1; at <= writes; at += PROVE ? 1 : 18) {
      world.simulation.load(before);
      const journal = memoryJournal();
      const killed = dying(world.api, { at, when }, journal);
      await expect(carryOut({ ...world, driver: killed.driver }, plan, { journal: killed.journal })).rejects.toThrow();
      const { result } = await carryOut(world, plan, { journal });
      expect(result, `write ${at}`).toMatchObject({ state: 'built', failures: [] });
      await world.simulation.advance(60_000);
      expect(targetOf(world), `write ${at}`).toEqual(whole);
    }
  },
);

/** Operations of the target that create, beside the gateway's. */
const CREATES = [
  'AddGatewaySecurityGroupRule',
  'CreateService',
  'CreateDomain',
  'CreateHttpApi',
  'CreateHttpApiRoute',
  'CreateAndAttachPolicy',
  'DeployHttpApi',
  'CreateConsumer',
  'CreateConsumerAuthorizationRules',
];

it('finds what was created by a call whose answer is lost, although the lists were read before', async () => {
  for (const operation of sample(CREATES, 4)) {
    world.simulation.load(before);
    world.simulation.faults.add({ service: 'apig', operation, kind: 'lost', times: 1 });
    const { result } = await carryOut(world, plan);
    world.simulation.faults.clear();
    expect(result, operation).toMatchObject({ state: 'built', failures: [] });
    await world.simulation.advance(60_000);
    expect(targetOf(world), operation).toEqual(whole);
  }
});
