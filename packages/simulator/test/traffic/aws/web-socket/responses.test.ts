import { describe, expect, it } from 'vitest';
import { SERVER } from '../../../aws/connects/world.js';
import { chat, opened } from './scene.js';

type Row = Readonly<Record<string, any>>;

/** What the caller of `join` hears, after `change` was deployed. The backend answers 404 with `gone`. */
async function heardAfter(change: (api: (operation: string, input?: Row) => any, ids: Row) => void) {
  const { api, ApiId, connect, sim, heard } = await chat(['join']);
  sim.backends.add({ address: SERVER, port: 80, behavior: { status: 404, body: 'gone' } });
  const [route] = api('GetRoutes', { ApiId }).Items;
  const IntegrationId = route.Target.split('/')[1];
  const [response] = api('GetRouteResponses', { ApiId, RouteId: route.RouteId }).Items;
  const ids = { RouteId: route.RouteId, RouteResponseId: response.RouteResponseId, IntegrationId };
  change((operation, input = {}) => api(operation, { ApiId, ...input }), ids);
  api('CreateDeployment', { ApiId, StageName: 'prod' });
  await sim.advance(60_000);
  const connection = opened(await connect());
  await connection.send('{"action":"join"}');
  return heard;
}

const ERROR = expect.stringMatching(/^\{"message": "Internal server error", "connectionId":/) as string;

/** Makes the integration one that is no proxy, with these responses. */
const custom =
  (...responses: readonly Row[]) =>
  (api: (operation: string, input?: Row) => any, { IntegrationId }: Row): void => {
    api('UpdateIntegration', { IntegrationId, IntegrationType: 'HTTP' });
    for (const response of responses) api('CreateIntegrationResponse', { IntegrationId, ...response });
  };

const NOT_FOUND = { IntegrationResponseKey: '/404/', ResponseTemplates: { $default: 'no such order' } };

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
describe('a route of a WebSocket API', () => {
  it.each([
    ['with a response: two-way, a proxy passes the body', () => undefined, ['gone']],
    ['whose response is deleted: one-way', (api: any, ids: Row) => api('DeleteRouteResponse', ids), []],
    [
      // https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/issues/131
      'with an expression alone: one-way',
      (api: any, ids: Row) => {
        api('DeleteRouteResponse', ids);
        api('UpdateRoute', { ...ids, RouteResponseSelectionExpression: '$default' });
      },
      [],
    ],
    ['whose integration is no proxy, without responses: an error', custom(), [ERROR]],
    [
      'with a response of the integration for the status',
      custom({ IntegrationResponseKey: '$default' }, NOT_FOUND),
      ['no such order'],
    ],
    [
      'with responses for other statuses: the default one, without a template',
      custom({ ...NOT_FOUND, IntegrationResponseKey: '/2\\d\\d/' }, { IntegrationResponseKey: '$default' }),
      ['gone'],
    ],
    ['with responses for other statuses alone: an error', custom({ IntegrationResponseKey: '/[25]\\d\\d/' }), [ERROR]],
    [
      'with a template that is chosen by its key',
      custom({ ...NOT_FOUND, ResponseTemplates: { a: 'A', b: 'B' }, TemplateSelectionExpression: 'b' }),
      ['B'],
    ],
    [
      'with a template that is not plain text: said so',
      custom({ ...NOT_FOUND, ResponseTemplates: { $default: '$input.body' } }),
      [expect.stringContaining('not plain text is not simulated')],
    ],
    [
      'with a response of the integration and none of its own: one-way',
      (api: any, ids: Row) => {
        custom(NOT_FOUND)(api, ids);
        api('DeleteRouteResponse', ids);
      },
      [],
    ],
  ])('%s', async (_, change, heard) => {
    expect(await heardAfter(change)).toEqual(heard);
  });

  it('of a mock answers its template', async () => {
    const mocked = (api: any, { IntegrationId, RouteId }: Row): void => {
      const { IntegrationId: id } = api('CreateIntegration', { IntegrationType: 'MOCK' });
      api('CreateIntegrationResponse', { ...NOT_FOUND, IntegrationId: id, IntegrationResponseKey: '/200/' });
      api('UpdateRoute', { RouteId, Target: `integrations/${id}` });
      api('DeleteIntegration', { IntegrationId });
    };
    expect(await heardAfter(mocked)).toEqual(['no such order']);
  });
});
