import { PrivateIntegrations, type Spec } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from '../check.js';
import { PROJECT, type Trial } from '../trial.js';
import { applied, destroyOf, idsOf, marked, PAY, planOf, specOf } from './spec-runs.js';

const ORDERS = 'orders-x9m2ab';
const needs = ['subnets', 'linkChanges', 'adoption'] as const;

const payOf = (trial: Trial, identity = PAY): Spec => specOf(trial, 'pay', { identity });

/** The second folder: a link of its own, and a route of the same gateway where two links can share it. */
const ordersOf = (trial: Trial): Spec =>
  specOf(trial, 'orders', {
    identity: ORDERS,
    integration: { gateway: trial.world.secondGateway ?? trial.world.gateway.ref },
  });

/** Two specs of one project, in two folders: neither changes what the other one owns. */
export const twoSpecChecks: readonly Check[] = [
  check('applies two specs in turn, and destroys them, without a change of the other one', needs, async (trial) => {
    const pay = payOf(trial);
    const orders = ordersOf(trial);
    for (const spec of [pay, orders]) await applied(trial, spec);
    const before = await marked(trial);
    expect(before.filter(([is]) => is === 'link')).toMatchObject([{}, {}]);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const spec of [pay, orders]) {
        const plan = await planOf(trial, spec);
        expect(idsOf(plan)).toEqual([]);
        await applied(trial, spec, plan);
      }
    }
    expect(await marked(trial)).toEqual(before);

    const plan = await destroyOf(trial, orders);
    expect(plan.notes.filter((note) => note.startsWith('link pay'))).toEqual([
      expect.stringContaining(`another spec (${PAY})`),
    ]);
    await applied(trial, orders, plan);
    const left = await marked(trial);
    expect(left).toEqual(before.filter(([, , name]) => name === 'pay'));
    expect(left).toContainEqual(['route', expect.anything(), 'pay', PAY]);
    await applied(trial, pay, await destroyOf(trial, pay));
    expect(await marked(trial)).toEqual([]);
  }),
  check('refuses a declared link or route of another spec, with both identities', needs, async (trial) => {
    await applied(trial, payOf(trial));
    const other = await expectRefusal(planOf(trial, payOf(trial, ORDERS)), 'NOT_OURS');
    expect(other.message).toContain(`owned by another spec (${PAY}) of project ${PROJECT}; this spec is ${ORDERS}`);
    expect(other.remedy).toContain(`write \`spec: ${PAY}\``);
    const taken = specOf(trial, 'orders', { identity: ORDERS, integration: { routes: { 'GET /pay': 't' } } });
    const route = await expectRefusal(planOf(trial, taken), 'NOT_OURS');
    expect(route.message).toContain(`owned by another spec (${PAY}) of project ${PROJECT}`);
  }),
  check('refuses to ensure a route of another project, also one that leads as requested', [], async (trial) => {
    const link = await trial.link();
    const where = { name: 'orders', linkId: link.id, linkKind: link.kind, ref: trial.world.targets[0] };
    const target = { ...(await trial.target(link)), ...where };
    const ensure = (project: string, key: string): Promise<void> => {
      const gate = new PrivateIntegrations(trial.driver, { ...trial.ctx, project, spec: 'one' });
      return gate.ensureRoute(trial.world.gateway.ref, key, target);
    };
    await ensure('shop', trial.key(1));
    const refused = await expectRefusal(ensure('pay', trial.key(1)), 'NOT_OURS');
    expect(refused.message).toContain('belongs to project shop');
    await ensure('pay', trial.key(2));
  }),
];
