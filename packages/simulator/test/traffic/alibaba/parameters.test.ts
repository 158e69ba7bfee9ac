import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newWorldWith } from './parameter-world.js';

type Row = Readonly<Record<string, unknown>>;

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const declared = (name: string, Location: string, more: Row = {}): Row => ({
  ApiParameterName: name,
  Location,
  ParameterType: 'String',
  Required: 'OPTIONAL',
  ...more,
});
const service = (name: string, Location: string): Row => ({ ServiceParameterName: name, Location, Type: 'String' });
const map = (from: string, to: string): Row => ({ RequestParameterName: from, ServiceParameterName: to });

/** The definition that maps one parameter to another. */
const moved = (from: readonly [string, string], to: readonly [string, string]) => ({
  RequestParameters: [declared(...from)],
  ServiceParameters: [service(...to)],
  ServiceParametersMap: [map(from[0], to[0])],
});

// CreateApi: ServiceParametersMap, with the places in ServiceParameters.
// https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi
describe('parameters that have another name or place at the backend', () => {
  it.each<[string, readonly [string, string], readonly [string, string], Row, Row]>([
    ['query → query', ['q', 'QUERY'], ['qq', 'QUERY'], { path: '/p/7?q=a%20b&r=1' }, { query: 'r=1&qq=a%20b' }],
    ['several values', ['q', 'QUERY'], ['qq', 'QUERY'], { path: '/p/7?q=1&q=2' }, { query: 'qq=1&qq=2' }],
    ['head → head', ['hx', 'HEAD'], ['hx2', 'HEAD'], { headers: { hx: '1' } }, { headers: { hx2: '1' } }],
    [
      'query → head',
      ['q', 'QUERY'],
      ['X-Q', 'Head'],
      { path: '/p/7?q=a%2Fb' },
      { query: '', headers: { 'x-q': 'a/b' } },
    ],
    ['head → query', ['X-H', 'HEAD'], ['h', 'QUERY'], { headers: { 'x-h': 'a b' } }, { query: 'h=a%20b' }],
    ['query → path', ['q', 'QUERY'], ['id', 'PATH'], { path: '/p/7?q=9' }, { path: '/s/9', query: '' }],
    ['path → query', ['id', 'PATH'], ['number', 'QUERY'], {}, { query: 'number=7' }],
    ['path → path', ['id', 'PATH'], ['id', 'PATH'], { path: '/p/a%2Fb+c' }, { path: '/s/a%2Fb+c' }],
    [
      'body → body',
      ['f', 'BODY'],
      ['ff', 'BODY'],
      { method: 'POST', body: 'f=1+2&g=3', headers: FORM },
      { body: 'g=3&ff=1%202' },
    ],
    [
      'body → query',
      ['f', 'BODY'],
      ['f', 'QUERY'],
      { method: 'POST', body: 'f=1', headers: FORM },
      { query: 'f=1', body: '' },
    ],
    [
      'query → body',
      ['q', 'QUERY'],
      ['f', 'BODY'],
      { method: 'POST', path: '/p/7?q=1', body: 'g=3', headers: FORM },
      { body: 'g=3&f=1' },
    ],
  ])('%s', async (_what, from, to, call, expected) => {
    const { send } = await newWorldWith(moved(from, to));
    const seen = await send(call);
    expect(seen).toMatchObject({ status: 200, ...expected });
    if (from[1] === 'HEAD') expect(seen.headers).not.toHaveProperty(from[0].toLowerCase());
  });

  it('that are missing have their default value, and others stay as they are', async () => {
    const { send } = await newWorldWith({
      RequestParameters: [declared('page', 'QUERY', { DefaultValue: '1' }), declared('size', 'QUERY')],
    });
    expect((await send({ path: '/p/7' })).query).toBe('page=1');
    expect((await send({ path: '/p/7?page=%32&size=5' })).query).toBe('page=%32&size=5');
  });

  it('go into a body that is not a form: not simulated', async () => {
    const { send } = await newWorldWith(moved(['q', 'QUERY'], ['f', 'BODY']));
    const json = { method: 'POST', path: '/p/7?q=1', body: '{}', headers: { 'content-type': 'application/json' } };
    expect(await send(json)).toMatchObject({ status: 501, outcome: 'no-integration' });
  });
});

// The list of system parameters: https://www.alibabacloud.com/help/doc-detail/43677.html
describe('system parameters', () => {
  it('are sent under the names that the backend has for them', async () => {
    const { send } = await newWorldWith({
      SystemParameters: [
        { ParameterName: 'CaRequestId', ServiceParameterName: 'X-Request', Location: 'HEAD' },
        { ParameterName: 'CaClientIp', ServiceParameterName: 'ip', Location: 'QUERY' },
        { ParameterName: 'CaApiName', ServiceParameterName: 'api', Location: 'HEAD' },
        { ParameterName: 'CaAppId', ServiceParameterName: 'app', Location: 'HEAD' },
      ],
    });
    const seen = await send({});
    expect(seen.query).toBe('ip=203.0.113.10');
    expect(seen.headers['x-request']).toBe(seen.answered['x-ca-request-id']);
    expect(seen.headers['api']).toMatch(/^api\d+$/);
    expect(seen.headers).not.toHaveProperty('app'); // the caller is no application
  });

  it('that are not simulated are answered 501', async () => {
    const system = { ParameterName: 'CaMagic', ServiceParameterName: 'm', Location: 'HEAD' };
    const { send } = await newWorldWith({ SystemParameters: [system] });
    expect(await send({})).toMatchObject({ status: 501 });
  });
});

// https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
describe('declared parameters are checked', () => {
  const required = { Required: 'REQUIRED' };
  it.each<[string, Row, string, string | undefined]>([
    ['a required one is missing', declared('q', 'QUERY', required), '/p/7', 'I400MP'],
    ['a required one is there', declared('q', 'QUERY', required), '/p/7?q=', undefined],
    ['a required header is missing', declared('X-H', 'HEAD', required), '/p/7', 'I400MP'],
    ['a required one has a default', declared('q', 'QUERY', { ...required, DefaultValue: '1' }), '/p/7', undefined],
    ['an optional one is missing', declared('q', 'QUERY', { ParameterType: 'Int' }), '/p/7', undefined],
    ['no Int', declared('q', 'QUERY', { ParameterType: 'Int' }), '/p/7?q=a', 'I400IP'],
    ['no Int, but a Double', declared('q', 'QUERY', { ParameterType: 'Int' }), '/p/7?q=1.5', 'I400IP'],
    ['an Int', declared('q', 'QUERY', { ParameterType: 'Int' }), '/p/7?q=-15', undefined],
    ['no Int: too large', declared('q', 'QUERY', { ParameterType: 'Int' }), '/p/7?q=9999999999', 'I400IP'],
    ['a Long', declared('q', 'QUERY', { ParameterType: 'Long' }), '/p/7?q=9999999999', undefined],
    ['a Double', declared('q', 'QUERY', { ParameterType: 'Double' }), '/p/7?q=1.5e3', undefined],
    ['no Boolean', declared('q', 'QUERY', { ParameterType: 'Boolean' }), '/p/7?q=yes', 'I400IP'],
    ['below MinValue', declared('q', 'QUERY', { ParameterType: 'Int', MinValue: 5 }), '/p/7?q=4', 'I400IP'],
    ['above MaxLength', declared('q', 'QUERY', { MaxLength: 2 }), '/p/7?q=abc', 'I400IP'],
    ['no EnumValue', declared('q', 'QUERY', { EnumValue: 'a,b' }), '/p/7?q=c', 'I400IP'],
    ['an EnumValue', declared('q', 'QUERY', { EnumValue: 'a,b' }), '/p/7?q=b', undefined],
    ['not of the expression', declared('q', 'QUERY', { RegularExpression: '[a-z]+' }), '/p/7?q=A', 'I400IP'],
    [
      'a path parameter that is no Int',
      declared('id', 'PATH', { ...required, ParameterType: 'Int' }),
      '/p/x',
      'I400IP',
    ],
  ])('%s', async (_what, parameter, path, code) => {
    const { send } = await newWorldWith({ RequestParameters: [parameter] });
    const { status, answered } = await send({ path });
    expect([status, answered['x-ca-error-code']]).toEqual(code === undefined ? [200, undefined] : [400, code]);
  });

  it('but not where the API passes all of them through [U]', async () => {
    const RequestParameters = [declared('q', 'QUERY', required)];
    const { send } = await newWorldWith({ RequestParameters }, { RequestMode: 'PASSTHROUGH' });
    expect((await send({})).status).toBe(200);
  });
});

// README of https://github.com/aliyun/api-gateway-demo-sign-java, "Public error codes" and "X-Ca-Debug-Info"
describe('headers of the gateway', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('base64');
  it.each([
    ['the right one', '{"a":1}', md5('{"a":1}'), undefined],
    ['another one', '{"a":1}', md5('{}'), 'I400I5'],
    ['one without a body', '', md5(''), 'I400I5'],
  ])('Content-MD5: %s', async (_what, body, digest, code) => {
    const { send } = await newWorldWith({});
    const headers = { 'content-md5': digest, 'content-type': 'application/json' };
    const { status, answered } = await send({ method: 'POST', body, headers });
    expect([status, answered['x-ca-error-code']]).toEqual([code === undefined ? 200 : 400, code]);
  });

  it('X-Ca-Debug-Info is in the answer to X-Ca-Request-Mode: debug alone, also of an error', async () => {
    const { send, world } = await newWorldWith({});
    expect((await send({})).answered).not.toHaveProperty('x-ca-debug-info');
    const debug = { 'X-Ca-Request-Mode': 'debug' };
    const infoOf = async (call: Row) => JSON.parse(String((await send(call)).answered['x-ca-debug-info'])) as Row;
    expect(await infoOf({ headers: debug })).toEqual({ ServiceLatency: 0, TotalLatency: 0 });
    expect(await infoOf({ headers: debug, path: '/none' })).toEqual({ ServiceLatency: 0, TotalLatency: 0 });
    world.sim.backends.add({ instance: world.serverId, port: 80, behavior: { delayMs: 250 } });
    expect(await infoOf({ headers: debug })).toEqual({ ServiceLatency: 250, TotalLatency: 250 });
  });
});
