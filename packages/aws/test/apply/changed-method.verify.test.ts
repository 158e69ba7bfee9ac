import { parseSpec } from '../../../core/test/clouds.js';
import { PrivateIntegrations, type Finding, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { readWorld } from '../rest-apis/read-world.js';
import { REGION } from '../world/simulated.js';

/** An applied route of a kind of gateway, and its integration, which another writer may change. */
async function applied(kind: 'HTTP API' | 'REST API') {
  const { simulation, world, balancer, api, rest, call, settle } = await readWorld();
  const { listener } = balancer('one');
  await settle();
  const http = (): string => {
    const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
    call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    return ApiId;
  };
  const id = kind === 'HTTP API' ? http() : api('shop');
  const spec: Spec = parseSpec(`version: 1
project: shop
spec: orders
links:
  one: { provider: aws, region: ${REGION}, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], securityGroups: [${world.securityGroupIds.join(', ')}] }
integrations:
  orders:
    link: one
    gateway: ${kind === 'HTTP API' ? `{ httpApi: ${id} }` : `{ restApi: ${id}, stage: prod }`}
    targets: { main: { listener: '${listener}' } }
    routes: { GET /orders: main }
`);
  const gate = () =>
    new PrivateIntegrations(aws({ region: REGION, clients: simulation.clients(REGION) }), {
      judge,
      project: 'shop',
      spec: 'orders',
      clock: simulation.clock,
    });
  const apply = async (): Promise<void> => {
    for await (const event of gate().apply(await gate().plan(spec), { ignoreFindings: ['*'], probe: false }))
      if (event.type === 'step.failed') expect.fail(event.error.message);
  };
  await apply();
  const place = () => {
    const { items } = rest('GetResources', { restApiId: id, embed: ['methods'] });
    const resourceId = items.find(({ path }: { path: string }) => path === '/orders').id;
    return { restApiId: id, resourceId, httpMethod: 'GET' };
  };
  const integrations = () => call('apigatewayv2', 'GetIntegrations', { ApiId: id }).Items;
  return {
    apply,
    steps: async () =>
      (await gate().plan(spec)).units.flatMap(({ steps }) =>
        steps.map((one) => [one.id, one.changes?.map(({ field, from, to }) => [field, from, to])]),
      ),
    liveRoute: async (): Promise<Finding | undefined> =>
      (await gate().check(spec)).findings.find(
        ({ check, verdict }) => check === 'gateway/live-route' && verdict !== 'pass',
      ),
    method: () =>
      kind === 'HTTP API' ? integrations()[0].IntegrationMethod : rest('GetIntegration', place()).httpMethod,
    change: (method: string): void => {
      if (kind === 'HTTP API') {
        const [{ IntegrationId }] = integrations();
        call('apigatewayv2', 'UpdateIntegration', { ApiId: id, IntegrationId, IntegrationMethod: method });
        return;
      }
      const patchOperations = [{ op: 'replace', path: '/httpMethod', value: method }];
      rest('UpdateIntegration', { ...place(), patchOperations });
      rest('CreateDeployment', { restApiId: id, stageName: 'prod' });
    },
  };
}

describe.each(['HTTP API', 'REST API'] as const)('%s: the method of an integration', (kind) => {
  it('that is changed by hand fails the check, is in the plan, and is repaired by apply (M13)', async () => {
    const { apply, steps, liveRoute, method, change } = await applied(kind);
    const before = method();
    expect([await steps(), await liveRoute()]).toEqual([[], undefined]);
    change('POST');
    expect(method()).toBe('POST');
    expect(await liveRoute()).toMatchObject({
      verdict: 'fail',
      severity: 'error',
      message: expect.stringContaining('method is POST, declared is that of the call'),
      mendedBy: 'apply',
    });
    expect((await steps())[0]).toEqual([
      expect.stringMatching(/^retarget route GET \/orders on /),
      [['method', 'POST', 'that of the call']],
    ]);
    await apply();
    expect([await steps(), await liveRoute(), method()]).toEqual([[], undefined, before]);
  });
});
