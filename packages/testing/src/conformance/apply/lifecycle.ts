import { abilityOf } from '@postern/core/internal/driver';
import { type IntegrationSpec, type Plan, type Spec, PrivateIntegrations } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from '../check.js';
import { type Trial, PROJECT } from '../trial.js';
import { applied, destroyOf, idsOf, marked, planOf, specOf, linkOf, stepsOf, PAY } from './spec-runs.js';

const [FIRST, KEPT, NEXT] = ['10.10.8.0/24', '10.10.16.0/24', '10.10.32.0/24'];

/** The IDs of everything there is, without routes, and the routes by key and target. */
async function seen({ driver, ctx, world }: Trial) {
  const { links, gateways, securityGroups, targets } = await driver.observe({ all: true }, ctx);
  const gateway = gateways.find(({ id }) => id === world.gateway.id);
  return {
    ids: [links, gateways, securityGroups, targets].map((list) => list.map(({ id }) => id).toSorted()),
    routes: gateway?.routes.map(({ key, targetId }) => [key, targetId]).toSorted(),
    // Undefined on a cloud that has nothing between routes and targets.
    integrations: gateway?.integrations?.length,
  };
}

/** A private integration from its first plan to its deletion. */
export const lifecycleChecks: readonly Check[] = [
  check(
    'creates, keeps, changes and deletes a private integration, and nothing else',
    ['subnets', 'allowlist'],
    async (trial) => {
      const { driver, ctx, traits, world } = trial;
      const specWith = (allowlist: readonly string[], routes: IntegrationSpec['routes']) => {
        const targets = { one: { ref: world.targets[0] }, two: { ref: world.targets[1] } };
        return specOf(trial, 'eu', {
          identity: 'orders-7f3k2q',
          link: { allowlist },
          integration: { targets, routes },
        });
      };
      const before = await seen(trial);
      const spec = specWith([FIRST, KEPT], { 'ANY /orders/{proxy+}': 'one', 'GET /health': 'one' });
      const first = await planOf(trial, spec);
      expect(idsOf(first)).toEqual([
        'create link eu',
        ...(traits.targetsAreResources ? ['create target one of eu', 'create target two of eu'] : []),
        'create route ANY /orders/{proxy+}',
        'create route GET /health',
        ...(driver.stages !== undefined ? [expect.stringMatching(/^deploy \w+ to prod$/)] : []),
      ]);
      await applied(trial, spec, first);
      expect(idsOf(await planOf(trial, spec))).toEqual([]);

      // Another block, another key, another target.
      const next = specWith([KEPT, NEXT], { 'ANY /v2/{proxy+}': 'one', 'GET /health': 'two' });
      await applied(trial, next);
      expect(idsOf(await planOf(trial, next))).toEqual([]);
      const link = await driver.links.find(
        { kind: trial.linkKind, owner: trial.owner('eu', { spec: next.spec }) },
        ctx,
      );
      if (link === undefined) expect.fail('the link is gone');
      const [one, two] = await Promise.all(
        world.targets.map((ref) =>
          traits.targetsAreResources
            ? abilityOf(driver, 'targetResources').find(link, ref, ctx)
            : driver.targets.resolve(ref, { link, networkId: world.networkId }, ctx),
        ),
      );
      expect(await seen(trial)).toMatchObject({
        routes: [
          ['ANY /v2/{proxy+}', one?.id],
          ['GET /health', two?.id],
        ],
        integrations: before.integrations === undefined ? undefined : traits.targetsAreResources ? 0 : 2,
      });
      const list = (await abilityOf(driver, 'allowlist').read(link, ctx)).entries.filter(({ fixed }) => fixed !== true);
      const ports = traits.allowlistHasPorts ? [one?.port, two?.port] : [0];
      expect(new Set(list.map(({ cidrBlock, fromPort }) => `${cidrBlock} ${fromPort}`))).toEqual(
        new Set([KEPT, NEXT].flatMap((block) => ports.map((port) => `${block} ${port}`))),
      );
      expect(list).toHaveLength(2 * ports.length);

      if (traits.linksCostMoney) {
        await applied(trial, next, await destroyOf(trial, next, {}));
        expect(await marked(trial)).toEqual([['link', link.id, 'eu', next.spec]]);
      }
      await applied(trial, next, await destroyOf(trial, next));
      expect(await seen(trial)).toEqual(before);
    },
  ),
];

/** A link that no spec owns, with a tag of its own. */
async function unmarked(trial: Trial, integration: string): Promise<string> {
  const { id } = await trial.link({
    owner: { project: 'other', spec: 'other', integration },
    tags: { team: 'payments' },
  });
  await abilityOf(trial.driver, 'linkChanges').untag(
    trial.linkRef(id),
    ['postern:project', 'postern:integration'],
    trial.ctx,
  );
  return id;
}

const linkSteps = (plan: Plan) => stepsOf(plan).filter(({ resource }) => resource.type === 'link');

/** A link that was created outside of Postern and is adopted by its ID. */
export const adoptedLinkChecks: readonly Check[] = [true, false].map((deleteInstances) =>
  check(
    `gives up an adopted link that leaves the spec, and by destroy, and keeps it: deleteInstances ${deleteInstances}`,
    ['subnets', 'linkChanges'],
    async (trial) => {
      const { driver, ctx, world } = trial;
      const id = await unmarked(trial, 'orders');
      const pay = specOf(trial, 'pay', { identity: PAY, link: { id } });
      const other = linkOf(trial, { id: await unmarked(trial, 'bills'), owner: 'external' });
      const spec: Spec = { ...pay, links: { other, ...pay.links } };
      await applied(trial, spec);
      expect((await trial.found(id)).owner).toMatchObject({ project: PROJECT, spec: PAY });

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
  ),
);

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
