import type { IntegrationSpec } from '@postern/core';
import { expect } from 'vitest';
import type { Check } from '../check.js';
import type { Trial } from '../trial.js';
import { applied, destroyOf, idsOf, marked, planOf, specOf } from './spec-runs.js';

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
  {
    name: 'creates, keeps, changes and deletes a private integration, and nothing else',
    needs: ['subnets', 'createsLinks', 'deletesLinks'],
    run: async (trial) => {
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
        ...(traits.routesNeedDeployment ? [expect.stringMatching(/^deploy \w+ to prod$/)] : []),
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
      const [one, two] = await Promise.all(world.targets.map((ref) => driver.targets.find(link, ref, ctx)));
      expect(await seen(trial)).toMatchObject({
        routes: [
          ['ANY /v2/{proxy+}', one?.id],
          ['GET /health', two?.id],
        ],
        integrations: before.integrations === undefined ? undefined : traits.targetsAreResources ? 0 : 2,
      });
      const list = (await driver.allowlist.read(link, ctx)).entries.filter(({ fixed }) => fixed !== true);
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
  },
];
