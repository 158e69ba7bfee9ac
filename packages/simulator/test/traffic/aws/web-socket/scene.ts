import type { SimulateOptions } from '../../../../src/index.js';
import { forwarding } from '../../../aws/forwarding.js';
import { connectedWorld, SERVER } from '../../../aws/connects/world.js';

type Row = Readonly<Record<string, any>>;

/** What the private integrations of the scene map: the connection, the kind of event and a member of the message. */
const PARAMETERS = {
  'integration.request.header.connectionId': 'context.connectionId',
  'integration.request.header.event': 'context.eventType',
  'integration.request.header.tenant': 'route.request.header.X-Tenant',
  'integration.request.querystring.order': 'route.request.body.order.id',
};

/**
 * A WebSocket API with a stage `prod` whose routes call a server behind a network load balancer through a V1 link. `join` answers its
 * caller; the other routes do not.
 */
export async function chat(
  keys: readonly string[] = ['$connect', '$disconnect', '$default', 'join'],
  options: SimulateOptions = {},
) {
  const world = await connectedWorld(options);
  const { elb, subnets, vpcId, sim, call } = world;
  const { LoadBalancerArn, DNSName } = forwarding(elb, {
    Type: 'network',
    names: ['chat', 'chat'],
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    Targets: [SERVER],
    isCrossZone: true,
  });
  await sim.advance(600_000);
  const { id: linkId } = call('apigateway', 'CreateVpcLink', { name: 'chat', targetArns: [LoadBalancerArn] });
  await sim.advance(600_000);
  const api = (operation: string, input: Row): any => call('apigatewayv2', operation, input);
  const { ApiId } = api('CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const integration = (path: string) =>
    api('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: `http://${DNSName}${path}`,
      ConnectionType: 'VPC_LINK',
      ConnectionId: linkId,
      RequestParameters: PARAMETERS,
    }).IntegrationId as string;
  for (const RouteKey of keys) {
    const Target = `integrations/${integration(`/${RouteKey.replace('$', '')}`)}`;
    const { RouteId } = api('CreateRoute', { ApiId, RouteKey, Target });
    if (RouteKey === 'join') api('CreateRouteResponse', { ApiId, RouteId, RouteResponseKey: '$default' });
  }
  const { DeploymentId } = api('CreateDeployment', { ApiId });
  api('CreateStage', { ApiId, StageName: 'prod', DeploymentId });
  await sim.advance(60_000);
  const host = `${ApiId}.execute-api.eu-west-1.amazonaws.com`;
  const heard: string[] = [];
  const closed: number[] = [];
  const peer = { send: (text: string) => void heard.push(text), close: (code: number) => void closed.push(code) };
  const connect = (path = '/prod', headers: Readonly<Record<string, string>> = {}) =>
    sim.traffic.connect({ host, path, headers }, peer);
  return { ...world, api, ApiId, linkId: linkId as string, host, heard, closed, connect };
}

/** The connection that was opened. */
export function opened<T extends object>(answer: T): Extract<T, { readonly send: unknown }> {
  if (!('send' in answer)) throw new Error(`The connection was refused: ${JSON.stringify(answer)}`);
  return answer as Extract<T, { readonly send: unknown }>;
}
