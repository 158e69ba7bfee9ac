import { expect, describe, it } from 'vitest';
import { applied, destroyOf, planOf, snapshotOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import type { Plan, Spec } from '@postern/core';
import { simulated } from '../world/simulated.js';

type Kind = 'httpApi' | 'restApi';

const steps = ({ units }: Plan) => units.flatMap((unit) => unit.steps);
const changes = (plan: Plan) =>
  steps(plan).flatMap(({ kind, changes: all = [] }) =>
    kind === 'configure' ? all.map(({ field, from, to }) => `${field}: ${from} → ${to}`) : [],
  );

/** An API with a stage, and a spec of it. */
async function shop(kind: Kind) {
  const cloud = await simulated({ throttle: true, clock: 'auto' });
  const { world, call, simulation } = cloud;
  const isRest = kind === 'restApi';
  const apiId: string = isRest
    ? call('apigateway', 'CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id
    : call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' }).ApiId;
  if (!isRest) call('apigatewayv2', 'CreateStage', { ApiId: apiId, StageName: '$default', AutoDeploy: true });
  const spec = (routes: object, settings = ''): Spec =>
    parseSpec(`version: 1
project: shop
spec: orders-7f3k2q
defaults: { region: eu-west-1 }
links:
  main: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], securityGroups: [${world.securityGroupIds.join(', ')}] }
integrations:
  orders:
    link: main
    gateway: { ${kind}: ${apiId}${isRest ? ', stage: prod' : ''}${settings} }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: ${JSON.stringify(routes)}
`);
  const stage = (): any =>
    isRest
      ? call('apigateway', 'GetStage', { restApiId: apiId, stageName: 'prod' })
      : call('apigatewayv2', 'GetStage', { ApiId: apiId, StageName: '$default' });
  return {
    ...cloud,
    cloud,
    apiId,
    spec,
    stage,
    plan: (wanted: Spec) => planOf(cloud, wanted),
    apply: async (wanted: Spec) => applied(cloud, wanted, await planOf(cloud, wanted), { probe: false }),
    /** The answers to some calls at one moment, once the gateway has the changes. */
    answers: async (path: string, times: number) => {
      await simulation.advance(60_000);
      const host = `${apiId}.execute-api.eu-west-1.amazonaws.com`;
      const ask = () => simulation.traffic.call({ host, path: isRest ? `/prod${path}` : path });
      return Promise.all(Array.from({ length: times }, ask));
    },
  };
}

describe.each(['httpApi', 'restApi'] as const)('throttles of an %s', (kind) => {
  it('are planned, applied at once, changed and seen as equal', async () => {
    const { apply, plan, spec } = await shop(kind);
    const routes = { 'GET /orders': { target: 't', throttle: { rate: 2, burst: 3 } }, 'ANY /stock': 't' };
    const wanted = spec(routes, ', throttle: { rate: 100, burst: 50 }');
    expect(changes(await plan(wanted))).toEqual([
      'throttle: none → 100/s, burst 50',
      'throttle of GET /orders: none → 2/s, burst 3',
    ]);
    await apply(wanted);
    expect(steps(await plan(wanted))).toEqual([]);
    const more = spec({ ...routes, 'ANY /stock': { target: 't', throttle: { rate: 7 } } });
    const next = await plan(more);
    expect(steps(next).map(({ kind: one }) => one)).toEqual(['configure']);
    await apply(more);
    expect(steps(await plan(more))).toEqual([]);
  });

  it('refuse calls beyond the burst, with the answer of the gateway', async () => {
    const { apply, spec, answers } = await shop(kind);
    await apply(spec({ 'GET /orders': { target: 't', throttle: { rate: 1, burst: 3 } } }));
    const all = await answers('/orders', 5);
    const refused = all.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    for (const { body, outcome } of refused) {
      expect(outcome).toBe('throttled');
      expect(JSON.parse(body)).toEqual({ message: 'Too Many Requests' });
    }
  });

  it('go with their route, and with their spec', async () => {
    const { apply, spec, stage, cloud } = await shop(kind);
    const throttle = { rate: 2, burst: 3 };
    const settings = ', throttle: { rate: 100, burst: 50 }';
    const one = spec({ 'GET /orders': { target: 't', throttle } }, settings);
    await apply(spec({ 'GET /orders': { target: 't', throttle }, 'ANY /stock': { target: 't', throttle } }, settings));
    await apply(one);
    const named = (row: Record<string, object>): readonly string[] =>
      Object.keys(row['methodSettings'] ?? row['RouteSettings'] ?? {});
    expect(named(stage())).toEqual(kind === 'restApi' ? ['*/*', '~1orders/GET'] : ['GET /orders']);
    const plan = await destroyOf(cloud, one);
    await applied(cloud, one, plan);
    if (kind === 'restApi')
      return expect(steps(plan).map(({ id }) => id)).toContainEqual(expect.stringContaining('delete stage prod'));
    expect(stage()).toMatchObject({
      RouteSettings: {},
      DefaultRouteSettings: { ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5_000 },
    });
  });

  it('are in a spec that is written from the account', async () => {
    const { apply, spec, cloud } = await shop(kind);
    const wanted = spec(
      { 'GET /orders': { target: 't', throttle: { rate: 2.5, burst: 3 } }, 'ANY /orders': 't' },
      ', throttle: { rate: 100, burst: 50 }',
    );
    await apply(wanted);
    const text = specFromSnapshot(await snapshotOf(cloud, wanted), { project: 'shop', spec: 'orders-7f3k2q' });
    const { orders } = parseSpec(text).integrations;
    expect(orders?.stageSettings).toEqual({ throttle: { rate: 100, burst: 50 } });
    expect(orders?.settings).toEqual({ 'GET /orders': { throttle: { rate: 2.5, burst: 3 } } });
  });
});
