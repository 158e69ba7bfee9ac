import { parseSpec } from '../../../core/test/clouds.js';
import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { adoptedAndForgotten, forgotten } from '../../../testing/test/adapters/adopted-routes.js';
import { applied, idsOf, planOf, snapshotOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated } from '../world/simulated.js';

type Kind = 'http' | 'manual' | 'rest';

/** An API that others made by hand: two routes that share an integration or have methods of their own, with texts of theirs. */
async function scene(kind: Kind) {
  const cloud = await simulated({ throttle: false });
  const { driver, ctx, call, world, link } = cloud;
  const { id: linkId } = await link({ owner: { project: 'network', spec: 'network', integration: 'main' } });
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
    for (const [RouteKey, OperationName] of [['GET /a', 'getA'], ['GET /b']])
      http('CreateRoute', { ApiId, RouteKey, OperationName, Target: `integrations/${IntegrationId}` });
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
  const specOf = (more: { readonly a?: string; readonly routes?: string } = {}): Spec =>
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
    adopt: true
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 }${kind === 'rest' ? '' : ', path: keep'} } }
    routes: ${more.routes ?? `{ 'GET /a': ${more.a ?? 't'}, 'GET /b': t }`}
`);
  return { ...cloud, specOf, spec: specOf(), state };
}

describe.each<[Kind, readonly string[], readonly string[]]>([
  ['http', [], ['UpdateIntegration', 'UpdateRoute']],
  ['manual', ['adopt stage prod'], ['UpdateDeployment', 'UpdateIntegration', 'UpdateRoute']],
  ['rest', ['adopt stage prod'], ['TagResource', 'UpdateMethod', 'UpdateMethod']],
])('routes that exist, on an API of kind %s', (kind, stage, writes) => {
  it('are adopted by their mark alone, and forget restores what was there', async () => {
    await adoptedAndForgotten(await scene(kind), ['adopt route GET /a', 'adopt route GET /b', ...stage], writes);
  });

  it('get settings in place, and keep what the spec does not declare', async () => {
    const cloud = await scene(kind);
    const { specOf, state } = cloud;
    const spec = specOf({ a: '{ target: t, timeout: 5s }' });
    const first = await planOf(cloud, spec);
    expect(idsOf(first)).toEqual([
      'adopt route GET /a',
      'retarget route GET /a',
      'adopt route GET /b',
      ...stage.map(() => expect.stringMatching(/^deploy \w+ to prod$/)),
    ]);
    await applied(cloud, spec, first);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    const [region] = (await snapshotOf(cloud, spec)).regions;
    const settings = region?.gateways.flatMap(({ routes }) => routes.map((one) => [one.key, one.settings?.timeoutMs]));
    expect(settings).toContainEqual(['GET /a', 5000]);
    if (kind !== 'rest') expect(JSON.stringify(state()).match(/append:header.x-shop/g)).toHaveLength(2);
    await forgotten(cloud, spec);
    expect(JSON.stringify(state())).not.toContain('postern:shop');
  });

  it('are refused with what differs, and where others share their mark', async () => {
    const cloud = await scene(kind);
    const elsewhere = cloud.specOf();
    Object.assign(elsewhere.integrations['pay']!.targets['t']!, { ref: cloud.world.targets[1] });
    await expect(planOf(cloud, elsewhere)).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringMatching(/cannot be adopted.*target is arn:/),
    });
    const part = planOf(cloud, cloud.specOf({ routes: `{ 'GET /a': t }` }));
    if (kind === 'rest') expect(idsOf(await part)).toEqual(['adopt route GET /a', ...stage]);
    else await expect(part).rejects.toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('GET /b') });
  });
});
