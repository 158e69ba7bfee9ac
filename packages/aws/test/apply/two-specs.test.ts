import { PrivateIntegrations, driversOf, type Plan, type PlanOptions, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const plan = async ({ driver, ctx }: Cloud, spec: Spec, options: PlanOptions = {}): Promise<Plan> =>
  diff(await observeSpec(spec, driversOf(driver), ctx, { all: true }), spec, options);

async function run({ driver, ctx }: Cloud, spec: Spec, what: Plan): Promise<void> {
  for await (const event of apply(what, {
    judge,
    spec,
    drivers: driversOf(driver),
    context: ctx,
    ignoreFindings: ['*'],
  })) {
    if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
  }
}

const steps = ({ units }: Plan) => units.flatMap((unit) => unit.steps);
const ids = (what: Plan) => steps(what).map(({ id }) => id);

/** The spec of one folder: a link of its own, and a route of the API that both folders use. */
function specOf({ world }: Cloud, name: string, identity?: string): Spec {
  return parseSpec(`version: 1
project: shop
${identity === undefined ? '' : `spec: ${identity}`}
defaults: { region: eu-west-1 }
links:
  ${name}: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], allowlist: [10.20.0.0/20] }
integrations:
  ${name}:
    link: ${name}
    gateway: { httpApi: ${world.gateway.id} }
    targets:
      t: { listener: { loadBalancer: orders-alb, port: 80 } }
    routes: { 'GET /${name}': t }
`);
}

async function seen({ driver, ctx }: Cloud) {
  const { links, gateways, securityGroups } = await driver.observe({ all: true, project: 'shop' }, ctx);
  return {
    links: links.map(({ id, owner }) => [id, owner?.integration, owner?.spec]),
    routes: gateways[0]?.routes.map(({ key, owner }) => [key, owner?.integration, owner?.spec]),
    groups: securityGroups.filter(({ tags }) => tags['postern:project'] !== undefined).map(({ id }) => id),
  };
}

describe('contact H1: two specs of one project in two folders, on AWS', () => {
  it.each([
    ['without identities', undefined, undefined],
    ['with identities', 'pay-7f3k2q', 'orders-x9m2ab'],
    ['one with and one without', undefined, 'orders-x9m2ab'],
  ])('applied in turn five times, delete nothing of each other: %s', async (_, first, second) => {
    const cloud = await simulated();
    const specs = [specOf(cloud, 'pay', first), specOf(cloud, 'orders', second)];
    for (const spec of specs) await run(cloud, spec, await plan(cloud, spec));
    const before = await seen(cloud);
    expect(before.links).toHaveLength(2);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const spec of specs) {
        const what = await plan(cloud, spec);
        expect(ids(what)).toEqual([]);
        await run(cloud, spec, what);
      }
    }
    expect(await seen(cloud)).toEqual(before);
  });

  it('destroyed, delete only their own resources', async () => {
    const cloud = await simulated();
    for (const [first, second] of [
      ['pay-7f3k2q', 'orders-x9m2ab'],
      [undefined, undefined],
    ] as const) {
      const specs = [specOf(cloud, 'pay', first), specOf(cloud, 'orders', second)] as const;
      for (const spec of specs) await run(cloud, spec, await plan(cloud, spec));
      const snapshot = await observeSpec(specs[0], driversOf(cloud.driver), cloud.ctx, { all: true });
      const what = planDestroy(snapshot, specs[0]);
      expect(what.notes.filter((note) => note.startsWith('link orders'))).toEqual([
        expect.stringContaining(
          second === undefined ? 'names no spec: it is kept; --prune' : `another spec (${second})`,
        ),
      ]);
      await run(cloud, specs[0], what);
      const left = await seen(cloud);
      expect(left).toMatchObject({
        links: [[expect.anything(), 'orders', second]],
        routes: [['GET /orders', 'orders', second]],
      });
      expect(left.groups).toHaveLength(1);
      const rest = await observeSpec(specs[1], driversOf(cloud.driver), cloud.ctx, { all: true });
      await run(cloud, specs[1], planDestroy(rest, specs[1]));
      expect(await seen(cloud)).toEqual({ links: [], routes: [], groups: [] });
    }
  });

  it('keep an undeclared resource whose mark names no spec, and delete it only with prune', async () => {
    const cloud = await simulated();
    const spec = specOf(cloud, 'pay');
    await run(cloud, spec, await plan(cloud, spec));
    const other = specOf(cloud, 'orders', 'orders-x9m2ab');
    const kept = await plan(cloud, other);
    expect(ids(kept).filter((id) => id.startsWith('delete'))).toEqual([]);
    expect(kept.notes).toContainEqual(
      expect.stringMatching(/^link pay \(\S+\) belongs to project shop, is not declared.*--prune/),
    );
    expect(ids(await plan(cloud, other, { prune: true }))).toContainEqual(expect.stringMatching(/^delete link pay/));
  });

  it('a spec that gets an identity keeps its link and routes, and completes their marks in place', async () => {
    const cloud = await simulated();
    const old = specOf(cloud, 'pay');
    await run(cloud, old, await plan(cloud, old));
    const [[id] = []] = (await seen(cloud)).links;
    const spec = specOf(cloud, 'pay', 'pay-7f3k2q');
    const what = await plan(cloud, spec);
    expect(steps(what).map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'tag: its mark names no spec; it becomes owned by this spec (pay-7f3k2q)',
      'retarget: its mark differs from the spec; its target and settings do not',
      // The mark of a deployment names the spec as well.
      'deploy: its routes change, and it does not deploy automatically',
    ]);
    const from = cloud.simulation.journal().length;
    await run(cloud, spec, what);
    const written = cloud.calledSince(from).filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
    expect(written.toSorted()).toEqual(['CreateDeployment', 'TagResource', 'UpdateIntegration']);
    expect(await seen(cloud)).toMatchObject({
      links: [[id, 'pay', 'pay-7f3k2q']],
      routes: [['GET /pay', 'pay', 'pay-7f3k2q']],
    });
    expect(ids(await plan(cloud, spec))).toEqual([]);
  });

  it('a declared link or route of another spec is refused, with both identities', async () => {
    const cloud = await simulated();
    const spec = specOf(cloud, 'pay', 'pay-7f3k2q');
    await run(cloud, spec, await plan(cloud, spec));
    await expect(plan(cloud, specOf(cloud, 'pay', 'orders-x9m2ab'))).rejects.toMatchObject({
      code: 'NOT_OURS',
      message: expect.stringMatching(
        /owned by another spec \(pay-7f3k2q\) of project shop; this spec is orders-x9m2ab/,
      ),
    });
    await expect(plan(cloud, specOf(cloud, 'pay'))).rejects.toMatchObject({
      code: 'NOT_OURS',
      remedy: expect.stringContaining('write `spec: pay-7f3k2q`'),
    });
    const route = specOf(cloud, 'orders', 'orders-x9m2ab');
    const taken = { ...route.integrations['orders']!, routes: { 'GET /pay': 't' } };
    await expect(plan(cloud, { ...route, integrations: { orders: taken } })).rejects.toMatchObject({
      code: 'NOT_OURS',
      message: expect.stringContaining('owned by another spec (pay-7f3k2q) of project shop'),
    });
  });
});

it('contact M6: ensureRoute refuses a route of another project, also one that leads as asked', async () => {
  const { driver, world, simulation, link } = await simulated();
  const { id } = await link({ owner: { project: 'network', integration: 'main' } });
  await simulation.advance(900_000);
  const ensure = async (project: string, key: string): Promise<void> => {
    const gate = new PrivateIntegrations(driver, { project, spec: 'one', clock: simulation.clock });
    const target = await gate.ensureTarget(id, { name: 'orders', loadBalancer: 'orders-alb', port: 80 });
    await gate.ensureRoute(world.gateway.id, key, target);
  };
  await ensure('shop', 'GET /life');
  await expect(ensure('pay', 'GET /life')).rejects.toMatchObject({
    code: 'NOT_OURS',
    message: expect.stringContaining('belongs to project shop'),
  });
  await ensure('pay', 'GET /other');
});
