import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
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
  return { ...account, account, ApiId, http, IntegrationId, RouteId };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
it('a route response: answers its ID and its key, is changed, and goes with its route', () => {
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

answers('a route response', chat)`
  is refused with wrong input
    CreateRouteResponse {ApiId: $ApiId, RouteId: $RouteId, RouteResponseKey: $default}
    # another key
    CreateRouteResponse {ApiId: $ApiId, RouteId: $RouteId, RouteResponseKey: '200'} !400 BadRequestException
    # a second one
    CreateRouteResponse {ApiId: $ApiId, RouteId: $RouteId, RouteResponseKey: $default} !409 ConflictException
    # an unknown route
    CreateRouteResponse {ApiId: $ApiId, RouteResponseKey: $default, RouteId: zzzzzzz} !404 NotFoundException
    # an unknown API
    CreateRouteResponse {RouteId: $RouteId, RouteResponseKey: $default, ApiId: zzzzzzzzzz} !404 NotFoundException
`;

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

answers('a model', chat)`
  is made, changed and deleted
    made = CreateModel {ApiId: $ApiId, Name: Order, ContentType: application/json, Schema: '{}'}
    changed = UpdateModel {ApiId: $ApiId, ModelId: $made.ModelId, Description: An order, Schema: '{"type":"object"}'}
      == {<<: $made, Description: An order, Schema: '{"type":"object"}'}
    GetModels {ApiId: $ApiId, ModelId: $made.ModelId} -> {Items: [$changed]}
    CreateModel {ApiId: $ApiId, Name: Order, Schema: '{}'} !409 ConflictException
    CreateModel {ApiId: $ApiId, Name: a-b, Schema: '{}'} !400 BadRequestException
    UpdateModel {ApiId: $ApiId, ModelId: $made.ModelId, Schema: no} !400 BadRequestException
    DeleteModel {ApiId: $ApiId, ModelId: $made.ModelId}
    GetModel {ApiId: $ApiId, ModelId: $made.ModelId} !404 NotFoundException
`;

answers('', chat)`
  HTTP APIs have neither responses nor models
    CreateRouteResponse {ApiId: $http, RouteId: a, RouteResponseKey: $default}
      !400 BadRequestException /not supported for protocolType HTTP$/
    CreateIntegrationResponse {ApiId: $http, IntegrationId: a, IntegrationResponseKey: $default}
      !400 BadRequestException /not supported for protocolType HTTP$/
    CreateModel {ApiId: $http, Name: Order, Schema: '{}'}
      !400 BadRequestException /not supported for protocolType HTTP$/
`;
