import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planForget } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

type Kind = 'http' | 'manual' | 'rest';

const ids = ({ units }: Plan) =>
  units.flatMap((unit) => unit.steps.map(({ id }) => id.replace(/ (?:on|of) \w{6,}$/, '')));

/** An API that others made by hand: two routes that share an integration or have methods of their own, with texts of theirs. */
async function scene(kind: Kind) {
  const cloud = await simulated({ throttle: false });
  const { driver, ctx, call, world, link } = cloud;
  const { id: linkId } = await link({ owner: { project: 'network', integration: 'main' } });
  await cloud.settle();
  const target = await driver.targets.resolve({ listener: { loadBalancer: 'orders-alb', port: 80 } }, {}, ctx);
  const http = (operation: string, input: object): any => call('apigatewayv2', operation, { ...input });
  const rest = (operation: string, input: object): any => call('apigateway', operation, { ...input });
  let gateway: string;
  /** What callers of the API can notice, and the texts of others. */
  let state: () => unknown;
  if (kind === 'rest') {
    const restApiId: string = rest('CreateRestApi', {
      name: 'shop',
      endpointConfiguration: { types: ['REGIONAL'] },
    }).id;
    const [root] = rest('GetResources', { restApiId }).items;
    for (const pathPart of ['a', 'b']) {
      const { id: resourceId } = rest('CreateResource', { restApiId, parentId: root.id, pathPart });
      const method = { restApiId, resourceId, httpMethod: 'GET' };
      rest('PutMethod', { ...method, authorizationType: 'NONE', operationName: pathPart === 'a' ? 'getA' : undefined });
      rest('PutIntegration', {
        ...method,
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: `http://orders.internal/${pathPart}`,
        connectionType: 'VPC_LINK',
        connectionId: linkId,
        integrationTarget: target.resourceId,
      });
    }
    const { id: deploymentId } = rest('CreateDeployment', { restApiId, description: 'by hand' });
    rest('CreateStage', { restApiId, stageName: 'prod', deploymentId });
    gateway = `restApi: ${restApiId}, stage: prod`;
    state = () => [
      rest('GetResources', { restApiId, embed: ['methods'] }).items,
      rest('GetStages', { restApiId }).item,
    ];
  } else {
    const ApiId = world.gateway.id;
    http('DeleteStage', { ApiId, StageName: 'prod' });
    const { IntegrationId } = http('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: linkId,
      IntegrationUri: target.id,
      PayloadFormatVersion: '1.0',
      Description: 'the orders of the shop',
      ResponseParameters: { 200: { 'append:header.x-shop': 'eu' } },
    });
    for (const RouteKey of ['GET /a', 'GET /b'])
      http('CreateRoute', { ApiId, RouteKey, Target: `integrations/${IntegrationId}` });
    if (kind === 'http') http('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    else {
      const { DeploymentId } = http('CreateDeployment', { ApiId, Description: 'by hand' });
      http('CreateStage', { ApiId, StageName: 'prod', DeploymentId });
    }
    gateway = `httpApi: ${ApiId}`;
    state = () => [
      http('GetRoutes', { ApiId }).Items,
      http('GetIntegrations', { ApiId }).Items,
      // A stage that deploys by itself does so with each write.
      ...(kind === 'http' ? [] : [http('GetStages', { ApiId }).Items, http('GetDeployments', { ApiId }).Items]),
    ];
  }
  const specOf = (more: { readonly a?: string; readonly routes?: string; readonly adopt?: boolean } = {}): Spec =>
    parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: eu-west-1 }
links:
  main: { provider: aws, id: ${linkId}, owner: external }
integrations:
  pay:
    link: main
    gateway: { ${gateway} }
    adopt: ${more.adopt ?? true}
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 }${kind === 'rest' ? '' : ', path: keep'} } }
    routes: ${more.routes ?? `{ 'GET /a': ${more.a ?? 't'}, 'GET /b': t }`}
`);
  const observed = (spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });
  const run = async (spec: Spec, plan: Plan): Promise<void> => {
    const options = { spec, drivers: driversOf(driver), context: ctx, ignoreFindings: ['*'] };
    for await (const event of apply(plan, { ...options, judge })) {
      if (event.type === 'step.failed') expect.fail(`${event.step}: ${event.error.message}`);
    }
  };
  const plan = async (spec: Spec) => diff(await observed(spec), spec);
  return { ...cloud, specOf, observed, run, plan, state, texts: () => JSON.stringify(state()) };
}

describe.each<[Kind, readonly string[]]>([
  ['http', []],
  ['manual', ['adopt stage prod']],
  ['rest', ['adopt stage prod']],
])('contact M4: routes that exist, on an API of kind %s', (kind, stage) => {
  it('are adopted by their mark alone, and forget restores what was there', async () => {
    const { specOf, plan, run, state, texts, observed, calledSince, simulation } = await scene(kind);
    const spec = specOf();
    const before = state();
    const first = await plan(spec);
    expect(ids(first)).toEqual(['adopt route GET /a', 'adopt route GET /b', ...stage]);
    const from = simulation.journal().length;
    await run(spec, first);
    const writes = calledSince(from).filter((operation) => !/^(?:Get|Describe|List|Export)/.test(operation));
    expect(new Set(writes).size).toBeLessThanOrEqual(2);
    for (const write of writes)
      expect(write).toMatch(/^(?:UpdateIntegration|UpdateMethod|UpdateDeployment|TagResource)$/);
    expect(texts()).toContain('postern:shop@pay-7f3k2q/pay');
    expect(ids(await plan(spec))).toEqual([]);
    expect(ids(await plan(specOf({ adopt: false })))).toEqual([]);
    await run(spec, planForget(await observed(spec), spec));
    expect(state()).toEqual(before);
  });

  it('get settings in place after that, and keep what the spec does not declare', async () => {
    const { specOf, plan, run, texts, observed } = await scene(kind);
    const spec = specOf({ a: '{ target: t, timeout: 5s }' });
    const first = await plan(spec);
    expect(ids(first)).toEqual([
      'adopt route GET /a',
      'retarget route GET /a',
      'adopt route GET /b',
      ...stage.map((id) => expect.stringMatching(id === '' ? '' : /^deploy \w+ to prod$/)),
    ]);
    await run(spec, first);
    expect(ids(await plan(spec))).toEqual([]);
    const [region] = (await observed(spec)).regions;
    const settings = region?.gateways.flatMap(({ routes }) => routes.map((one) => [one.key, one.settings?.timeoutMs]));
    expect(settings).toContainEqual(['GET /a', 5000]);
    if (kind !== 'rest') expect(texts().match(/append:header.x-shop/g)).toHaveLength(2);
    await run(spec, planForget(await observed(spec), spec));
    expect(texts()).not.toContain('postern:shop');
  });

  it('are refused with what differs, and where others share their mark', async () => {
    const { specOf, plan, world } = await scene(kind);
    const elsewhere = specOf();
    Object.assign(elsewhere.integrations['pay']!.targets['t']!, { ref: world.targets[1] });
    await expect(plan(elsewhere)).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringMatching(/cannot be adopted.*target is arn:/),
    });
    const part = plan(specOf({ routes: `{ 'GET /a': t }` }));
    if (kind === 'rest') expect(ids(await part)).toEqual(['adopt route GET /a', ...stage]);
    else await expect(part).rejects.toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('GET /b') });
  });

  it('are not adopted from another project or spec', async () => {
    const { specOf, plan, run } = await scene(kind);
    await run(specOf(), await plan(specOf()));
    for (const other of [{ project: 'pay' }, { spec: 'other-1' }])
      await expect(plan({ ...specOf(), ...other })).rejects.toMatchObject({ code: 'NOT_OURS' });
  });
});
