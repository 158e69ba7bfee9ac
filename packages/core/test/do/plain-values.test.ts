import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePlan } from '../../src/check/judge/judge-plan.js';
import { explain } from '../../src/check/checks/explain.js';
import { check } from '../../src/check/checks/run.js';
import type { RunEvent } from '../../src/do/apply/events.js';
import { createContext } from '../../src/do/context.js';
import { planDestroy } from '../../src/do/plan/destroy.js';
import { diff } from '../../src/do/plan/diff.js';
import { planForget } from '../../src/do/plan/forget.js';
import { ALIBABA_FAULTS } from '../check/checks/alibaba-faults.js';
import { AWS_FAULTS } from '../check/checks/aws-faults.js';
import type { Fault } from '../check/checks/faults.js';
import { REST_FAULTS } from '../check/checks/rest-faults.js';
import { restV1World } from '../check/checks/rest-world.js';
import { alibabaWorld, awsWorld, type World } from '../check/checks/world.js';
import { CLOUDS as clouds, parseSpec } from '../clouds.js';
import { drive, seeded } from '../drive.js';
import { apply } from '../engines.js';
import { runs } from '../runs.js';
import { PLAN_SCENES, planScene } from './plan/plan-scenes.js';

/** A value after it was a file, and was handed to another process. */
const copyOf = <T>(value: T): T => structuredClone(JSON.parse(JSON.stringify(value)) as T);

/** What a call returns, or throws. */
function outcome(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return { thrown: String(error) };
  }
}

/** What all planners and checks make of a snapshot and a spec; plans are judged as `plainly` gives them. */
function outcomes({ snapshot, spec }: World, plainly: <T>(value: T) => T): readonly unknown[] {
  return [
    () => check(snapshot, spec, { clouds }),
    () => explain(snapshot, spec, { clouds }),
    () => planDestroy(snapshot, spec, { clouds }),
    () => planForget(snapshot, spec, { clouds }),
    () => judgePlan(plainly(diff(snapshot, spec, { clouds })), snapshot, spec, { clouds }),
  ].map(outcome);
}

const WORLDS: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['a REST API', restV1World, REST_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe('specs, snapshots and plans are plain values', () => {
  it.each(WORLDS)('copies by JSON give the plans and findings of the originals: %s', (_, worldOf, faults) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...faults), { maxLength: 3 }), (wrong) => {
        const world = worldOf();
        for (const [, change] of wrong) change(world);
        const copied = { ...world, snapshot: copyOf(world.snapshot), spec: copyOf(world.spec) };
        expect(outcomes(copied, copyOf)).toEqual(outcomes(world, (plan) => plan));
      }),
      { numRuns: runs(5, 1_000), seed: 20_261_128 },
    );
  });

  it('a copy of a spec hides the values of its variables in findings, as the spec does', () => {
    const { snapshot } = awsWorld();
    const text = `version: 1
project: shop
links: { eu: { provider: aws, region: eu-west-1, id: vlink-1, owner: external, tags: { team: '\${env:TEAM}' } } }
integrations: {}
ignore: [{ check: link/state, subject: '\${env:TEAM}', reason: none }]
`;
    const { places: _, ...spec } = parseSpec(text, { env: { TEAM: 'hunter2hunter2' } });
    expect(copyOf(spec)).toEqual(spec);
    const findings = JSON.stringify(check(snapshot, copyOf(spec), { clouds }));
    expect(findings).toBe(JSON.stringify(check(snapshot, spec, { clouds })));
    expect(findings).toContain('${env:TEAM}');
    expect(findings).not.toContain('hunter2');
  });

  it.each(Object.keys(PLAN_SCENES))('a copy of a plan is applied as the plan is: %s', async (name) => {
    const applied = async (plainly: <T>(value: T) => T): Promise<readonly RunEvent[]> => {
      const scene = await PLAN_SCENES[name]!();
      const { cloud, drivers } = scene;
      const spec = plainly(scene.spec);
      const plan = plainly(await planScene({ ...scene, spec }));
      const context = createContext({ clock: cloud.clock, random: seeded(1) });
      const events: RunEvent[] = [];
      const work = async (): Promise<void> => {
        for await (const event of apply(plan, { spec, drivers, context, allowPurchase: true })) events.push(event);
      };
      await drive(cloud.clock, work());
      return events;
    };
    const events = await applied(copyOf);
    expect(events.at(-1)?.type).toBe('run.done');
    expect(events).toEqual(await applied((value) => value));
  });
});
