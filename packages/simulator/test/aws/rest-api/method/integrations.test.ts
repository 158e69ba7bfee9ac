import { describe, expect, it } from 'vitest';
import { BAD, INVALID, NOT_FOUND, petsApi, plain, refused, restWorld, statusOf } from '../rest-world.js';

const UNKNOWN = 'Invalid Integration identifier specified';
const MAPPING = 'Invalid mapping expression specified: Validation Result: warnings : [], errors : ';
const LAMBDA =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations';

async function world() {
  const pets = await petsApi();
  const { apiGateway, method } = pets;
  const http = { ...method, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://example.com' };
  const put = (more: Record<string, unknown> = {}) => apiGateway.putIntegration({ ...http, ...more } as never);
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateIntegration({ ...method, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, put, update };
}

describe('PutIntegration', () => {
  it('truth 2: answers 201 with the defaults', async () => {
    const { apiGateway, method, resourceId, put } = await world();
    const made = await put();
    expect(statusOf(made)).toBe(201);
    const integration = {
      type: 'HTTP_PROXY',
      httpMethod: 'GET',
      uri: 'http://example.com',
      connectionType: 'INTERNET',
      cacheKeyParameters: [],
      cacheNamespace: resourceId,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
    };
    expect(plain(made)).toEqual(integration);
    expect(plain(await apiGateway.getIntegration(method))).toEqual(integration);
    expect((await apiGateway.getMethod(method)).methodIntegration).toEqual(integration);
  });

  it('answers a MOCK without URI and method, and AWS without a connection type', async () => {
    const { put, resourceId } = await world();
    const defaults = {
      cacheKeyParameters: [],
      cacheNamespace: resourceId,
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
    };
    expect(plain(await put({ type: 'MOCK' }))).toEqual({ ...defaults, type: 'MOCK' });
    const aws = { type: 'AWS', uri: LAMBDA };
    expect(plain(await put(aws))).toEqual({ ...defaults, ...aws, httpMethod: 'GET' });
  });

  it('answers what was sent', async () => {
    const { put } = await world();
    const input = {
      type: 'HTTP',
      credentials: 'arn:aws:iam::111122223333:role/x',
      requestParameters: { 'integration.request.header.x-stage': 'context.stage' },
      requestTemplates: { 'application/json': '{}' },
      passthroughBehavior: 'NEVER',
      contentHandling: 'CONVERT_TO_TEXT',
      cacheNamespace: 'pets',
      cacheKeyParameters: ['method.request.querystring.page'],
      timeoutInMillis: 50,
      tlsConfig: { insecureSkipVerification: true },
      responseTransferMode: 'BUFFERED',
    };
    expect(await put(input)).toMatchObject(input);
  });

  it('replaces another integration with its responses', async () => {
    const { apiGateway, method, put } = await world();
    await put();
    await apiGateway.putIntegrationResponse({ ...method, statusCode: '200' });
    await put({ uri: 'http://example.org' });
    expect(await apiGateway.getIntegration(method)).not.toHaveProperty('integrationResponses');
  });

  it.each([
    'https://example.com:8443/a/{id}?b=c',
    'http://example.com:80',
    'http://example.com:443/',
    'http://example.com:1024',
    'http://example.com:65535',
    'https://${stageVariables.host}/pets',
    'http://${stageVariables.url}',
  ])('accepts the URI %s', async (uri) => {
    const { put } = await world();
    expect(await put({ uri })).toMatchObject({ uri });
  });

  it.each<[string, Record<string, unknown>, string, string | RegExp]>([
    [
      'a type that does not exist',
      { type: 'HTTPS_PROXY' },
      INVALID,
      "1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]',
    ],
    ['an unknown API', { restApiId: 'wrong' }, NOT_FOUND, 'Invalid Resource identifier specified'],
    ['an unknown resource', { resourceId: 'wrong' }, NOT_FOUND, 'Invalid Resource identifier specified'],
    ['an unknown method', { httpMethod: 'POST' }, NOT_FOUND, 'Invalid Method identifier specified'],
    ...['HTTP', 'HTTP_PROXY', 'AWS'].map((type): [string, Record<string, unknown>, string, string] => [
      `${type} without a method`,
      { type, integrationHttpMethod: undefined },
      BAD,
      'Enumeration value for HttpMethod must be non-empty',
    ]),
    ['a method that does not exist', { integrationHttpMethod: 'FETCH' }, BAD, /^Invalid HttpMethod specified/],
    ['no URI', { uri: undefined }, BAD, 'Invalid integration URI specified'],
    ...[
      'non-valid-http',
      'ftp://example.com',
      'http://',
      'http://a b',
      'http://a:79',
      'http://a:444',
      'http://a:65536',
    ].map((uri): [string, Record<string, unknown>, string, string] => [
      `the URI ${uri}`,
      { uri },
      BAD,
      'Invalid HTTP endpoint specified for URI',
    ]),
    ['a text that is not an ARN', { type: 'AWS', uri: 'x' }, BAD, 'Invalid ARN specified in the request'],
    [
      'an ARN of IAM',
      { type: 'AWS', uri: 'arn:aws:iam::000000000000:role/x' },
      BAD,
      'AWS ARN for integration must contain path or action',
    ],
    [
      'S3 as a proxy',
      { type: 'AWS_PROXY', uri: 'arn:aws:apigateway:eu-west-1:s3:path/b/k' },
      BAD,
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    ],
    ['49 ms', { timeoutInMillis: 49 }, BAD, 'Timeout should be between 50 ms and 29000 ms'],
    ['29,001 ms', { timeoutInMillis: 29_001 }, BAD, 'Timeout should be between 50 ms and 29000 ms'],
    [
      '900,001 ms of a stream',
      { responseTransferMode: 'STREAM', timeoutInMillis: 900_001 },
      BAD,
      'Timeout should be between 50 ms and 900000 ms',
    ],
    ['a stream of type HTTP', { type: 'HTTP', responseTransferMode: 'STREAM' }, BAD, /STREAM is only supported/],
    ['another passthrough behavior', { passthroughBehavior: 'SOMETIMES' }, BAD, /^Invalid passthrough behavior/],
    ['a link without VPC_LINK', { connectionId: 'abc123' }, BAD, /^ConnectionId is only supported/],
    [
      'a parameter that the method does not declare',
      { requestParameters: { 'integration.request.path.id': 'method.request.path.id' } },
      BAD,
      `${MAPPING}[Invalid mapping expression parameter specified: method.request.path.id]`,
    ],
    [
      'a source that is not an expression',
      { requestParameters: { 'integration.request.path.id': 'id' } },
      BAD,
      `${MAPPING}[Invalid mapping expression specified: id]`,
    ],
    [
      'a destination that is not a parameter',
      { requestParameters: { 'method.request.path.id': "'7'" } },
      BAD,
      `${MAPPING}[Invalid mapping expression parameter specified: method.request.path.id]`,
    ],
    [
      'a template whose key is not a content type',
      { requestTemplates: { '123': '{}' } },
      BAD,
      'Validation Result: warnings : [], errors : [Invalid content type specified: 123]',
    ],
  ])('refuses %s', async (_, change, name, message) => {
    const { apiGateway, method, put } = await world();
    await refused(put(change), name, message);
    await refused(apiGateway.getIntegration(method), NOT_FOUND, UNKNOWN);
  });

  it('accepts the parameters that the method declares', async () => {
    const { apiGateway, method, put } = await world();
    const patchOperations = [{ op: 'add' as const, path: '/requestParameters/method.request.path.id', value: 'true' }];
    await apiGateway.updateMethod({ ...method, patchOperations });
    const requestParameters = {
      'integration.request.path.id': 'method.request.path.id',
      'integration.request.header.x-a': "'a b'",
      'integration.request.querystring.body': 'method.request.body.name',
      'integration.request.header.x-v': 'stageVariables.version',
    };
    expect(await put({ requestParameters })).toMatchObject({ requestParameters });
  });

  it('truth 24: accepts 900 s for a stream', async () => {
    const { put } = await world();
    const stream = { responseTransferMode: 'STREAM', timeoutInMillis: 900_000 };
    expect(await put(stream)).toMatchObject(stream);
  });

  it('accepts longer timeouts with a higher quota, but not on edge-optimized APIs', async () => {
    const { apiGateway } = restWorld({ quotas: { 'integration-timeout': 60_000 } });
    const put = async (type: 'EDGE' | 'REGIONAL', timeoutInMillis: number) => {
      const { id: restApiId, rootResourceId: resourceId } = await apiGateway.createRestApi({
        name: 'shop',
        endpointConfiguration: { types: [type] },
      });
      const method = { restApiId, resourceId, httpMethod: 'GET' };
      await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
      return apiGateway.putIntegration({ ...method, type: 'MOCK', timeoutInMillis });
    };
    expect(await put('REGIONAL', 60_000)).toMatchObject({ timeoutInMillis: 60_000 });
    await refused(put('REGIONAL', 60_001), BAD, 'Timeout should be between 50 ms and 60000 ms');
    await refused(put('EDGE', 60_000), BAD, 'Timeout should be between 50 ms and 29000 ms');
  });
});

describe('UpdateIntegration', () => {
  it('truth 5: changes the paths of its table, and keeps the responses', async () => {
    const { apiGateway, method, put, update } = await world();
    await put();
    await apiGateway.putIntegrationResponse({ ...method, statusCode: '200' });
    const replaced: readonly (readonly [string, string, unknown])[] = [
      ['uri', 'https://example.org/pets', 'https://example.org/pets'],
      ['httpMethod', 'POST', 'POST'],
      ['credentials', 'arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/x'],
      ['passthroughBehavior', 'NEVER', 'NEVER'],
      ['contentHandling', 'CONVERT_TO_BINARY', 'CONVERT_TO_BINARY'],
      ['cacheNamespace', 'pets', 'pets'],
      ['timeoutInMillis', '1000', 1000],
      ['responseTransferMode', 'STREAM', 'STREAM'],
    ];
    for (const [name, value, expected] of replaced) {
      expect(await update('replace', `/${name}`, value)).toMatchObject({ [name]: expected });
    }
    expect(await update('replace', '/cacheNamespace', '')).toMatchObject({ cacheNamespace: method.resourceId });
    const tls = await update('replace', '/tlsConfig/insecureSkipVerification', 'true');
    expect(tls.tlsConfig).toEqual({ insecureSkipVerification: true });
    expect(statusOf(tls)).toBe(200);
    expect(tls.integrationResponses).toEqual({ '200': { statusCode: '200' } });
  });

  it('adds, replaces and removes entries', async () => {
    const { put, update } = await world();
    await put();
    const template = '/requestTemplates/application~1json';
    expect(await update('add', template, '{}')).toMatchObject({ requestTemplates: { 'application/json': '{}' } });
    expect(await update('replace', template, '[]')).toMatchObject({ requestTemplates: { 'application/json': '[]' } });
    expect(await update('remove', template)).not.toHaveProperty('requestTemplates');
    const header = '/requestParameters/integration.request.header.x';
    expect(await update('add', header, "'1'")).toMatchObject({
      requestParameters: { 'integration.request.header.x': "'1'" },
    });
    expect(await update('remove', header)).not.toHaveProperty('requestParameters');
    const key = '/cacheKeyParameters/method.request.querystring.page';
    expect(await update('add', key, '')).toMatchObject({ cacheKeyParameters: ['method.request.querystring.page'] });
    expect(await update('remove', key, '')).toMatchObject({ cacheKeyParameters: [] });
  });

  it.each<[string, string, string | undefined, string, string | RegExp]>([
    ['replace', '/type', 'MOCK', BAD, 'Invalid patch path /type'],
    ['replace', '/cacheKeyParameters', 'x', BAD, 'Invalid patch path /cacheKeyParameters'],
    ['remove', '/uri', undefined, BAD, 'Invalid patch operation specified. Must be one of: [replace]'],
    ['replace', '/uri', 'example.com', BAD, 'Invalid HTTP endpoint specified for URI'],
    ['replace', '/timeoutInMillis', '49', BAD, 'Timeout should be between 50 ms and 29000 ms'],
    ['replace', '/timeoutInMillis', 'soon', BAD, /number/],
    ['replace', '/timeoutInMillis', '0x400', BAD, /number/],
    ['replace', '/connectionType', 'LINK', BAD, /^Invalid connection type/],
    ['replace', '/connectionType', '', BAD, /^Invalid connection type/],
    ['replace', '/passthroughBehavior', '', BAD, /^Invalid passthrough behavior/],
    ['replace', '/contentHandling', 'NONE', BAD, /^Invalid content handling/],
    ['replace', '/responseTransferMode', 'SLOW', BAD, /^Invalid response transfer mode/],
    ['remove', '/requestTemplates/a~1b', undefined, NOT_FOUND, 'Content-Type specified was not found'],
    ['replace', '/requestParameters/integration.request.path.x', "'1'", NOT_FOUND, 'Invalid parameter name specified'],
  ])('refuses %s %s', async (op, path, value, name, message) => {
    const { put, update } = await world();
    await put();
    await refused(update(op, path, value), name, message);
  });

  it('truth 5: changes nothing when one operation of the list is refused', async () => {
    const { apiGateway, method, put } = await world();
    await put();
    const patchOperations = [
      { op: 'replace' as const, path: '/uri', value: 'http://example.org' },
      { op: 'replace' as const, path: '/type', value: 'MOCK' },
    ];
    await refused(apiGateway.updateIntegration({ ...method, patchOperations }), BAD, 'Invalid patch path /type');
    expect((await apiGateway.getIntegration(method)).uri).toBe('http://example.com');
  });

  it('refuses the URI and the method of a MOCK, and an integration that does not exist', async () => {
    const { put, update } = await world();
    await refused(update('replace', '/uri', 'http://example.org'), NOT_FOUND, UNKNOWN);
    await put({ type: 'MOCK' });
    await refused(update('replace', '/uri', 'http://example.org'), BAD, 'Invalid patch path /uri');
    await refused(update('replace', '/httpMethod', 'GET'), BAD, 'Invalid patch path /httpMethod');
  });
});

describe('DeleteIntegration', () => {
  it('truth 2: answers 204; the method stays without an integration', async () => {
    const { apiGateway, method, put } = await world();
    await put();
    expect(statusOf(await apiGateway.deleteIntegration(method))).toBe(204);
    expect(await apiGateway.getMethod(method)).not.toHaveProperty('methodIntegration');
    await refused(apiGateway.deleteIntegration(method), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getIntegration({ ...method, httpMethod: 'PUT' }), NOT_FOUND, /Method identifier/);
    await refused(apiGateway.getIntegration({ ...method, restApiId: 'wrong' }), NOT_FOUND, /Resource identifier/);
  });
});
