import { driversOf, type Driver, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { alibaba } from '../../src/index.js';
import { killedApi } from '../world/killed-api.js';
import { REGION, simulated } from '../world/simulated.js';

const stepsOf = ({ units }: Plan) => units.flatMap((unit) => unit.steps);

interface Wanted {
  readonly link?: string;
  readonly name?: string;
  readonly target?: string;
  readonly moved?: string;
  readonly routes?: readonly string[];
}

/** An instance and a group with two APIs, all of link, integration and target `old`. */
async function scene(identity = 'pay-7f3k2q') {
  const cloud = await simulated({ throttle: false });
  const { simulation, world, driver, ctx } = cloud;
  const [clb] = world.targets as unknown as readonly [{ instance: string }];
  const specOf = (wanted: Wanted): Spec => {
    const { link = 'old', name = 'old', target = 'old', moved, routes = ['GET /pay', 'POST /pay'] } = wanted;
    return parseSpec(`version: 1
project: shop
${identity === '' ? '' : `spec: ${identity}`}
defaults: { region: ${REGION} }
${moved === undefined ? '' : `moved: [${moved}]`}
links:
  ${link}:
    provider: alibaba
    name: pay
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
    spec: api.s1.small
integrations:
  ${name}:
    link: ${link}
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { ${target}: { instance: ${clb.instance}, port: 80 } }
    routes: { ${routes.map((key) => `'${key}': ${target}`).join(', ')} }
`);
  };
  const snapshotOf = (spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });
  const planOf = async (spec: Spec): Promise<Plan> => diff(await snapshotOf(spec), spec);
  const run = async (spec: Spec, plan: Plan, by: Driver = driver): Promise<readonly string[]> => {
    const failed: string[] = [];
    const options = { spec, drivers: driversOf(by), context: ctx, allowPurchase: true };
    for await (const event of apply(plan, { judge, ...options, ignoreFindings: ['*'] }))
      if (event.type === 'step.failed') failed.push(event.step);
    return failed;
  };
  const first = specOf({});
  expect(await run(first, await planOf(first))).toEqual([]);
  const seen = async () => {
    const { links, gateways, targets } = await driver.observe({ all: true, project: 'shop' }, ctx);
    const routes = gateways.flatMap((one) => one.routes).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return {
      links: links.flatMap(({ id, owner }) => (owner === undefined ? [] : [[id, owner.integration]])),
      routes: routes.map(({ id, key, targetId, stages }) => [id, key, targetId, stages]),
      names: routes.map(({ owner }) => owner?.integration),
      targets: targets.flatMap(({ id, owner }) => (owner === undefined ? [] : [[id, owner.integration, owner.name]])),
    };
  };
  const writesSince = (from: number): readonly string[] =>
    cloud.calledSince(from).filter((operation) => !/^(?:Describe|Get|List)/.test(operation));
  const killed = (at: number, when: 'before' | 'after'): Driver =>
    alibaba({ region: REGION, api: killedApi(simulation.alibaba(REGION), at, when) });
  return { ...cloud, specOf, snapshotOf, planOf, run, seen, writesSince, killed };
}

const RENAMED = '{ from: integrations.old, to: integrations.new }';
const WRITES = ['ModifyApi', 'DeployApi', 'ModifyApi', 'DeployApi'];

describe('what gets another key in the spec, on Alibaba Cloud', () => {
  it('a link keeps its instance: only its tags change', async () => {
    const { specOf, planOf, run, seen, writesSince, simulation } = await scene();
    const { links, ...before } = await seen();
    const spec = specOf({ link: 'new', moved: '{ from: links.old, to: links.new }' });
    const plan = await planOf(spec);
    expect(stepsOf(plan).map(({ id }) => id)).toEqual(['move link new']);
    const from = simulation.journal().length;
    expect(await run(spec, plan)).toEqual([]);
    expect(new Set(writesSince(from))).toEqual(new Set(['TagResources']));
    expect(await seen()).toEqual({ ...before, links: [[links[0]?.[0], 'new']] });
    expect(stepsOf(await planOf(spec))).toEqual([]);
  });

  it('an integration keeps its APIs, and its authorization with the former name', async () => {
    const { specOf, planOf, run, seen, writesSince, simulation } = await scene();
    const before = await seen();
    const spec = specOf({ name: 'new', moved: RENAMED });
    const plan = await planOf(spec);
    expect(stepsOf(plan).map(({ id }) => id.replace(/ on .*/, ''))).toEqual([
      'move route GET /pay',
      'move route POST /pay',
    ]);
    const kept = `the name and the mark of ${before.targets[0]?.[0]} cannot be changed, and stay`;
    expect(plan.notes).toContain(`moved[0] (integrations.old → integrations.new): ${kept}`);
    const from = simulation.journal().length;
    expect(await run(spec, plan)).toEqual([]);
    expect(writesSince(from)).toEqual(WRITES);
    expect(await seen()).toEqual({ ...before, names: ['new', 'new'] });
    const next = await planOf(spec);
    expect([stepsOf(next), next.notes.filter((note) => note.startsWith('moved'))]).toEqual([
      [],
      [
        `moved[0] (integrations.old → integrations.new): ${kept}; this spec owns it by its identity, so remove the entry`,
      ],
    ]);
    expect(stepsOf(await planOf(specOf({ name: 'new' })))).toEqual([]);
  });

  it('an integration is continued after a kill at every write, and nothing is created', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= WRITES.length; at += 1) {
        const { specOf, planOf, run, seen, killed } = await scene();
        const before = await seen();
        const spec = specOf({ name: 'new', moved: RENAMED });
        expect(await run(spec, await planOf(spec), killed(at, when))).not.toEqual([]);
        expect(await run(spec, await planOf(spec))).toEqual([]);
        expect(await seen()).toEqual({ ...before, names: ['new', 'new'] });
        expect(stepsOf(await planOf(spec))).toEqual([]);
      }
    }
  });

  it('an authorization of a former name is deleted when nothing is declared that needs it', async () => {
    const { specOf, planOf, run } = await scene();
    const spec = specOf({ name: 'new', moved: RENAMED });
    expect(await run(spec, await planOf(spec))).toEqual([]);
    const { integrations: _, ...rest } = specOf({ name: 'new' });
    const empty: Spec = { ...rest, integrations: {} };
    const plan = await planOf(empty);
    expect(stepsOf(plan).map(({ id }) => id.replace(/ (?:on|of) .*/, ''))).toEqual([
      'delete route GET /pay',
      'delete route POST /pay',
      'delete target old',
      expect.stringMatching(/^mark unused link /),
    ]);
  });

  it('a target keeps its authorization, whose name and mark cannot be changed', async () => {
    const { specOf, planOf, seen } = await scene();
    const moved = '{ from: integrations.old.targets.old, to: integrations.old.targets.new }';
    const plan = await planOf(specOf({ target: 'new', moved }));
    const { targets } = await seen();
    expect([stepsOf(plan), plan.notes.filter((note) => note.startsWith('moved'))]).toEqual([
      [],
      [
        `moved[0] (integrations.old.targets.old → integrations.old.targets.new): the name and the mark of ${targets[0]?.[0]} cannot be changed, and stay; this spec owns it by its identity, so remove the entry`,
      ],
    ]);
  });

  it('all of it is destroyed under the new keys, also where the spec has no identity', async () => {
    const { specOf, snapshotOf, run, seen } = await scene('');
    const moved = `${RENAMED}, { from: integrations.old.targets.old, to: integrations.new.targets.new }, { from: links.old, to: links.new }`;
    const spec = specOf({ link: 'new', name: 'new', target: 'new', moved });
    expect(await run(spec, planDestroy(await snapshotOf(spec), spec, { deleteInstances: true }))).toEqual([]);
    expect(await seen()).toEqual({ links: [], routes: [], names: [], targets: [] });
  });
});
