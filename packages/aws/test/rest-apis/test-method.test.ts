import type { RouteRequest } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { restShop } from './rest-shop.js';
import { REGION } from '../world/simulated.js';

const KEY = `GET /postern-probe-${'0'.repeat(32)}`;
const OWNER = { project: 'shop', spec: 'orders', integration: 'orders', name: 't' };

type Row = Readonly<Record<string, any>>;

/** A method with variables, parameters and a certificate that is not checked, through a V2 link. */
async function tested() {
  const shop = await restShop();
  const { rest, restApiId, alb, v2, simulation, ctx } = shop;
  const at = shop.method('plain');
  const parent = rest('GetResources').items.find((one: Row) => one['path'] === '/plain').id;
  const { id: resourceId } = rest('CreateResource', { parentId: parent, pathPart: '{id}' });
  const own = { resourceId, httpMethod: 'POST' };
  const requestParameters = { 'method.request.path.id': true, 'method.request.header.tenant': false };
  rest('PutMethod', { ...own, authorizationType: 'NONE', requestParameters });
  rest('PutIntegration', {
    ...own,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'POST',
    uri: 'https://orders.example:8443/plain/{id}',
    connectionType: 'VPC_LINK',
    connectionId: v2,
    integrationTarget: alb['LoadBalancerArn'],
    timeoutInMillis: 1_234,
    requestParameters: {
      'integration.request.path.id': 'method.request.path.id',
      'integration.request.header.tenant': 'method.request.header.tenant',
      'integration.request.header.region': "'eu'",
    },
    tlsConfig: { insecureSkipVerification: true },
  });
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const described: any = simulation.call(
    { service: 'elasticloadbalancingv2', operation: 'DescribeListeners', region: REGION },
    { LoadBalancerArn: alb['LoadBalancerArn'] },
  );
  const [listener]: Row[] = described.Listeners;
  const request: RouteRequest = {
    gateway: { kind: 'rest-api', id: restApiId },
    key: KEY,
    copies: 'POST /plain/{id}',
    link: { kind: 'vpc-link-v2', id: v2 },
    owner: OWNER,
    use: {
      target: {
        kind: 'listener',
        id: listener?.['ListenerArn'],
        resourceId: alb['LoadBalancerArn'],
        port: 80,
        raw: null,
      },
      path: 'keep',
    },
    settings: { authorizer: 'iam' },
  };
  const methodOf = (): Row | undefined =>
    rest('GetResources', { embed: ['methods'] }).items.find((one: Row) => KEY.endsWith(one['path']))?.resourceMethods
      .GET;
  const paths = (): string[] => rest('GetResources').items.map(({ path }: Row) => path);
  return { ...shop, at, driver, request, methodOf, paths, ctx };
}

describe('a method of a REST API that exists for a test', () => {
  it('copies an integration as a request changes it, without what comes from the call, and is deleted with its path', async () => {
    const { driver, request, methodOf, paths, v2, alb, ctx } = await tested();
    const before = paths();
    await driver.routes.create(request, ctx);
    expect(methodOf()).toMatchObject({
      authorizationType: 'AWS_IAM',
      operationName: expect.stringMatching(/^postern:shop@orders\/orders/),
      methodIntegration: {
        type: 'HTTP_PROXY',
        httpMethod: 'GET',
        uri: `http://${alb['DNSName']}/plain/postern-probe`,
        connectionId: v2,
        integrationTarget: alb['LoadBalancerArn'],
        timeoutInMillis: 1_234,
        requestParameters: { 'integration.request.header.region': "'eu'" },
        tlsConfig: { insecureSkipVerification: true },
      },
    });
    // Safe to repeat after a lost answer.
    await driver.routes.create(request, ctx);
    await driver.routes.delete(request.gateway, KEY, OWNER, ctx);
    expect(paths()).toEqual(before);
  });

  it('leads where a move leads the method', async () => {
    const { driver, unit, methodOf, v2, alb, ctx, paths } = await tested();
    const before = paths();
    const owner = { project: 'postern-move', spec: 'postern-move', integration: 'm', name: 'probe' };
    await driver.moves.createTest(unit, { key: KEY, copies: 'GET /orders', owner }, ctx);
    expect(methodOf()?.['methodIntegration']).toMatchObject({
      uri: `http://${alb['DNSName']}/orders`,
      connectionId: v2,
      integrationTarget: alb['LoadBalancerArn'],
    });
    await driver.routes.delete(unit.gateway, KEY, owner, ctx);
    expect(paths()).toEqual(before);
    const none = driver.moves.createTest(unit, { key: KEY, copies: 'GET /nothing', owner }, ctx);
    await expect(none).rejects.toMatchObject({ code: 'WORLD_MOVED' });
  });

  it('does not stay without an integration, which would stop all deployments', async () => {
    const { driver, request, simulation, paths, rest, ctx } = await tested();
    const before = paths();
    const refused = { kind: 'error', operation: 'PutIntegration', status: 400, code: 'BadRequestException' } as const;
    simulation.faults.add({ ...refused, times: 1 });
    await expect(driver.routes.create(request, ctx)).rejects.toMatchObject({ code: 'CLOUD_REFUSED' });
    expect(paths()).toEqual(before);
    rest('CreateDeployment', { stageName: 'prod' });
  });

  it('is not taken over from others', async () => {
    const { driver, request, rest, ctx } = await tested();
    const [root] = rest('GetResources').items.filter(({ path }: Row) => path === '/');
    const { id: resourceId } = rest('CreateResource', { parentId: root.id, pathPart: KEY.slice('GET /'.length) });
    rest('PutMethod', { resourceId, httpMethod: 'GET', authorizationType: 'NONE' });
    await expect(driver.routes.create(request, ctx)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});
