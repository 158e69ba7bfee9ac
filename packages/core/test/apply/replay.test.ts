import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/apply/events.js';
import { execute } from '../../src/apply/execute.js';
import { memoryJournal } from '../../src/apply/journal-memory.js';
import { createContext } from '../../src/context.js';
import { placesOf } from '../../src/observe/places.js';
import type { Plan } from '../../src/plan/plan.js';
import { drive, seeded } from '../drive.js';
import type { Trouble } from '../fake-cloud.js';
import { doneOf } from '../fake-run.js';
import { ReplayingEngine, type Kill } from '../replaying-run.js';
import { PLAN_SCENES, planScene, type PlanScene } from '../plan/plan-scenes.js';

const LAG_MS = 20_000;

interface Run {
  readonly engine: ReplayingEngine;
  readonly events: readonly RunEvent[];
  /** What was sent to the cloud that creates something. */
  readonly creates: readonly string[];
  readonly isKilled: boolean;
}

/** Carries a plan out; where the process dies, another one goes on with what was recorded. */
async function carryOut(scene: PlanScene, plan: Plan, kill?: Kill): Promise<Run> {
  const { cloud, drivers, spec } = scene;
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const { places } = await placesOf(spec, drivers, context);
  const engine = new ReplayingEngine(context);
  const once = async (one?: Kill): Promise<readonly RunEvent[] | 'died'> => {
    const { runs, died } = engine.process(one);
    const events: RunEvent[] = [];
    const { signal } = new AbortController();
    const emit = (event: RunEvent): void => void events.push(event);
    const journal = memoryJournal();
    const running = execute(plan, spec, { places, context, journal, maxParallel: 64, signal, emit, runs });
    return drive(cloud.clock, Promise.race([running.then(() => events), died]));
  };
  cloud.calls = [];
  cloud.lagMs = LAG_MS;
  const first = await once(kill);
  const events = first === 'died' ? await once() : first;
  if (events === 'died') throw new Error('nobody kills the second process');
  const creates = cloud.calls.filter((call) => /create|prepare/.test(call)).toSorted();
  return { engine, events, creates, isKilled: first === 'died' };
}

/** The first call of an operation that creates something comes to this. */
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

describe('a run that is killed at every step and goes on with its recorded answers', () => {
  it.each(CASES)('$name, creates: $trouble: ends as one that was not killed', async ({ name, trouble }) => {
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
      for (let at = 0; at < whole.engine.begun.length; at += 1) {
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
    expect(kills).toBeGreaterThan(whole.engine.begun.length);
  });
});
