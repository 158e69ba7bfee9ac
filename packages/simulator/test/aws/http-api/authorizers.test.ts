import { answers } from '../../answers.js';
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
  return { ...account, account, ApiId };
}

answers('an authorizer', shop)`
  of tokens serves routes of its own type, and is kept while one uses it
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}}
    GetAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId} -> {AuthorizerType: JWT}
    CreateRoute {ApiId: $ApiId, RouteKey: GET /a, AuthorizerId: $AuthorizerId, AuthorizationType: CUSTOM}
      !BadRequestException /REQUEST/
    CreateRoute {ApiId: $ApiId, RouteKey: GET /a, AuthorizerId: $AuthorizerId, AuthorizationType: JWT,
      AuthorizationScopes: [orders/read]}
    DeleteAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId} !ConflictException
    # leaves a route with NONE alone, and stays where neither member is given
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, OperationName: a} -> {AuthorizerId: $AuthorizerId}
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, AuthorizationType: NONE}
      == {ApiKeyRequired: false, AuthorizationScopes: [], AuthorizationType: NONE, OperationName: a,
        RouteId: $RouteId, RouteKey: GET /a}
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, AuthorizationType: NONE, AuthorizerId: $AuthorizerId}
      !BadRequestException /NONE/
    DeleteRoute {ApiId: $ApiId, RouteId: $RouteId}
    DeleteAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId}
    GetAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId} !404 NotFoundException
    GetAuthorizers {ApiId: $ApiId} -> {Items: []}
  that is a function serves routes with the type CUSTOM
    CreateAuthorizer {ApiId: $ApiId, <<: ${LAMBDA}}
    CreateRoute {ApiId: $ApiId, RouteKey: GET /a, AuthorizerId: $AuthorizerId, AuthorizationType: CUSTOM}
      -> {AuthorizationType: CUSTOM, AuthorizerId: $AuthorizerId}
  is changed in place: what is left out stays
    CreateAuthorizer {ApiId: $ApiId, <<: ${LAMBDA}, AuthorizerCredentialsArn: arn:a}
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}}
    changed = UpdateAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId, AuthorizerResultTtlInSeconds: 60,
      AuthorizerCredentialsArn: '', Name: function}
      == ${{ ...LAMBDA, AuthorizerId: '$AuthorizerId', AuthorizerResultTtlInSeconds: 60 }}
    GetAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId} == $changed
    UpdateAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId, Name: tokens} !ConflictException /unique/
    UpdateAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId, AuthorizerUri: https://a.example}
      !BadRequestException /Authorizer URI/
    UpdateAuthorizer {ApiId: $ApiId, AuthorizerId: zzzzzz}
      !404 NotFoundException: Invalid Authorizer identifier specified
    CreateRoute {ApiId: $ApiId, RouteKey: GET /a, AuthorizerId: $AuthorizerId, AuthorizationType: CUSTOM}
    UpdateAuthorizer {ApiId: $ApiId, AuthorizerId: $AuthorizerId, <<: ${JWT}, Name: other} !ConflictException
  is refused with wrong input
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}}
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}} !ConflictException /unique/ # a name that is taken
    # an issuer without https
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}, Name: b, JwtConfiguration: {Issuer: login}}
      !BadRequestException /issuer/
    # two places of the token
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}, Name: b, IdentitySource: [a, b]} !BadRequestException /IdentitySource/
    # the URI of something else
    CreateAuthorizer {ApiId: $ApiId, <<: ${LAMBDA}, AuthorizerUri: https://a.example}
      !BadRequestException /Authorizer URI/
    # no payload format
    CreateAuthorizer {ApiId: $ApiId, <<: ${LAMBDA}, AuthorizerPayloadFormatVersion: absent}
      !BadRequestException /PayloadFormatVersion/
`;

answers('an authorizer', () => shop({ ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }))`
  of a WebSocket API is a function
    CreateAuthorizer {ApiId: $ApiId, <<: ${JWT}} !BadRequestException /WEBSOCKET/
    CreateAuthorizer {ApiId: $ApiId, <<: ${LAMBDA}}
    CreateRoute {ApiId: $ApiId, RouteKey: $connect, AuthorizerId: $AuthorizerId, AuthorizationType: CUSTOM}
      -> {AuthorizationType: CUSTOM}
`;
