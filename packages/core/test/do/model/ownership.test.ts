import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerTags } from '../../../src/do/model/marks.js';
import type { Spec } from '../../../src/do/spec.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { runs } from '../../runs.js';

describe('only resources that this project manages are changed or deleted', () => {
  it('two projects on one gateway do not change each other’s resources in any run', async () => {
    const cloud = smallCloud();
    const shop = smallSpec();
    const crm: Spec = {
      ...smallSpec({ project: 'crm' }),
      integrations: { orders: { ...smallSpec().integrations['orders']!, routes: { 'ANY /crm': 'orders' } } },
    };
    for (let round = 0; round < 10; round += 1) {
      for (const spec of [shop, crm]) expect(doneOf(await runSpec(cloud, spec))).toMatchObject({ failed: 0 });
      expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['ANY /orders', 'ANY /crm']);
    }
    expect(cloud.links.size).toBe(2);
    await expect(runSpec(cloud, { ...crm, integrations: shop.integrations })).rejects.toMatchObject({
      code: 'NOT_OURS',
    });
    await runSpec(cloud, crm, { destroy: true });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['ANY /orders']);
    expect(stepIds(await planOf(cloud, shop))).toEqual([]);
  });

  it('two projects deploy to one stage only when they change something', async () => {
    const cloud = new FakeCloud();
    const api = cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
    cloud.listener('orders', 443);
    const crm: Spec = {
      ...smallSpec({ project: 'crm' }),
      integrations: { orders: { ...smallSpec().integrations['orders']!, routes: { 'ANY /crm': 'orders' } } },
    };
    for (let round = 0; round < 5; round += 1) for (const spec of [smallSpec(), crm]) await runSpec(cloud, spec);
    expect(api.stages[0]?.deployments).toHaveLength(2);
  });

  it('routes of two projects over one external link: each removes its own, none the link', async () => {
    const cloud = smallCloud();
    const shared = cloud.addLink({ subnetIds: ['subnet-1a'], name: 'shared' });
    const link = linkSpec({ id: shared.id, owner: 'external', subnets: undefined, securityGroups: undefined });
    const shop = smallSpec({ links: { eu: link } });
    const crm: Spec = {
      ...smallSpec({ project: 'crm', links: { eu: link } }),
      integrations: { orders: { ...smallSpec().integrations['orders']!, routes: { 'ANY /crm': 'orders' } } },
    };
    for (const spec of [shop, crm]) await runSpec(cloud, spec);
    expect(stepIds(await planOf(cloud, shop))).toEqual([]);
    await runSpec(cloud, crm, { destroy: true });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['ANY /orders']);
    expect([...cloud.links.keys()]).toEqual([shared.id]);
  });

  it('a link whose mark was removed is no longer managed: not changed, and reported', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, smallSpec());
    const [row] = cloud.links.values();
    row!.tags = {};
    const plan = await planOf(cloud, smallSpec());
    expect(plan.notes).toContainEqual(
      expect.stringMatching(new RegExp(`link ${row!.id} .*not managed by this project`)),
    );
    expect(stepIds(plan).filter((id) => id.includes(row!.id))).toEqual([]);
    await runSpec(cloud, smallSpec(), { destroy: true });
    expect([...cloud.links.keys()]).toEqual([row!.id]);
  });

  it('after its mark is removed at any moment of a run, the link is not deleted', async () => {
    let kept = 0;
    for (let at = 0; at < 40; at += runs(9, 1)) {
      const cloud = smallCloud();
      await runSpec(cloud, smallSpec());
      const [row] = cloud.links.values();
      const moved = smallSpec({ links: { eu: linkSpec({ subnets: ['subnet-1b'] }) } });
      let event = 0;
      let going: boolean | undefined;
      const events = await runSpec(cloud, moved, {
        onEvent: () => {
          if (event === at) {
            // A change between the last read and the deletion cannot be detected.
            going = row!.deletedMs !== undefined || cloud.calls.at(-1) === 'links.find';
            row!.tags = {};
          }
          event += 1;
        },
      });
      if (going === false) {
        expect(row!.deletedMs).toBeUndefined();
        expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({ error: { code: 'WORLD_MOVED' } });
        kept += 1;
      }
      expect(stepIds(await planOf(cloud, moved))).toEqual([]);
    }
    expect(kept).toBeGreaterThan(runs(1, 20));
  });

  it('after another project takes over a link during a run, with its mark, the link is not deleted', async () => {
    let kept = 0;
    for (let at = 0; at < 40; at += runs(9, 1)) {
      const cloud = smallCloud();
      await runSpec(cloud, smallSpec());
      const [row] = cloud.links.values();
      const owner = { project: 'crm', spec: 'crm', integration: 'eu' };
      const { subnetIds, securityGroupIds } = row!;
      const theirs = ownerTags({ ...owner, specHash: linkHash(owner, { subnetIds, securityGroupIds }) });
      let event = 0;
      let going: boolean | undefined;
      await runSpec(cloud, smallSpec({ links: { eu: linkSpec({ subnets: ['subnet-1b'] }) } }), {
        onEvent: () => {
          if (event === at) {
            // A change between the last read and the deletion cannot be detected.
            going = row!.deletedMs !== undefined || cloud.calls.at(-1) === 'links.find';
            row!.tags = { ...theirs };
          }
          event += 1;
        },
      });
      if (going === false) {
        expect(row!.deletedMs).toBeUndefined();
        kept += 1;
      }
    }
    expect(kept).toBeGreaterThan(runs(1, 20));
  });

  it('marks that were copied to unmanaged resources are ignored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            subnet: fc.constantFrom('subnet-1a', 'subnet-1b', 'subnet-2a'),
            name: fc.constantFrom('eu', 'us', 'old'),
            hash: fc.constantFrom(undefined, 'abc', 'deadbeef00000000'),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        async (forged) => {
          const cloud = smallCloud();
          await runSpec(cloud, smallSpec());
          const planted = forged.map(({ subnet, name, hash }) => {
            const mark = { 'postern:project': 'shop', 'postern:owner': 'shop', 'postern:integration': name };
            const tags = hash === undefined ? mark : { ...mark, 'postern:spec': hash };
            return cloud.addLink({ subnetIds: [subnet], tags }).id;
          });
          const [first] = planted;
          cloud.addRoute('api-1', 'GET /copied', { linkId: first!, description: 'postern:shop@shop/orders/orders' });
          const plan = await planOf(cloud, smallSpec());
          expect(stepIds(plan)).toEqual([]);
          for (const id of planted) expect(plan.notes).toContainEqual(expect.stringContaining(id));
          await runSpec(cloud, smallSpec(), { destroy: true });
          expect([...cloud.links.keys()]).toEqual(planted);
          expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /copied']);
        },
      ),
      { numRuns: runs(6, 30) },
    );
  });

  it('a protected link or integration is refused before anything is deleted', async () => {
    const cloud = smallCloud();
    const spec = smallSpec({ links: { eu: linkSpec({ protect: true }) } });
    await runSpec(cloud, spec);
    const before = cloud.calls.length;
    await expect(runSpec(cloud, spec, { destroy: true })).rejects.toMatchObject({
      code: 'PROTECTED',
      place: { path: 'links.eu' },
    });
    const guarded = {
      ...smallSpec(),
      integrations: { orders: { ...smallSpec().integrations['orders']!, protect: true } },
    };
    // The tag protects although the spec no longer does, until that has been applied.
    await expect(runSpec(cloud, guarded, { destroy: true })).rejects.toMatchObject({ code: 'PROTECTED' });
    expect(cloud.calls.slice(before).filter((call) => call.includes('delete'))).toEqual([]);
    await runSpec(cloud, smallSpec());
    expect(doneOf(await runSpec(cloud, smallSpec(), { destroy: true }))).toMatchObject({ failed: 0 });
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
  });

  it('a link that an unmanaged route uses is kept, and reported', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, smallSpec());
    const linkId = [...cloud.links.keys()][0]!;
    cloud.addRoute('api-1', 'GET /foreign', {
      linkId,
      targetId: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/1/443',
    });
    const plan = await planOf(cloud, smallSpec(), { destroy: true });
    expect(stepIds(plan)).toEqual(['delete route ANY /orders on api-1']);
    expect(plan.notes).toContainEqual(
      `link ${linkId} is kept: route GET /foreign of api-1 still uses it; delete or move that route, then run again`,
    );
  });
});
