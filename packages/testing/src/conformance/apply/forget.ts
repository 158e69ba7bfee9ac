import { PrivateIntegrations, type Plan, type Spec } from '@postern/core/internal/library';
import { planForget } from '@postern/core/internal/plan';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from '../check.js';
import { PROJECT, type Trial } from '../trial.js';
import {
  applied,
  cloudsOf,
  failuresOf,
  idsOf,
  integrationOf,
  marked,
  planOf,
  snapshotOf,
  specOf,
  stepsOf,
  PAY,
} from './spec-runs.js';

const needs = ['subnets', 'linkChanges', 'adoption'] as const;

/** A spec with a link, and an integration for each of two routes of one gateway. */
function shopOf(trial: Trial): Spec {
  const pay = integrationOf(trial, 'eu', { routes: { 'GET /pay': 't' } });
  const targets = { t: { ref: trial.world.targets[1] } };
  const refund = integrationOf(trial, 'eu', { targets, routes: { 'POST /pay': 't' } });
  return { ...specOf(trial, 'eu', { identity: PAY }), integrations: { pay, refund } };
}

async function forgetPlan(trial: Trial, spec: Spec, names?: readonly string[]): Promise<Plan> {
  return planForget(await snapshotOf(trial, spec), spec, { clouds: await cloudsOf(trial), names });
}

const stepsDue = ({ driver, world }: Trial) => [
  'forget route GET /pay',
  'forget route POST /pay',
  ...(driver.stages !== undefined ? [`forget stage ${world.stage}`] : []),
  expect.stringMatching(/^give up link eu/),
];

/** Members that may hold a mark, and those that any change sets. */
const TEXTS = /^(?:description|operationName|tags|modifiedTime|lastUpdatedDate)$/i;

/** All resources without what Postern wrote on them, the marks of its own texts, and which integration each route names. */
async function seen({ setup, driver, ctx }: Trial) {
  const { links, securityGroups, gateways } = await driver.observe({ all: true, project: PROJECT }, ctx);
  const state = setup.state?.();
  const text = JSON.stringify([state, links, securityGroups.map(({ tags }) => tags)]);
  return {
    resources: {
      links: links.map(({ id, subnetIds }) => [id, subnetIds]),
      groups: securityGroups.map(({ id, rules }) => [id, rules]),
      state: JSON.parse(JSON.stringify(state ?? null, (key, value: unknown) => (TEXTS.test(key) ? undefined : value))),
    },
    marks: text.match(/postern:\w+/g) ?? [],
    owners: gateways.flatMap(({ routes }) => routes.map(({ key, owner }) => [key, owner?.integration])).toSorted(),
  };
}

/** The marks of a spec are removed, and everything else is kept. */
export const forgetChecks: readonly Check[] = [
  check(
    'forgets a spec: no resource changes, no mark is left, and nothing is deleted afterwards',
    needs,
    async (trial) => {
      const spec = shopOf(trial);
      await applied(trial, spec);
      const before = await seen(trial);
      expect(before.marks.length).toBeGreaterThan(4);
      const targets = (await marked(trial)).filter(([is]) => is === 'target');
      const plan = await forgetPlan(trial, spec);
      expect([plan.goal, idsOf(plan)]).toEqual(['forget', stepsDue(trial)]);
      expect(new Set(stepsOf(plan).map(({ kind }) => kind))).toEqual(new Set(['tag']));
      for (const [, id] of targets)
        expect(plan.notes).toContainEqual(expect.stringContaining(`the mark of ${id} cannot be removed`));
      await applied(trial, spec, plan);
      expect(await seen(trial)).toEqual({
        resources: before.resources,
        marks: [],
        owners: before.owners.map(([key]) => [key, undefined]),
      });
      expect(await marked(trial)).toEqual(targets);
      expect(stepsOf(await forgetPlan(trial, spec))).toEqual([]);
      // What is not declared any more is not deleted, and what is declared is not taken.
      const without = await planOf(trial, { ...spec, integrations: {} });
      expect(stepsOf(without).map(({ kind }) => kind)).toEqual(['create']);
      for (const [, id] of targets)
        expect(without.notes).toContainEqual(expect.stringMatching(new RegExp(`^target ${id} is kept: route`)));
      await expectRefusal(planOf(trial, spec), 'ALREADY_EXISTS');
    },
  ),
  ...[1, 2, 3, 4, 5].map((at): Check =>
    check(
      `continues to forget a spec after a process that was killed at write ${at}`,
      ['process', ...needs],
      async (trial) => {
        const spec = shopOf(trial);
        await applied(trial, spec);
        const before = await seen(trial);
        const failed = await failuresOf(trial, spec, await forgetPlan(trial, spec), {
          driver: trial.setup.process?.(at),
        });
        if (at === 1) expect(failed).not.toEqual([]);
        await applied(trial, spec, await forgetPlan(trial, spec));
        const after = await seen(trial);
        expect([after.resources, after.marks]).toEqual([before.resources, []]);
      },
    ),
  ),
  check('forgets one integration, and leaves the marks of the others', needs, async (trial) => {
    const spec = shopOf(trial);
    await applied(trial, spec);
    const [due] = stepsDue(trial);
    expect(idsOf(await forgetPlan(trial, spec, ['integrations.pay']))).toEqual([due]);
    const plan = await forgetPlan(trial, spec, ['pay']);
    expect(idsOf(plan)).toEqual([due]);
    expect(plan.notes).toContainEqual(expect.stringMatching(/^remove integration pay from the spec/));
    await applied(trial, spec, plan);
    expect((await seen(trial)).owners).toEqual([
      ['GET /pay', undefined],
      ['POST /pay', 'refund'],
    ]);
    expect(await marked(trial)).toContainEqual(['link', expect.anything(), 'eu', PAY]);
    // It leads where the spec says, and is left alone.
    const next = await planOf(trial, spec);
    expect(stepsOf(next).filter(({ resource }) => resource.type !== 'stage')).toEqual([]);
    expect((await forgetPlan(trial, spec, ['pay'])).notes).toContain(
      'integration pay carries no mark of this spec: there is nothing to remove',
    );
  }),
  check('forgets a spec by PrivateIntegrations.forgetSpec', needs, async (trial) => {
    const spec = shopOf(trial);
    await applied(trial, spec);
    const gate = new PrivateIntegrations(trial.driver, { ...trial.ctx, project: PROJECT, spec: PAY });
    const types: string[] = [];
    for await (const event of gate.forgetSpec(spec)) types.push(event.type);
    expect(types.filter((type) => type === 'step.done')).toHaveLength(stepsDue(trial).length);
    expect((await seen(trial)).marks).toEqual([]);
  }),
];
