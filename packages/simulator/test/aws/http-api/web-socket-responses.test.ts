import { describe, expect, it } from 'vitest';
import { newAccount } from './account.js';

const SOCKET = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' };
const BAD = { code: 'BadRequestException', status: 400 };
const GONE = { code: 'NotFoundException', status: 404 };
const TAKEN = { code: 'ConflictException', status: 409 };

/** A WebSocket API with an integration and a route, and an HTTP API. */
function chat() {
  const account = newAccount();
  const { ApiId } = account.call('CreateApi', SOCKET);
  const { ApiId: http } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  const { IntegrationId } = account.call('CreateIntegration', { ApiId, IntegrationType: 'MOCK' });
  const Target = `integrations/${IntegrationId}`;
  const { RouteId } = account.call('CreateRoute', { ApiId, RouteKey: 'join', Target });
  return { account, ApiId, http, IntegrationId, RouteId };
}

describe('a route response', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
  it('answers its ID and its key, is changed, and goes with its route', () => {
    const { account, ApiId, RouteId } = chat();
    const made = account.call('CreateRouteResponse', { ApiId, RouteId, RouteResponseKey: '$default' });
    expect(made).toEqual({ RouteResponseId: expect.stringMatching(/^[a-z0-9]{6}$/), RouteResponseKey: '$default' });
    const named = { ApiId, RouteId, RouteResponseId: made.RouteResponseId };
    const changed = account.call('UpdateRouteResponse', { ...named, ResponseModels: { $default: 'Order' } });
    expect(changed).toEqual({ ...made, ResponseModels: { $default: 'Order' } });
    expect(account.call('GetRouteResponse', named)).toEqual(changed);
    expect(account.call('GetRouteResponses', named).Items).toEqual([changed]);
    const { RouteId: other } = account.call('CreateRoute', { ApiId, RouteKey: 'leave' });
    expect(account.refusal('GetRouteResponse', { ...named, RouteId: other })).toMatchObject(GONE);
    account.call('DeleteRouteResponse', named);
    account.call('CreateRouteResponse', { ApiId, RouteId, RouteResponseKey: '$default' });
    account.call('DeleteRoute', named);
    expect(account.state.apiGateway.apis.get(ApiId)?.routeResponses?.size).toBe(0);
    expect(account.refusal('GetRouteResponses', named)).toMatchObject(GONE);
  });

  it.each([
    ['another key', { RouteResponseKey: '200' }, BAD],
    ['a second one', {}, TAKEN],
    ['an unknown route', { RouteId: 'zzzzzzz' }, GONE],
    ['an unknown API', { ApiId: 'zzzzzzzzzz' }, GONE],
  ])('is refused with %s', (_, more, refusal) => {
    const { account, ApiId, RouteId } = chat();
    const input = { ApiId, RouteId, RouteResponseKey: '$default' };
    account.call('CreateRouteResponse', input);
    expect(account.refusal('CreateRouteResponse', { ...input, ...more })).toMatchObject(refusal);
  });
});

describe('an integration response', () => {
  it('is made, changed and deleted, and goes with its integration', () => {
    const { account, ApiId, IntegrationId, RouteId } = chat();
    const create = (IntegrationResponseKey: string, more: object = {}) =>
      account.call('CreateIntegrationResponse', { ApiId, IntegrationId, IntegrationResponseKey, ...more });
    // The key of https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/apigatewayv2_integration_response.html.markdown
    const made = create('/200/', { ResponseTemplates: { 'application/json': '{}', $default: 'ok' } });
    expect(made).toMatchObject({ IntegrationResponseKey: '/200/' });
    expect(made).not.toHaveProperty('IntegrationId');
    create('$default');
    create('/4\\d\\d|5\\d{2}/');
    const named = { ApiId, IntegrationId, IntegrationResponseId: made.IntegrationResponseId };
    const more = { ResponseTemplates: { $default: '' }, TemplateSelectionExpression: '\\$default' };
    expect(account.call('UpdateIntegrationResponse', { ...named, ...more })).toEqual({
      ...made,
      ResponseTemplates: { 'application/json': '{}' },
      TemplateSelectionExpression: '\\$default',
    });
    expect(account.call('GetIntegrationResponses', named).Items).toHaveLength(3);
    account.call('DeleteIntegrationResponse', named);
    expect(account.refusal('GetIntegrationResponse', named)).toMatchObject(GONE);
    account.call('DeleteRoute', { ApiId, RouteId });
    account.call('DeleteIntegration', named);
    expect(account.state.apiGateway.apis.get(ApiId)?.integrationResponses?.size).toBe(0);
  });

  it.each([
    ['a status alone', { IntegrationResponseKey: '200' }, BAD],
    ['a broken pattern', { IntegrationResponseKey: '/(4/' }, BAD],
    ['a pattern with long counts', { IntegrationResponseKey: '/(\\d{999}){999}/' }, BAD],
    ['a key that is taken', {}, TAKEN],
    ['an unknown integration', { IntegrationId: 'zzzzzzz' }, GONE],
  ])('is refused with %s', (_, more, refusal) => {
    const { account, ApiId, IntegrationId } = chat();
    const input = { ApiId, IntegrationId, IntegrationResponseKey: '$default' };
    account.call('CreateIntegrationResponse', input);
    expect(account.refusal('CreateIntegrationResponse', { ...input, ...more })).toMatchObject(refusal);
  });
});

describe('a model', () => {
  it('is made, changed and deleted', () => {
    const { account, ApiId } = chat();
    const made = account.call('CreateModel', { ApiId, Name: 'Order', ContentType: 'application/json', Schema: '{}' });
    const named = { ApiId, ModelId: made.ModelId };
    const changed = account.call('UpdateModel', { ...named, Description: 'An order', Schema: '{"type":"object"}' });
    expect(changed).toEqual({ ...made, Description: 'An order', Schema: '{"type":"object"}' });
    expect(account.call('GetModels', named).Items).toEqual([changed]);
    expect(account.refusal('CreateModel', { ApiId, Name: 'Order', Schema: '{}' })).toMatchObject(TAKEN);
    expect(account.refusal('CreateModel', { ApiId, Name: 'a-b', Schema: '{}' })).toMatchObject(BAD);
    expect(account.refusal('UpdateModel', { ...named, Schema: 'no' })).toMatchObject(BAD);
    account.call('DeleteModel', named);
    expect(account.refusal('GetModel', named)).toMatchObject(GONE);
  });
});

it('HTTP APIs have neither responses nor models', () => {
  const { account, http } = chat();
  for (const [operation, input] of [
    ['CreateRouteResponse', { RouteId: 'a', RouteResponseKey: '$default' }],
    ['CreateIntegrationResponse', { IntegrationId: 'a', IntegrationResponseKey: '$default' }],
    ['CreateModel', { Name: 'Order', Schema: '{}' }],
  ] as const) {
    const refusal = account.refusal(operation, { ApiId: http, ...input });
    expect(refusal).toMatchObject({ ...BAD, message: expect.stringMatching(/not supported for protocolType HTTP$/) });
  }
});
