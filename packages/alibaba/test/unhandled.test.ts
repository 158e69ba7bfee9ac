import { CLOUDS } from '../../core/test/clouds.js';
import { createContext, type Spec, type Scope } from '@postern/core/internal/library';
import { observeSpec, planDestroy } from '@postern/core/internal/plan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE, runs, sample } from '../../core/test/runs.js';
import { alibaba } from '../src/index.js';
import { checkedWorld, EVERYTHING } from './world/checked-world.js';
import { REGION } from './world/simulated.js';

/** What ends a call permanently: credentials that are no longer accepted, and a defect in a lower layer. */
const ERRORS = {
  'expired credentials': () => Object.assign(new Error('expired'), { code: 'InvalidSecurityToken.Expired' }),
  'a TypeError': () => new TypeError('nothing of that name'),
} as const;

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

/** Runs `work` with the n-th call of the cloud rejecting, and every call after it: for each n until none is reached. */
async function everywhere(
  scene: Awaited<ReturnType<typeof checkedWorld>>,
  error: () => Error,
  work: (driver: ReturnType<typeof alibaba>, ctx: ReturnType<typeof createContext>) => Promise<unknown>,
): Promise<number> {
  const door = scene.simulation.alibaba(REGION);
  for (let index = 0; ; index += runs(7, 1)) {
    let calls = 0;
    const driver = alibaba({
      region: REGION,
      api: {
        call: (...args) => {
          calls += 1;
          return calls > index ? Promise.reject(error()) : door.call(...args);
        },
      },
    });
    const ctx = createContext({ clock: scene.simulation.clock, random: () => 0.5 });
    await work(driver, ctx).catch(() => undefined);
    // A rejection counts as unhandled once the microtasks of its turn have run.
    await new Promise((resolve) => setImmediate(resolve));
    if (calls <= index) return index;
  }
}

describe.each(sample(Object.entries(ERRORS), 2))('apply D7: %s at any call', (_, error) => {
  it.each<[string, Scope]>([
    ['everything with checks', EVERYTHING],
    ['everything', { all: true }],
    ['uses', { uses: true, project: 'shop' }],
  ])('leaves no rejection unhandled while %s is observed', async (_what, scope) => {
    const scene = await checkedWorld();
    const positions = await everywhere(scene, error, (driver, ctx) => driver.observe(scope, ctx));
    expect(positions).toBeGreaterThan(5);
    expect(unhandled).toEqual([]);
  });

  it.runIf(PROVE)('leaves none while a plan to destroy is computed', async () => {
    const scene = await checkedWorld();
    const spec: Spec = {
      version: 1,
      project: 'shop',
      spec: 'shop',
      links: { cn: { provider: 'alibaba', region: REGION, id: 'apigateway-hz-none', tags: {} } },
      integrations: {},
    };
    const positions = await everywhere(scene, error, async (driver, ctx) =>
      planDestroy(await observeSpec(spec, () => Promise.resolve(driver), ctx, { clouds: CLOUDS, all: true }), spec, {
        clouds: CLOUDS,
      }),
    );
    expect(positions).toBeGreaterThan(5);
    expect(unhandled).toEqual([]);
  });
});
