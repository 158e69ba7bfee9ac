import type { Plan, Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { applied, destroyOf, failuresOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

/** A region with a REST API, and the steps of one project in it. */
async function shop() {
  const cloud = await simulated({ throttle: false });
  const { call } = cloud;
  const rest = (operation: string, input: object): any => call('apigateway', operation, { ...input });
  const restApiId: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  const plan = (spec: Spec) => planOf(cloud, spec);
  return {
    ...cloud,
    cloud,
    rest,
    restApiId,
    plan,
    applyTwice: async (spec: Spec): Promise<readonly string[]> => {
      const first = await plan(spec);
      await applied(cloud, spec, first, { probe: false });
      expect(ids(await plan(spec))).toEqual([]);
      return ids(first);
    },
    spec: (routes: object, more: { link?: string; name?: string; target?: string; stage?: string } = {}): Spec =>
      specOver(cloud, routes, {
        id: more.name ?? 'orders',
        link: more.name ?? 'main',
        declared: more.link,
        name: more.name ?? 'orders',
        gateway: `restApi: ${restApiId}, stage: ${more.stage ?? 'prod'}`,
        listener: more.target ?? '{ loadBalancer: orders-alb, port: 80 }',
      }),
    methods: (): readonly string[] =>
      rest('GetResources', { restApiId, embed: ['methods'] }).items.flatMap(({ path, resourceMethods = {} }: any) =>
        Object.keys(resourceMethods).map((verb) => `${verb} ${path}`),
      ),
    stages: (): readonly any[] => rest('GetStages', { restApiId }).item,
  };
}

const ids = (plan: Plan) => stepsOf(plan).map(({ id }) => id);

describe('a REST API that a spec declares routes of', () => {
  it('is planned, applied, deployed to a new stage, and then has no changes', async () => {
    const { applyTwice, spec, methods, stages } = await shop();
    await applyTwice(
      spec({
        'GET /orders/{id}': { target: 't', timeout: '10s', apiKey: true, authorizer: 'iam', host: 'orders.internal' },
        'ANY /files/{proxy+}': 't',
        'GET /': 't',
      }),
    );
    expect(methods()).toEqual(['GET /', 'ANY /files/{proxy+}', 'GET /orders/{id}']);
    expect(stages()).toMatchObject([
      { stageName: 'prod', tags: { 'postern:project': 'shop', 'postern:owner': 'orders' } },
    ]);
  });

  it.runIf(PROVE)('has no changes where a variable of its path has another value', async () => {
    const { applyTwice, spec, rest, restApiId } = await shop();
    const parameters = () => {
      const { items } = rest('GetResources', { restApiId, embed: ['methods'] });
      const one = items.find(({ path }: any) => path === '/orders/{id}/{part}');
      return one.resourceMethods.GET.methodIntegration.requestParameters;
    };
    const withPath = (path: object) => spec({ 'GET /orders/{id}/{part}': { target: 't', parameters: { path } } });
    await applyTwice(withPath({ id: "'7'" }));
    const passedOn = { 'integration.request.path.part': 'method.request.path.part' };
    expect(parameters()).toEqual({ 'integration.request.path.id': "'7'", ...passedOn });
    // What a spec does not write is not managed, and stays when another setting changes.
    await applyTwice(spec({ 'GET /orders/{id}/{part}': { target: 't', timeout: '5s' } }));
    expect(parameters()).toEqual({ 'integration.request.path.id': "'7'", ...passedOn });
    await applyTwice(withPath({ id: 'header.order' }));
    expect(parameters()).toMatchObject({ 'integration.request.path.id': 'method.request.header.order' });
    await applyTwice(withPath({}));
    expect(parameters()).toEqual({ 'integration.request.path.id': 'method.request.path.id', ...passedOn });
  });

  it('has no changes where the host of TLS without a name is that of the load balancer', async () => {
    const { applyTwice, spec, call, rest, restApiId } = await shop();
    const [{ DNSName: host }] = call('elasticloadbalancingv2', 'DescribeLoadBalancers', {
      Names: ['orders-nlb'],
    }).LoadBalancers;
    const link = 'loadBalancer: orders-nlb';
    const target = '{ loadBalancer: orders-nlb, port: 443 }, tls: {}';
    await applyTwice(spec({ 'GET /orders': { target: 't', host }, 'GET /pay': 't' }, { link, target }));
    const { items } = rest('GetResources', { restApiId, embed: ['methods'] });
    expect(items.flatMap((one: any) => one.resourceMethods?.GET.methodIntegration.uri ?? []).toSorted()).toEqual([
      `https://${host}/orders`,
      `https://${host}/pay`,
    ]);
  });

  it('changes with its spec: a route and a setting more, a route less, one deployment', async () => {
    const { applyTwice, spec, methods, stages } = await shop();
    await applyTwice(spec({ 'GET /orders/{id}': 't', 'GET /old/path': 't' }));
    const [before] = stages();
    const steps = await applyTwice(spec({ 'GET /orders/{id}': { target: 't', timeout: '5s' }, 'POST /orders': 't' }));
    expect(steps.filter((id) => id.startsWith('deploy'))).toHaveLength(1);
    expect(methods()).toEqual(['POST /orders', 'GET /orders/{id}']);
    expect(stages()[0].deploymentId).not.toBe(before.deploymentId);
  });

  it.runIf(PROVE)('has a path variable renamed by one apply', async () => {
    const { applyTwice, spec, methods } = await shop();
    await applyTwice(spec({ 'GET /orders/{id}': 't', 'PUT /orders/{id}/lines': 't' }));
    await applyTwice(spec({ 'GET /orders/{number}': 't', 'PUT /orders/{number}/lines': 't' }));
    expect(methods()).toEqual(['GET /orders/{number}', 'PUT /orders/{number}/lines']);
  });

  it('is left without a trace when the spec is destroyed', async () => {
    const { applyTwice, spec, rest, restApiId, stages, cloud } = await shop();
    const declared = spec({ 'GET /orders/{id}': 't', 'POST /orders': 't' });
    await applyTwice(declared);
    await applied(cloud, declared, await destroyOf(cloud, declared));
    expect(stages()).toEqual([]);
    expect(rest('GetResources', { restApiId }).items).toHaveLength(1);
    expect((await cloud.driver.observe({ all: true }, cloud.ctx)).links).toEqual([]);
  });

  it.runIf(PROVE)('of two specs keeps the routes, the deployments and the marks of each', async () => {
    const { applyTwice, spec, methods, stages, plan } = await shop();
    const one = spec({ 'GET /orders': 't' });
    const two = spec({ 'POST /orders': 't', 'GET /pay': 't' }, { name: 'pay' });
    await applyTwice(one);
    await applyTwice(two);
    for (const each of [one, two, one]) expect(ids(await plan(each))).toEqual([]);
    await applyTwice(spec({ 'GET /pay': 't' }, { name: 'pay' }));
    expect(methods()).toEqual(['GET /orders', 'GET /pay']);
    expect(ids(await plan(one))).toEqual([]);
    expect(Object.keys(stages()[0].tags).toSorted()).toEqual([
      'postern:deployed:shop@orders',
      'postern:deployed:shop@pay',
      'postern:owner',
      'postern:project',
    ]);
  });

  it('moves its routes from a V1 link to a V2 link', async () => {
    const { applyTwice, spec, stages, rest, restApiId } = await shop();
    const target = '{ loadBalancer: orders-nlb, port: 443 }';
    const routes = { 'GET /orders': 't' };
    await applyTwice(spec(routes, { link: 'loadBalancer: orders-nlb', target }));
    const [before] = stages();
    await applyTwice(spec(routes, { target }));
    const { items } = rest('GetResources', { restApiId, embed: ['methods'] });
    expect(items[1].resourceMethods.GET.methodIntegration.integrationTarget).toContain('loadbalancer/net/orders-nlb');
    expect(stages()[0].deploymentId).not.toBe(before.deploymentId);
    expect(rest('GetVpcLinks', {}).items).toMatchObject([]);
  });

  it('with a canary on the stage is not planned', async () => {
    const { applyTwice, spec, rest, restApiId, plan } = await shop();
    await applyTwice(spec({ 'GET /orders': 't' }));
    const patchOperations = [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '10' }];
    rest('UpdateStage', { restApiId, stageName: 'prod', patchOperations });
    await expect(plan(spec({ 'POST /orders': 't' }))).rejects.toMatchObject({ code: 'CANARY_ACTIVE' });
  });

  it('reports a method that an import took over, and does not change it', async () => {
    const { applyTwice, spec, rest, restApiId, plan } = await shop();
    const declared = spec({ 'GET /orders': 't' });
    await applyTwice(declared);
    const get = { responses: {}, operationId: 'list', 'x-amazon-apigateway-integration': { type: 'mock' } };
    const body = { openapi: '3.0.1', info: { title: 'shop', version: '1' }, paths: { '/orders': { get } } };
    rest('PutRestApi', { restApiId, mode: 'overwrite', body: new TextEncoder().encode(JSON.stringify(body)) });
    await expect(plan(declared)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(rest('GetResources', { restApiId, embed: ['methods'] }).items[1].resourceMethods.GET.operationName).toBe(
      'list',
    );
  });

  it.each([
    ['is completed where it is declared', { 'GET /orders': 't', 'GET /kept': 't' }, ['GET /kept', 'GET /orders']],
    ['is deleted where it is not', { 'GET /kept': 't' }, ['GET /kept']],
  ])('a method that a run left without an integration %s', async (_, routes, expected) => {
    const { applyTwice, spec, methods, simulation, plan, cloud, rest, restApiId } = await shop();
    await applyTwice(spec({ 'GET /kept': 't' }));
    simulation.faults.add({ operation: 'PutIntegration', kind: 'deny', times: 1 });
    const half = spec({ 'GET /kept': 't', 'GET /orders': 't' });
    expect(await failuresOf(cloud, half, await plan(half))).toMatchObject([{ code: 'PERMISSION_DENIED' }]);
    expect((await applyTwice(spec(routes))).filter((id) => id.startsWith('sweep'))).toEqual([]);
    expect(methods()).toEqual(expected);
    const { items } = rest('GetResources', { restApiId, embed: ['methods'] });
    const made = items.flatMap(({ resourceMethods = {} }: any) => Object.values(resourceMethods));
    expect(made.every((one: any) => one.methodIntegration !== undefined)).toBe(true);
  });
});
