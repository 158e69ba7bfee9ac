import type { Plan, Spec } from '@postern/core';
import { expect } from 'vitest';
import type { Check } from '../check.js';
import { PROJECT, type Trial } from '../trial.js';
import { applied, destroyOf, linkOf, planOf, specOf, stepsOf } from './spec-runs.js';

/** A link that no spec owns, with a tag of its own. */
async function unmarked(trial: Trial, integration: string): Promise<string> {
  const { id } = await trial.link({ owner: { project: 'other', integration }, tags: { team: 'payments' } });
  await trial.driver.links.untag(trial.linkRef(id), ['postern:project', 'postern:integration'], trial.ctx);
  return id;
}

const linkSteps = (plan: Plan) => stepsOf(plan).filter(({ resource }) => resource.type === 'link');

/** A link that was created outside of Postern and is adopted by its ID. */
export const adoptedLinkChecks: readonly Check[] = [true, false].map((deleteInstances) => ({
  name: `gives up an adopted link that leaves the spec, and by destroy, and keeps it: deleteInstances ${deleteInstances}`,
  needs: ['subnets', 'createsLinks'],
  run: async (trial) => {
    const { driver, ctx, world } = trial;
    const id = await unmarked(trial, 'orders');
    const pay = specOf(trial, 'pay', { identity: 'pay-7f3k2q', link: { id } });
    const other = linkOf(trial, { id: await unmarked(trial, 'bills'), owner: 'external' });
    const spec: Spec = { ...pay, links: { other, ...pay.links } };
    await applied(trial, spec);
    expect((await trial.found(id)).owner).toMatchObject({ project: PROJECT, spec: 'pay-7f3k2q' });

    const without: Spec = { ...spec, links: { other }, integrations: {} };
    const released = {
      id: `give up link pay (${id})`,
      kind: 'tag',
      reason: expect.stringContaining('the link is kept'),
    };
    expect(linkSteps(await planOf(trial, without, { deleteInstances }))).toMatchObject([released]);
    const plan = await destroyOf(trial, spec, { deleteInstances });
    expect(linkSteps(plan)).toMatchObject([released]);
    await applied(trial, spec, plan);
    expect(await trial.found(id)).toMatchObject({ state: 'ready', owner: undefined });
    expect(Object.keys((await trial.found(id)).tags)).toEqual(['team']);
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways).toMatchObject([{ routes: [] }]);
    expect(gateways[0]?.integrations ?? []).toEqual([]);
  },
}));
