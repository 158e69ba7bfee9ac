import { driversOf, PrivateIntegrations, type Driver, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planForget } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { killedClients } from '../world/killed-clients.js';
import { REGION, simulated } from '../world/simulated.js';

type Gateway = 'http' | 'rest';

const stepsOf = ({ units }: Plan) => units.flatMap((unit) => unit.steps);
const idsOf = (plan: Plan) => stepsOf(plan).map(({ id }) => id.replace(/ (?:on|of) \w+$/, ''));

/** A region where a spec owns a link with an allowlist, and two routes of one gateway, deployed to a manual stage. */
async function scene(kind: Gateway) {
  const cloud = await simulated({ throttle: false });
  const { simulation, driver, ctx, call, world } = cloud;
  const ApiId = world.gateway.id;
  const restApiId: string =
    kind === 'http'
      ? ''
      : call('apigateway', 'CreateRestApi', { name: 's', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  const gateway = kind === 'http' ? `httpApi: ${ApiId}` : `restApi: ${restApiId}, stage: prod`;
  const allowlist = 'allowlist: [10.20.0.0/20]';
  const specOf = (integrations = true): Spec =>
    parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: ${REGION} }
links:
  eu: { provider: aws, subnets: [${world.subnetIds[0]}], ${allowlist} }
${
  integrations
    ? `integrations:
  pay:
    link: eu
    gateway: { ${gateway} }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'GET /pay': t }
  refund:
    link: eu
    gateway: { ${gateway} }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'POST /pay': t }`
    : ''
}
`);
  const spec = specOf();
  const snapshotOf = (of: Spec) => observeSpec(of, driversOf(driver), ctx, { all: true });
  const run = async (of: Spec, plan: Plan, by: Driver = driver): Promise<readonly string[]> => {
    const failed: string[] = [];
    for await (const event of apply(plan, {
      judge,
      spec: of,
      drivers: driversOf(by),
      context: ctx,
      ignoreFindings: ['*'],
    }))
      if (event.type === 'step.failed') failed.push(event.step);
    return failed;
  };
  const planOf = async (of: Spec) => diff(await snapshotOf(of), of);
  const forgetPlan = async (names?: readonly string[]) => planForget(await snapshotOf(spec), spec, { names });
  expect(await run(spec, await planOf(spec))).toEqual([]);
  /** All resources without what Postern wrote on them, and every text that it wrote. */
  const seen = async () => {
    const { gateways, links, securityGroups } = await driver.observe({ all: true, project: 'shop' }, ctx);
    const routes = gateways.flatMap((one) => one.routes);
    const rest = (operation: string, input: object = {}) => call('apigateway', operation, { restApiId, ...input });
    const written =
      kind === 'http'
        ? ['GetIntegrations', 'GetDeployments', 'GetStages'].map((one) => call('apigatewayv2', one, { ApiId }))
        : [rest('GetResources', { embed: ['methods'] }), rest('GetStages')];
    const tags = [links.map((link) => link.tags), securityGroups.map((group) => group.tags)];
    const marks = JSON.stringify([written, tags]).match(/postern:\w+/g);
    return {
      resources: {
        links: links.map(({ id, subnetIds }) => [id, subnetIds]),
        groups: securityGroups.map(({ id, rules }) => [id, rules.length]),
        routes: routes.map(({ id, key, linkId, targetId, integrationId }) => [
          id,
          key,
          linkId,
          targetId,
          integrationId,
        ]),
        integrations: gateways.flatMap(({ integrations = [] }) => integrations.map(({ id }) => id)),
        stages: gateways.flatMap(({ stages }) => stages.map(({ name, deploymentId }) => [name, deploymentId])),
      },
      owners: routes.map(({ key, owner }) => [key, owner?.integration]),
      linkOwners: links.map(({ owner }) => owner?.integration),
      marks: marks ?? [],
    };
  };
  const killed = (at: number): Driver =>
    aws({ region: REGION, clients: killedClients(simulation.clients(REGION), at, 'after') });
  return { ...cloud, spec, specOf, snapshotOf, planOf, run, forgetPlan, seen, killed };
}

describe.each<[Gateway]>([['http'], ['rest']])('planForget on an API of kind %s', (kind) => {
  const ALL = [
    'forget route GET /pay',
    'forget route POST /pay',
    'forget stage prod',
    expect.stringMatching(/^give up link eu/),
  ];

  it('releases everything: no resource changes, no mark is left, and nothing is deleted afterwards', async () => {
    const { specOf, planOf, run, forgetPlan, seen, spec } = await scene(kind);
    const before = await seen();
    const plan = await forgetPlan();
    expect([plan.goal, idsOf(plan)]).toEqual(['forget', ALL]);
    expect(stepsOf(plan).every((step) => step.kind === 'tag')).toBe(true);
    expect(await run(spec, plan)).toEqual([]);
    const after = await seen();
    expect(after.resources).toEqual(before.resources);
    expect([before.marks.length > 4, after.marks]).toEqual([true, []]);
    expect(after.owners.map(([, owner]) => owner)).toEqual([undefined, undefined]);
    expect(stepsOf(await forgetPlan())).toEqual([]);
    // What is not declared any more is not deleted, and what is declared is not taken.
    const without = await planOf(specOf(false));
    expect(stepsOf(without).map((step) => step.kind)).toEqual(['create']);
    await expect(planOf(spec)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('is continued after a kill at every write', async () => {
    let at = 1;
    for (; ; at += 1) {
      const { spec, run, forgetPlan, seen, killed } = await scene(kind);
      const before = await seen();
      const failed = await run(spec, await forgetPlan(), killed(at));
      if (failed.length === 0) break;
      expect(await run(spec, await forgetPlan())).toEqual([]);
      const after = await seen();
      expect([after.resources, after.marks]).toEqual([before.resources, []]);
    }
    expect(at).toBeGreaterThan(4);
  });

  it('releases one integration, and leaves the marks of the others and the stage', async () => {
    const { spec, planOf, run, forgetPlan, seen } = await scene(kind);
    for (const name of ['integrations.pay', 'pay']) expect(idsOf(await forgetPlan([name]))).toEqual(ALL.slice(0, 1));
    const plan = await forgetPlan(['pay']);
    expect(plan.notes).toContainEqual(expect.stringMatching(/^remove integration pay from the spec/));
    expect(await run(spec, plan)).toEqual([]);
    const after = await seen();
    expect(after.owners).toEqual([
      ['GET /pay', undefined],
      ['POST /pay', 'refund'],
    ]);
    expect(after.linkOwners).toEqual(['eu']);
    // It leads where the spec says, and is left alone.
    const next = await planOf(spec);
    expect(stepsOf(next).filter(({ resource }) => resource.type !== 'stage')).toEqual([]);
    expect((await forgetPlan(['pay'])).notes).toContain(
      'integration pay carries no mark of this spec: there is nothing to remove',
    );
  });

  it('releases a link by its key or its ID', async () => {
    const { forgetPlan, seen } = await scene(kind);
    const [[id]] = (await seen()).resources.links as [[string]];
    for (const name of ['links.eu', 'eu', id]) expect(idsOf(await forgetPlan([name]))).toEqual(ALL.slice(3));
  });
});

describe('planForget', () => {
  it.each([
    ['NOT_FOUND', ['integrations.pya'], 'Did you mean integrations.pay?'],
    ['NOT_FOUND', ['links.pay'], 'Did you mean'],
    ['INVALID_INPUT', ['integrations.pay.targets.t'], 'Write the integration'],
  ])('refuses %s for %s', async (code, names, remedy) => {
    const { forgetPlan } = await scene('http');
    await expect(forgetPlan(names)).rejects.toMatchObject({ code, remedy: expect.stringContaining(remedy) });
  });

  it('refuses a name that is that of a link and of an integration, and what another spec owns', async () => {
    const { spec, snapshotOf, seen } = await scene('http');
    const snapshot = await snapshotOf(spec);
    const both: Spec = { ...spec, links: { ...spec.links, pay: spec.links['eu']! } };
    expect(() => planForget(snapshot, both, { names: ['pay'] })).toThrow(
      expect.objectContaining({ code: 'AMBIGUOUS', remedy: 'Write links.pay or integrations.pay.' }),
    );
    const [[id]] = (await seen()).resources.links as [[string]];
    const other: Spec = { ...spec, spec: 'other-1' };
    for (const name of ['eu', id])
      expect(() => planForget(snapshot, other, { names: [name] })).toThrow(
        expect.objectContaining({ code: 'NOT_OURS', remedy: expect.stringContaining('--spec-id pay-7f3k2q') }),
      );
    expect(stepsOf(planForget(snapshot, other))).toEqual([]);
  });

  it('is what PrivateIntegrations.forgetSpec does', async () => {
    const { spec, driver, ctx, seen } = await scene('http');
    const gate = new PrivateIntegrations(driver, { ...ctx, project: 'shop', spec: 'pay-7f3k2q' });
    const types: string[] = [];
    for await (const event of gate.forgetSpec(spec)) types.push(event.type);
    expect(types.filter((type) => type === 'step.done')).toHaveLength(4);
    expect((await seen()).marks).toEqual([]);
  });
});
