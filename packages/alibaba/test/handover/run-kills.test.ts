import { memoryJournal, type Journal } from '@postern/core';
import type { HandoverPlan } from '@postern/core/handover';
import { beforeAll, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { handoverDriver } from '../../src/index.js';
import { REGION } from '../world/simulated.js';
import { carryOut, runWorld, targetOf, type RunWorld } from './run-world.js';

let world: RunWorld;
let before: ReturnType<RunWorld['simulation']['world']>;
let plan: HandoverPlan;
let whole: ReturnType<typeof targetOf>;
let writes: number;

const isWrite = (params: object): boolean =>
  'method' in params && (params as { readonly method: string }).method !== 'GET';

/** A process that ends at its `at`-th write: before the call is sent, or after its effect. Its journal ends with it. */
function dying(at: number, when: 'before' | 'after', journal: Journal) {
  let count = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('the process ended');
  };
  const { api } = world;
  const driver = handoverDriver({
    region: REGION,
    api: {
      ...api,
      call: async (params, query, options) => {
        if (isDead) die();
        if (!isWrite(params)) return api.call(params, query, options);
        count += 1;
        if (count === at && when === 'before') die();
        const answer = await api.call(params, query, options);
        return count === at ? die() : answer;
      },
    },
  });
  const append: Journal['append'] = (record) => (isDead ? Promise.reject(new Error('ended')) : journal.append(record));
  return { driver, journal: { ...journal, append }, count: () => count };
}

beforeAll(async () => {
  world = await runWorld();
  before = world.simulation.world();
  plan = await world.plan();
  const { driver, journal, count } = dying(Infinity, 'after', memoryJournal());
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
      const killed = dying(at, when, journal);
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
