import { driversOf, type Driver, type Plan, type Spec } from '@postern/core';
import { check, judge } from '@postern/core/check';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { killedClients } from '../world/killed-clients.js';
import { REGION, simulated } from '../world/simulated.js';

type Gateway = 'http' | 'rest';

const stepsOf = ({ units }: Plan) => units.flatMap((unit) => unit.steps);
const idsOf = (plan: Plan) => stepsOf(plan).map(({ id }) => id);

interface Wanted {
  readonly name: string;
  readonly moved?: string;
  readonly routes?: readonly string[];
  readonly target?: string;
  readonly identity?: string;
}

/** A region in which one gateway of a kind has two routes of integration `old`. */
async function scene(kind: Gateway, identity: string | undefined = 'pay-7f3k2q') {
  const cloud = await simulated({ throttle: false });
  const { simulation, driver, ctx, call, world } = cloud;
  const rest = (operation: string, input: object): any => call('apigateway', operation, { ...input });
  const restApiId: string =
    kind === 'http' ? '' : rest('CreateRestApi', { name: 's', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  const gateway = kind === 'http' ? `httpApi: ${world.gateway.id}` : `restApi: ${restApiId}, stage: prod`;
  const specOf = ({ name, moved, routes = ['GET /pay', 'POST /pay'], target = 't' }: Wanted): Spec =>
    parseSpec(`version: 1
project: shop
${identity === undefined ? '' : `spec: ${identity}`}
defaults: { region: ${REGION} }
${moved === undefined ? '' : `moved: [${moved}]`}
links:
  eu: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], securityGroups: [${world.securityGroupIds.join(', ')}] }
integrations:
  ${name}:
    link: eu
    gateway: { ${gateway} }
    targets: { ${target}: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { ${routes.map((key) => `'${key}': ${target}`).join(', ')} }
`);
  const snapshotOf = (spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });
  const planOf = async (spec: Spec): Promise<Plan> => diff(await snapshotOf(spec), spec);
  const run = async (spec: Spec, plan: Plan, by: Driver = driver): Promise<readonly string[]> => {
    const failed: string[] = [];
    for await (const event of apply(plan, { judge, spec, drivers: driversOf(by), context: ctx, ignoreFindings: ['*'] }))
      if (event.type === 'step.failed') failed.push(event.step);
    return failed;
  };
  const before = specOf({ name: 'old' });
  expect(await run(before, await planOf(before))).toEqual([]);
  /** What serves calls, without marks, and the names in marks. */
  const seen = async () => {
    const { gateways, links } = await driver.observe({ all: true, project: 'shop' }, ctx);
    const routes = gateways.flatMap((one) => one.routes).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return {
      links: links.map(({ id }) => id),
      served: routes.map(({ id, key, linkId, targetId, integrationId }) => [id, key, linkId, targetId, integrationId]),
      integrations: gateways.flatMap(({ integrations = [] }) => integrations.map(({ id }) => id)),
      names: routes.map(({ owner }) => owner?.integration),
      stages: gateways.flatMap(({ stages }) => stages.map(({ name, deploymentId }) => [name, deploymentId])),
    };
  };
  const writesSince = (from: number): readonly string[] =>
    simulation
      .journal()
      .slice(from)
      .map(({ operation }) => operation)
      .filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
  const killed = (at: number, when: 'before' | 'after'): Driver =>
    aws({ region: REGION, clients: killedClients(simulation.clients(REGION), at, when) });
  return { cloud, specOf, snapshotOf, planOf, run, seen, writesSince, killed };
}

const RENAMED = '{ from: integrations.old, to: integrations.new }';

describe.each<[Gateway, readonly string[]]>([
  ['http', ['UpdateIntegration']],
  ['rest', ['UpdateMethod', 'UpdateMethod']],
])('an integration whose key changes, on an API of kind %s', (kind, writes) => {
  it('keeps its resources: only marks are written, nothing is deployed, and the next plan is empty', async () => {
    const { cloud, specOf, planOf, run, seen, writesSince } = await scene(kind);
    const before = await seen();
    const spec = specOf({ name: 'new', moved: RENAMED });
    const plan = await planOf(spec);
    expect(stepsOf(plan)).toMatchObject(
      ['GET /pay', 'POST /pay'].map((key) => ({
        id: expect.stringMatching(new RegExp(`^move route ${key} on `)),
        changes: [{ field: 'owner', from: 'old', to: 'new' }],
        reason: 'integration old was renamed; only the mark of the route changes',
      })),
    );
    const from = cloud.simulation.journal().length;
    expect(await run(spec, plan)).toEqual([]);
    expect(writesSince(from)).toEqual(writes);
    expect(await seen()).toEqual({ ...before, names: ['new', 'new'] });
    const next = await planOf(spec);
    expect([stepsOf(next), next.notes]).toEqual([
      [],
      ['moved[0] (integrations.old → integrations.new): no mark has the former name; remove the entry'],
    ]);
    const without = await planOf(specOf({ name: 'new' }));
    expect([stepsOf(without), without.notes]).toEqual([[], []]);
  });

  it('is continued after a kill at every write, and nothing is created', async () => {
    let ended = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= writes.length; at += 1) {
        const { specOf, planOf, run, seen, killed } = await scene(kind);
        const before = await seen();
        const spec = specOf({ name: 'new', moved: RENAMED });
        expect(await run(spec, await planOf(spec), killed(at, when))).not.toEqual([]);
        ended += 1;
        expect(await run(spec, await planOf(spec))).toEqual([]);
        expect(await seen()).toEqual({ ...before, names: ['new', 'new'] });
        expect(stepsOf(await planOf(spec))).toEqual([]);
      }
    }
    expect(ended).toBe(2 * writes.length);
  });

  it('deletes a route that is not declared any more, under either name, and shares what is there with a new one', async () => {
    const { specOf, planOf, run, seen } = await scene(kind);
    const spec = specOf({ name: 'new', moved: RENAMED, routes: ['GET /pay', 'PUT /pay'] });
    const plan = await planOf(spec);
    expect(plan.units.filter((unit) => unit.kind === 'integration').map(({ name }) => name)).toEqual(['new']);
    const { integrations } = await seen();
    expect(await run(spec, plan)).toEqual([]);
    const after = await seen();
    expect(after.served.map(([, key]) => key)).toEqual(['GET /pay', 'PUT /pay']);
    if (kind === 'http') expect(after.integrations).toEqual(integrations);
    expect(stepsOf(await planOf(spec))).toEqual([]);
  });

  it('is destroyed before its marks change, also where the spec has no identity', async () => {
    for (const identity of ['pay-7f3k2q', '']) {
      const { specOf, snapshotOf, run, seen } = await scene(kind, identity === '' ? undefined : identity);
      const spec = specOf({ name: 'new', moved: RENAMED });
      expect(await run(spec, planDestroy(await snapshotOf(spec), spec))).toEqual([]);
      expect(await seen()).toMatchObject({ served: [], integrations: [] });
    }
  });

  it('is refused where the former key is misspelled', async () => {
    const { specOf, planOf } = await scene(kind);
    await expect(
      planOf(specOf({ name: 'new', moved: '{ from: integrations.odl, to: integrations.new }' })),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
      place: { path: 'moved[0].from' },
      remedy: 'Write integrations.old, or remove the entry.',
    });
  });

  it('is nothing that a check reports', async () => {
    const { specOf, snapshotOf } = await scene(kind);
    const codes = async (spec: Spec) =>
      check(await snapshotOf(spec), spec)
        .findings.filter(({ verdict }) => verdict === 'fail')
        .map((one) => one.code);
    expect(await codes(specOf({ name: 'new', moved: RENAMED }))).toEqual(await codes(specOf({ name: 'old' })));
  });

  it('changes nothing where only a target gets another key', async () => {
    const { specOf, planOf } = await scene(kind);
    const moved = '{ from: integrations.old.targets.t, to: integrations.old.targets.alb }';
    const plan = await planOf(specOf({ name: 'old', moved, target: 'alb' }));
    expect([idsOf(plan), plan.notes]).toEqual([
      [],
      [
        'moved[0] (integrations.old.targets.t → integrations.old.targets.alb): no mark has the former name; remove the entry',
      ],
    ]);
  });
});

describe('an integration of an HTTP API whose key changes without an entry', () => {
  it('gets another integration of the API', async () => {
    const { specOf, planOf, run, seen } = await scene('http');
    const used = async () => (await seen()).served.map((route) => route[4]);
    const before = await used();
    const spec = specOf({ name: 'new' });
    expect(await run(spec, await planOf(spec))).toEqual([]);
    for (const integration of await used()) expect(before).not.toContain(integration);
  });
});
