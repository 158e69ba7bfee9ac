import type { SimulatedClients } from '../../../src/internal/simulation.js';

/** A WebSocket API with several models and responses of an integration, and the one response that a route can have. */
export async function webSocketApi({ apiGatewayV2: gateway }: SimulatedClients) {
  const { ApiId = '' } = await gateway.createApi({
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const { IntegrationId = '' } = await gateway.createIntegration({ ApiId, IntegrationType: 'MOCK' });
  const { RouteId = '' } = await gateway.createRoute({ ApiId, RouteKey: 'join' });
  await gateway.createRouteResponse({ ApiId, RouteId, RouteResponseKey: '$default' });
  for (const Name of ['orders', 'carts', 'stock']) await gateway.createModel({ ApiId, Name, Schema: '{}' });
  for (const IntegrationResponseKey of ['$default', '/4\\d\\d/', '/5\\d\\d/']) {
    await gateway.createIntegrationResponse({ ApiId, IntegrationId, IntegrationResponseKey });
  }
  return { chat: { ApiId, RouteId, IntegrationId } };
}
