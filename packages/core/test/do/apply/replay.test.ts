import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import { drive, seeded } from '../../drive.js';
import type { Trouble } from '../../fake-cloud.js';
import { doneOf } from '../../fake-run.js';
import { replayedRun } from '../../replayed-run.js';
import { runs, sample } from '../../runs.js';
import type { Kill } from '../../replaying-run.js';
import { PLAN_SCENES, planScene, type PlanScene } from '../plan/plan-scenes.js';

const LAG_MS = 20_000;

/** Applies a plan, with lists that lag; `creates` are the calls to the cloud that create a resource. */
async function carryOut(scene: PlanScene, plan: Plan, kill?: Kill) {
  const { cloud, drivers, spec } = scene;
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  cloud.calls = [];
  cloud.lagMs = LAG_MS;
  const run = await replayedRun(plan, spec, { drivers, context }, kill, (work) => drive(cloud.clock, work));
  return { ...run, creates: cloud.calls.filter((call) => /create|prepare/.test(call)).toSorted() };
}

/** The fault of the first call of an operation that creates a resource. */
function troubleAt({ cloud }: PlanScene, trouble: Trouble | undefined): void {
  const hit = new Set<string>();
  cloud.trouble = (operation) => {
    if (trouble === undefined || !operation.endsWith('.create') || hit.has(operation)) return undefined;
    hit.add(operation);
    return trouble;
  };
}

const CASES = Object.keys(PLAN_SCENES).flatMap((name) =>
  [undefined, 'lost' as const, 'throttle' as const].map((trouble) => ({ name, trouble })),
);

describe('a run that is killed at every step and continues with its recorded answers', () => {
  it.each(sample(CASES, 4))('$name, creates: $trouble: ends as one that was not killed', async ({ name, trouble }) => {
    const make = async (): Promise<readonly [PlanScene, Plan]> => {
      const scene = await PLAN_SCENES[name]!();
      const plan = await planScene(scene);
      troubleAt(scene, trouble);
      return [scene, plan];
    };
    const whole = await carryOut(...(await make()));
    expect(doneOf(whole.events)).toMatchObject({ failed: 0, skipped: 0 });
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 0; at < whole.engine.begun.length; at += runs(6, 1)) {
        const [scene, plan] = await make();
        const run = await carryOut(scene, plan, { at, when });
        if (run.isKilled) kills += 1;
        const killed = whole.engine.begun[at];
        expect(doneOf(run.events), killed).toMatchObject({ failed: 0, skipped: 0 });
        expect(run.creates, killed).toEqual(whole.creates);
        expect(run.engine.repeated, killed).toEqual([]);
        scene.cloud.trouble = () => undefined;
        await scene.cloud.clock.advance(60_000);
        expect((await planScene(scene)).units, killed).toEqual([]);
      }
    }
    expect(kills).toBeGreaterThan(whole.engine.begun.length / runs(6, 1));
  });
});
