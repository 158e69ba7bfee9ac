import { abilityOf } from '@postern/core/internal/driver';
import type { IntegrationSpec, Plan, Spec } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check } from '../check.js';
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
