import { readFileSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { buildNetwork, clients, type Clients } from '../rest-options/network.mjs';

const REGION = 'eu-west-1';

/** A method over a link, as somebody would make it without Postern. */
async function method(
  { rest }: Clients,
  restApiId: string,
  pathPart: string,
  more: { connectionId: string; uri: string; integrationTarget?: string },
): Promise<void> {
  const { items = [] } = await rest.getResources({ restApiId });
  const parentId = items.find(({ path: at }) => at === '/')?.id ?? '';
  const { id: resourceId } = await rest.createResource({ restApiId, parentId, pathPart });
  const at = { restApiId, resourceId: resourceId ?? '', httpMethod: 'GET' };
  await rest.putMethod({ ...at, authorizationType: 'AWS_IAM' });
  await rest.putIntegration({
    ...at,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    connectionType: 'VPC_LINK',
    ...more,
  });
}

/** An account with six REST APIs, three HTTP APIs and a WebSocket API. */
async function account(there: Clients) {
  const { restApi, httpApi, vpc } = await buildNetwork(there, () => undefined);
  const { LoadBalancers = [] } = await there.balancing.describeLoadBalancers({});
  const arnOf = (name: string) => LoadBalancers.find((one) => one.LoadBalancerName === name)?.LoadBalancerArn ?? '';
  const { Subnets = [] } = await there.ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });
  const { VpcLinkId: v2 = '' } = await there.http.createVpcLink({
    Name: 'vpc',
    SubnetIds: Subnets.map(({ SubnetId = '' }) => SubnetId),
  });
  const { id: v1 = '' } = await there.rest.createVpcLink({ name: 'shop', targetArns: [arnOf('shop-nlb')] });
  const nlb = { connectionId: v1, uri: 'http://shop.internal:8001/orders' };
  const alb = { connectionId: v2, uri: 'http://shop.internal/orders', integrationTarget: arnOf('shop-alb') };
  await expect.poll(async () => (await there.rest.getVpcLink({ vpcLinkId: v1 })).status).toBe('AVAILABLE');

  // Over a V1 link, over a V2 link, by a stage variable, without a private integration, with a deployment, empty.
  const apis = [restApi];
  for (const name of ['two', 'three', 'four', 'five', 'six']) {
    const { id = '' } = await there.rest.createRestApi({ name, endpointConfiguration: { types: ['REGIONAL'] } });
    apis.push(id);
  }
  const [one = '', two = '', three = '', four = '', five = ''] = apis;
  await method(there, one, 'orders', nlb);
  await method(there, two, 'orders', alb);
  await method(there, three, 'orders', { ...nlb, connectionId: '${stageVariables.link}' });
  await there.rest.createDeployment({ restApiId: one, stageName: 'prod' });
  const { items: [root] = [] } = await there.rest.getResources({ restApiId: four });
  const health = { restApiId: four, resourceId: root?.id ?? '', httpMethod: 'GET' };
  await there.rest.putMethod({ ...health, authorizationType: 'NONE' });
  await there.rest.putIntegration({ ...health, type: 'MOCK' });
  await method(there, five, 'a', nlb);
  await method(there, five, 'b', alb);
  await there.rest.createDeployment({ restApiId: five, stageName: 'test' });

  const { Listeners = [] } = await there.balancing.describeListeners({ LoadBalancerArn: arnOf('shop-alb') });
  const https = [httpApi];
  for (const Name of ['second', 'third'])
    https.push((await there.http.createApi({ Name, ProtocolType: 'HTTP' })).ApiId ?? '');
  for (const ApiId of https.slice(0, 2)) {
    const { IntegrationId } = await there.http.createIntegration({
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: v2,
      IntegrationUri: Listeners[0]?.ListenerArn ?? '',
      PayloadFormatVersion: '1.0',
    });
    await there.http.createRoute({ ApiId, RouteKey: 'ANY /orders', Target: `integrations/${IntegrationId}` });
  }
  const { ApiId: socket = '' } = await there.http.createApi({
    Name: 'socket',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const { IntegrationId } = await there.http.createIntegration({
    ApiId: socket,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'POST',
    ConnectionType: 'VPC_LINK',
    ConnectionId: v1,
    IntegrationUri: 'http://shop.internal:8001/',
  });
  await there.http.createRoute({ ApiId: socket, RouteKey: '$connect', Target: `integrations/${IntegrationId}` });
  return { rest: apis, http: https, socket };
}

it('an account with six REST APIs, three HTTP APIs and a WebSocket API is imported, and its plan is empty', async () => {
  const server = await simulate({ seed: 7, clock: { speed: 3000 }, throttle: false }).listen();
  try {
    const credentials = { accessKeyId: 'options', secretAccessKey: 'options' };
    const there = clients({ endpoint: server.url, region: REGION, credentials });
    const { rest, http, socket } = await account(there);
    const cwd = temporaryFolder();
    const postern = async (...argv: string[]) => {
      let out = '';
      let err = '';
      const status = await main(argv, {
        stdout: { write: (text) => void (out += text), isTerminal: false },
        stderr: { write: (text) => void (err += text), isTerminal: false },
        canAsk: false,
        env: { POSTERN_SIMULATOR: server.url },
        cwd,
        signal: new AbortController().signal,
      });
      return { status, out, err };
    };
    const imported = await postern('import', '--provider', 'aws', '--region', REGION, '-o', 'postern.yaml');
    expect(imported.status).toBe(0);
    const spec = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    const [one, two, three, four, five, six] = rest;
    for (const id of [one, two, five]) expect(spec).toContain(`restApi: ${id}`);
    for (const id of http.slice(0, 2)) expect(spec).toContain(`httpApi: ${id}`);
    expect(spec).toContain(`webSocketApi: ${socket}`);
    // What has no private route is not there; what could not be written is listed.
    for (const id of [four, six, http[2]]) expect(spec).not.toContain(`: ${id}`);
    expect(`${imported.out}\n${imported.err}\n${spec}`).toMatch(new RegExp(`GET /orders of ${three}`));
    expect(await postern('plan')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^No changes in what was read; \d+ unchanged\. Not read: other regions/) as string,
    });
  } finally {
    await server.close();
  }
});
