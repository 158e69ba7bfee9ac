import { describe, expect, it } from 'vitest';
import { newAccount } from './account.js';

const JWT = {
  Name: 'tokens',
  AuthorizerType: 'JWT',
  IdentitySource: ['$request.header.Authorization'],
  JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['orders'] },
};
const LAMBDA = {
  Name: 'function',
  AuthorizerType: 'REQUEST',
  AuthorizerPayloadFormatVersion: '2.0',
  AuthorizerUri:
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:a/invocations',
};

function shop(more = {}) {
  const account = newAccount();
  const { ApiId } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP', ...more });
  return { account, ApiId };
}

describe('an authorizer', () => {
  it('of tokens serves routes of its own type, and is kept while one uses it', () => {
    const { account, ApiId } = shop();
    const { AuthorizerId } = account.call('CreateAuthorizer', { ApiId, ...JWT });
    expect(account.call('GetAuthorizer', { ApiId, AuthorizerId })).toMatchObject({ AuthorizerType: 'JWT' });
    const route = { ApiId, RouteKey: 'GET /a', AuthorizerId };
    expect(account.refusal('CreateRoute', { ...route, AuthorizationType: 'CUSTOM' })?.message).toMatch(/REQUEST/);
    const { RouteId } = account.call('CreateRoute', {
      ...route,
      AuthorizationType: 'JWT',
      AuthorizationScopes: ['orders/read'],
    });
    expect(account.refusal('DeleteAuthorizer', { ApiId, AuthorizerId })?.code).toBe('ConflictException');
    account.call('DeleteRoute', { ApiId, RouteId });
    account.call('DeleteAuthorizer', { ApiId, AuthorizerId });
    expect(account.refusal('GetAuthorizer', { ApiId, AuthorizerId })?.status).toBe(404);
    expect(account.call('GetAuthorizers', { ApiId }).Items).toEqual([]);
  });

  it('that is a function serves routes with the type CUSTOM', () => {
    const { account, ApiId } = shop();
    const { AuthorizerId } = account.call('CreateAuthorizer', { ApiId, ...LAMBDA });
    const route = { ApiId, RouteKey: 'GET /a', AuthorizerId, AuthorizationType: 'CUSTOM' };
    expect(account.call('CreateRoute', route)).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId });
  });

  it('is changed in place: what is left out stays', () => {
    const { account, ApiId } = shop();
    const { AuthorizerId } = account.call('CreateAuthorizer', { ApiId, ...LAMBDA, AuthorizerCredentialsArn: 'arn:a' });
    account.call('CreateAuthorizer', { ApiId, ...JWT });
    const update = { ApiId, AuthorizerId, AuthorizerResultTtlInSeconds: 60, AuthorizerCredentialsArn: '' };
    const changed = account.call('UpdateAuthorizer', { ...update, Name: 'function' });
    expect(changed).toEqual({ ...LAMBDA, AuthorizerId, AuthorizerResultTtlInSeconds: 60 });
    expect(account.call('GetAuthorizer', { ApiId, AuthorizerId })).toEqual(changed);
    const refusal = (more: object) => account.refusal('UpdateAuthorizer', { ApiId, AuthorizerId, ...more });
    expect(refusal({ Name: 'tokens' })).toMatchObject({
      code: 'ConflictException',
      message: expect.stringMatching(/unique/),
    });
    expect(refusal({ AuthorizerUri: 'https://a.example' })?.message).toMatch(/Authorizer URI/);
    expect(refusal({ AuthorizerId: 'zzzzzz' })).toMatchObject({
      status: 404,
      message: 'Invalid Authorizer identifier specified',
    });
    account.call('CreateRoute', { ApiId, RouteKey: 'GET /a', AuthorizerId, AuthorizationType: 'CUSTOM' });
    expect(refusal({ ...JWT, Name: 'other' })?.code).toBe('ConflictException');
  });

  it.each([
    ['a name that is taken', JWT, /unique/],
    ['an issuer without https', { ...JWT, Name: 'b', JwtConfiguration: { Issuer: 'login' } }, /issuer/],
    ['two places of the token', { ...JWT, Name: 'b', IdentitySource: ['a', 'b'] }, /IdentitySource/],
    ['the URI of something else', { ...LAMBDA, AuthorizerUri: 'https://a.example' }, /Authorizer URI/],
    ['no payload format', { ...LAMBDA, AuthorizerPayloadFormatVersion: undefined }, /PayloadFormatVersion/],
  ])('is refused with %s', (_, input, message) => {
    const { account, ApiId } = shop();
    account.call('CreateAuthorizer', { ApiId, ...JWT });
    expect(account.refusal('CreateAuthorizer', { ApiId, ...input })?.message).toMatch(message);
  });

  it('of a WebSocket API is a function', () => {
    const { account, ApiId } = shop({ ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' });
    expect(account.refusal('CreateAuthorizer', { ApiId, ...JWT })?.message).toMatch(/WEBSOCKET/);
    const { AuthorizerId } = account.call('CreateAuthorizer', { ApiId, ...LAMBDA });
    const route = { ApiId, RouteKey: '$connect', AuthorizerId, AuthorizationType: 'CUSTOM' };
    expect(account.call('CreateRoute', route)).toMatchObject({ AuthorizationType: 'CUSTOM' });
  });
});
