import type { SimulationServer } from '@postern/simulator';
import { expect, it } from 'vitest';
import { cloud, folder, network, run } from '../run-command.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A REST API with two stages: `prod` serves a method that the working copy has no more; `test` calls another link,
 * which a stage variable names.
 */
async function restCloud(): Promise<{ server: SimulationServer; api: string; linkId: string; orders: string }> {
  const server = await cloud();
  const { simulation } = server;
  const there = await network(server);
  const call = (service: 'apigateway' | 'apigatewayv2', operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: 'eu-west-1' }, input);
  const rest = (operation: string, input: Fields): any => call('apigateway', operation, input);
  const { VpcLinkId: linkId } = call('apigatewayv2', 'CreateVpcLink', { Name: 'edge', SubnetIds: there.subnets });
  await simulation.advance(900_000);
  const { id: api, rootResourceId: parentId } = rest('CreateRestApi', { name: 'shop' });
  const method = (pathPart: string, connectionId: string): string => {
    const { id: resourceId } = rest('CreateResource', { restApiId: api, parentId, pathPart });
    const place = { restApiId: api, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...place, authorizationType: 'NONE' });
    rest('PutIntegration', {
      ...place,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      connectionType: 'VPC_LINK',
      connectionId,
      integrationTarget: there.balancer,
      uri: `http://orders.internal/${pathPart}`,
    });
    return resourceId;
  };
  const deploy = (stageName: string, variables: Fields): void => {
    const { id: deploymentId } = rest('CreateDeployment', { restApiId: api });
    rest('CreateStage', { restApiId: api, stageName, deploymentId, variables });
  };
  const old = method('old', linkId);
  const orders = method('orders', '${stageVariables.link}');
  deploy('prod', { link: linkId });
  rest('DeleteResource', { restApiId: api, resourceId: old });
  deploy('test', { link: 'another' });
  return { server, api, linkId, orders };
}

it('postern links --uses: shows what each deployed stage of a REST API uses, with the variables of the stage', async () => {
  const { server, api, linkId, orders } = await restCloud();
  const options = { cwd: folder({}), env: { POSTERN_SIMULATOR: server.url } };
  const argv = ['links', linkId, '--uses', '--region', 'eu-west-1', '--provider', 'aws'];
  const { status, out, err } = await run(argv, options);
  expect({ status, err }).toMatchObject({ status: 0 });
  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(rows).toEqual([
    [`${linkId} (edge)`],
    ['GATEWAY', 'NAME', 'STAGE', 'ROUTE', 'INTEGRATION', 'TARGET'],
    [api, 'shop', '(working copy)', 'GET /orders', `${orders}/GET`, 'orders:80'],
    [api, 'shop', 'prod', 'GET /old', 'orders:80'],
    [api, 'shop', 'prod', 'GET /orders', 'orders:80'],
  ]);
});
