import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { isReservedHeader } from '../../../src/aws/http-apis/control/integration.js';
import { availableLink, newAccount, OTHER_ACCOUNT, type Account } from './account.js';

const PRIVATE_URI =
  'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.';

async function world() {
  const account = newAccount();
  const ConnectionId = await availableLink(account);
  const { ApiId } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  const input = {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId,
    IntegrationUri: account.addListener(),
    PayloadFormatVersion: '1.0',
  };
  return { ...account, account, ApiId, input };
}

describe('a private integration', () => {
  it('is returned as it was sent, with the default timeout', async () => {
    const { account, ApiId, input } = await world();
    const { ApiId: _, ...sent } = input;
    const made = account.call('CreateIntegration', {
      ...input,
      Description: 'postern:shop@shop/orders/orders',
      RequestParameters: { 'overwrite:path': '$request.path', 'append:header.stage': '$context.stage' },
      ResponseParameters: { '500': { 'overwrite:statuscode': '502', 'remove:header.server': "''" } },
      TlsConfig: { ServerNameToVerify: 'orders.internal' },
    });
    expect(made).toEqual({
      ...sent,
      Description: 'postern:shop@shop/orders/orders',
      IntegrationId: expect.stringMatching(/^[a-z0-9]{7}$/),
      RequestParameters: { 'overwrite:path': '$request.path', 'append:header.stage': '$context.stage' },
      ResponseParameters: { '500': { 'overwrite:statuscode': '502', 'remove:header.server': "''" } },
      TimeoutInMillis: 30_000,
      TlsConfig: { ServerNameToVerify: 'orders.internal' },
    });
    expect(account.call('GetIntegration', { ApiId, IntegrationId: made.IntegrationId })).toEqual(made);
    expect(account.call('GetIntegrations', { ApiId }).Items).toEqual([made]);
  });

  it.each([
    ['a network load balancer', (account: Account) => account.addListener('orders', 'net')],
    ['a Cloud Map service', (account: Account) => account.addService()],
    ['a Cloud Map service with a query', (account: Account) => `${account.addService()}?version=2&color=blue`],
  ])('may have %s as its target', async (_, uri) => {
    const { account, input } = await world();
    const IntegrationUri = uri(account);
    expect(account.call('CreateIntegration', { ...input, IntegrationUri })).toMatchObject({ IntegrationUri });
  });
});

answers('a private integration', world)`
  may use a link that is still PENDING
    CreateVpcLink {Name: two, SubnetIds: [$subnets.0.id]}
    CreateIntegration {<<: $input, ConnectionId: $VpcLinkId}
`;

describe('CreateIntegration refuses', () => {
  it.each<[string, Record<string, unknown> | ((account: Account) => Record<string, unknown>), string | RegExp]>([
    [
      'a load balancer instead of its listener',
      {
        IntegrationUri: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders/50dc6c495c0c9188',
      },
      PRIVATE_URI,
    ],
    ['a URL', { IntegrationUri: 'http://10.0.0.1:8080/' }, PRIVATE_URI],
    ['no URI', { IntegrationUri: undefined }, PRIVATE_URI],
    [
      'a listener of another account',
      (account) => ({ IntegrationUri: account.addListener('other', 'app', OTHER_ACCOUNT) }),
      PRIVATE_URI,
    ],
    [
      'a listener of another region',
      {
        IntegrationUri:
          'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2',
      },
      PRIVATE_URI,
    ],
    [
      'a listener that does not exist',
      {
        IntegrationUri:
          'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/gone/50dc6c495c0c9188/f2f7dc8efc522ab2',
      },
      PRIVATE_URI,
    ],
    [
      'a listener of a gateway load balancer',
      {
        IntegrationUri:
          'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/gwy/orders/50dc6c495c0c9188/f2f7dc8efc522ab2',
      },
      PRIVATE_URI,
    ],
    [
      'a Cloud Map service that does not exist',
      { IntegrationUri: 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-gone' },
      PRIVATE_URI,
    ],
    [
      'a Cloud Map namespace',
      { IntegrationUri: 'arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-e1tpmexample0001' },
      PRIVATE_URI,
    ],
    ['no link', { ConnectionId: undefined }, /ConnectionId/],
    ['a Lambda integration over a link', { IntegrationType: 'AWS_PROXY' }, /HTTP_PROXY/],
    ['credentials', { CredentialsArn: 'arn:aws:iam::111122223333:role/x' }, /credentials/],
    ['payload format 2.0', { PayloadFormatVersion: '2.0' }, /payload format version.*2\.0/],
    [
      'no payload format',
      { PayloadFormatVersion: undefined },
      'PayloadFormatVersion is a required parameter for integration',
    ],
    ['a timeout of 49 ms', { TimeoutInMillis: 49 }, 'Timeout should be between 50 ms and 30000 ms'],
    ['a timeout of 30,001 ms', { TimeoutInMillis: 30_001 }, 'Timeout should be between 50 ms and 30000 ms'],
    ['no method', { IntegrationMethod: undefined }, /IntegrationMethod/],
    ['a method that HTTP APIs do not support', { IntegrationMethod: 'TRACE' }, 'Invalid HTTP method specified'],
    ['an integration type of WebSocket APIs', { IntegrationType: 'MOCK' }, /MOCK is not supported/],
    ['a type that does not exist', { IntegrationType: 'SOAP' }, /enum value set/],
    ['a host name of 513 characters', { TlsConfig: { ServerNameToVerify: 'h'.repeat(513) } }, /512/],
  ])('%s', async (_, change, message) => {
    const { account, ApiId, input } = await world();
    const more = typeof change === 'function' ? change(account) : change;
    const refusal = account.refusal('CreateIntegration', { ...input, ...more });
    expect(refusal).toMatchObject({ code: 'BadRequestException', status: 400 });
    if (typeof message === 'string') expect(refusal?.message).toBe(message);
    else expect(refusal?.message).toMatch(message);
    expect(account.call('GetIntegrations', { ApiId }).Items).toEqual([]);
  });

  it.each([
    [{ ConnectionId: 'abc123' }, /ConnectionId/],
    [{ IntegrationUri: 'arn:aws:lambda:eu-west-1:111122223333:function:x' }, 'Invalid HTTP endpoint specified for URI'],
  ])('%j of an integration with the internet', (change, message) => {
    const account = newAccount();
    const { ApiId } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
    const input = {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com/',
      PayloadFormatVersion: '1.0',
    };
    expect(account.refusal('CreateIntegration', { ...input, ...change })?.message).toMatch(message);
    const created = account.call('CreateIntegration', { ...input, TlsConfig: { ServerNameToVerify: 'x' } });
    expect(created).toMatchObject({ ConnectionType: 'INTERNET' });
    expect(created).not.toHaveProperty('TlsConfig');
  });
});

answers('CreateIntegration refuses', world)`
  a link that does not exist, and one that is being deleted
    CreateIntegration {<<: $input, ConnectionId: abc123} !404 NotFoundException: Invalid Vpc Link identifier specified
    DeleteVpcLink {VpcLinkId: $input.ConnectionId}
    CreateIntegration $input !404 NotFoundException: Invalid Vpc Link identifier specified
  an API that does not exist, with a message that names the account
    CreateIntegration {<<: $input, ApiId: 4sho9rt8nd}
      !404 NotFoundException: Invalid API identifier specified 111122223333:4sho9rt8nd
  one more than 300
    300 times CreateIntegration $input
    CreateIntegration $input !400 BadRequestException /Limit is 300/
`;

describe('parameter mapping', () => {
  it.each<[Record<string, string>, string]>([
    [{ 'overwrite:path': '$request.path' }, 'the whole path, without the stage'],
    [{ 'overwrite:path': '/v2${request.path}' }, 'text and a source'],
    [{ 'overwrite:header.Host': 'orders.internal' }, 'Host is not reserved'],
    [{ 'append:header.x-id': '$request.header.id' }, 'a header'],
    [{ 'append:querystring.q': '$request.querystring.q' }, 'a query parameter'],
    [{ 'append:header.user': '$request.body.user' }, 'a part of the body'],
    [{ 'append:header.order': '$request.path.order' }, 'a path variable'],
    [{ 'overwrite:header.v': '$stageVariables.version' }, 'a stage variable'],
    [{ 'append:header.id': '$context.requestId' }, 'the context'],
    [{ 'remove:querystring.debug': "''" }, 'removal'],
    [{ 'append:header.price': 'costs $5' }, 'a dollar sign without a name'],
  ])('accepts %j: %s', async (RequestParameters) => {
    const { account, input } = await world();
    expect(account.call('CreateIntegration', { ...input, RequestParameters })).toMatchObject({ RequestParameters });
  });

  it.each<[Record<string, string>, string, string]>([
    [
      { 'append:path': '/x' },
      'Invalid Request Actioned Parameter specified: append:path',
      'paths are only overwritten',
    ],
    [
      { 'integration.request.path.x': 'y' },
      'Invalid Request Actioned Parameter specified: integration.request.path.x',
      "REST APIs' form",
    ],
    [{ 'set:header.x': 'y' }, 'Invalid Request Actioned Parameter specified: set:header.x', 'no such action'],
    [{ 'append:header.': 'y' }, 'Invalid Request Actioned Parameter specified: append:header.', 'no name'],
    [{ 'append:header.a b': 'y' }, 'Invalid header name specified: a b', 'not a header name'],
    [
      { 'overwrite:statuscode': '200' },
      'Invalid Request Actioned Parameter specified: overwrite:statuscode',
      'only a response has it',
    ],
    [
      { 'append:header.x': '$response.header.y' },
      'Invalid mapping expression specified: $response.header.y',
      'a request has no response',
    ],
    [{ 'append:header.x': '$input.y' }, 'Invalid mapping expression specified: $input.y', "REST APIs' source"],
    [{ 'overwrite:header.Authorization': 'x' }, 'Operations on header authorization are restricted', 'reserved'],
  ])('refuses %j of a request', async (RequestParameters, problem) => {
    const { account, input } = await world();
    expect(account.refusal('CreateIntegration', { ...input, RequestParameters })).toEqual({
      code: 'BadRequestException',
      status: 400,
      message: `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${problem}]`,
    });
  });

  it.each([
    'Authorization',
    'X-Forwarded-For',
    'access-control-allow-origin',
    'apigw-requestid',
    'x-amzn-trace-id',
    'TE',
  ])('reserves %s for the service', (name) => expect(isReservedHeader(name)).toBe(true));
  it.each(['Host', 'Accept', 'x-forwarded-port', 'viable'])('allows %s for the caller', (name) =>
    expect(isReservedHeader(name)).toBe(false),
  );
});

answers('parameter mapping', world)`
  refuses keys of a response that do not exist
    CreateIntegration {<<: $input, ResponseParameters: {'199': {}, '600': {overwrite:statuscode: '200'}}}
      !BadRequestException /Invalid status code specified: 600/
    CreateIntegration {<<: $input, ResponseParameters: {'200': {overwrite:path: /x}}}
      !BadRequestException /overwrite:path/
    CreateIntegration {<<: $input, ResponseParameters: {'200': {append:querystring.q: '1'}}}
      !BadRequestException /querystring/
    CreateIntegration {<<: $input, ResponseParameters: {'200': {append:header.x: $request.header.y}}}
      !BadRequestException /\$request\.header\.y/
    CreateIntegration {<<: $input, ResponseParameters: {'200': {overwrite:header.via: x}}}
      !BadRequestException /header via are restricted/
`;

describe('UpdateIntegration', () => {
  it('changes the target in place and keeps the other settings', async () => {
    const { account, ApiId, input } = await world();
    const made = account.call('CreateIntegration', input);
    const next = await availableLink(account, 'next');
    const { IntegrationId } = made;
    expect(account.call('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: next })).toEqual({
      ...made,
      ConnectionId: next,
    });
    expect(account.refusal('DeleteVpcLink', { VpcLinkId: input.ConnectionId })).toBeUndefined();
    expect(account.refusal('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: 'abc123' })).toMatchObject({
      status: 404,
    });
    expect(account.refusal('UpdateIntegration', { ApiId, IntegrationId, IntegrationUri: 'http://x/' })?.message).toBe(
      PRIVATE_URI,
    );
    expect(account.refusal('UpdateIntegration', { ApiId, IntegrationId: 'abcdefg' })).toMatchObject({ status: 404 });
  });

  it('merges parameters and deletes them with empty strings', async () => {
    const { account, ApiId, input } = await world();
    const { IntegrationId } = account.call('CreateIntegration', {
      ...input,
      Description: 'orders',
      RequestParameters: { 'overwrite:path': '$request.path', 'append:header.a': '1' },
      ResponseParameters: { '200': { 'append:header.a': '1' }, '500': { 'overwrite:statuscode': '502' } },
      TlsConfig: { ServerNameToVerify: 'orders.internal' },
    });
    const changed = account.call('UpdateIntegration', {
      ApiId,
      IntegrationId,
      Description: '',
      RequestParameters: { 'append:header.a': '', 'append:header.b': '2' },
      ResponseParameters: { '500': {} },
      TlsConfig: { ServerNameToVerify: '' },
    });
    expect(changed).toMatchObject({
      RequestParameters: { 'overwrite:path': '$request.path', 'append:header.b': '2' },
      ResponseParameters: { '200': { 'append:header.a': '1' } },
    });
    expect(Object.keys(changed.RequestParameters)).toHaveLength(2);
    expect(changed).not.toHaveProperty('Description');
    expect(changed).not.toHaveProperty('TlsConfig');
    expect(account.call('GetIntegration', { ApiId, IntegrationId })).toEqual(changed);
  });
});

answers('DeleteIntegration', world)`
  is refused with 409 while routes use it, and names them
    CreateIntegration $input
    CreateRoute {ApiId: $ApiId, RouteKey: $default, Target: integrations/$IntegrationId}
    DeleteIntegration {ApiId: $ApiId, IntegrationId: $IntegrationId}
      !409 ConflictException: Cannot delete Integration because it is referenced by the following Routes with Ids:
      [$RouteId]
    DeleteRoute {ApiId: $ApiId, RouteId: $RouteId}
    DeleteIntegration {ApiId: $ApiId, IntegrationId: $IntegrationId}
    DeleteIntegration {ApiId: $ApiId, IntegrationId: $IntegrationId} !404 NotFoundException
`;
