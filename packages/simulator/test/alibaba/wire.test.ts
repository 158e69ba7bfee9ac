import { beforeEach, describe, expect, it } from 'vitest';
import { DescribeApiGroupRequest, DescribeRegionsRequest } from '@alicloud/cloudapi20160714';
import { simulate } from '../../src/index.js';
import { cloudApiClient, genericClient, rpc } from './official-clients.js';
import { hosted } from '../hosted.js';

const simulation = simulate({ seed: 7 });
const server = hosted(simulation);
beforeEach(() => simulation.reset());

const SIGNED = 'AccessKeyId=LTAIEXAMPLE&Signature=x&SignatureMethod=HMAC-SHA1&SignatureNonce=1';
const IDENTITY = 'Action=GetCallerIdentity&Version=2015-04-01';

async function call(query: string, init: RequestInit = { method: 'POST' }) {
  const response = await fetch(`${server().url}/?${query}`, init);
  const body = (await response.json()) as Record<string, string>;
  return { status: response.status, body, headers: response.headers };
}

describe('a request of the RPC style', () => {
  it.each<[string, string, RequestInit]>([
    ['names its action in the query', `${IDENTITY}&${SIGNED}`, { method: 'POST' }],
    ['uses GET', `${IDENTITY}&${SIGNED}`, { method: 'GET' }],
    ['names its action in a form', '', { method: 'POST', body: new URLSearchParams(`${IDENTITY}&${SIGNED}`) }],
    [
      'names its action in headers',
      SIGNED,
      { method: 'POST', headers: { 'x-acs-action': 'GetCallerIdentity', 'x-acs-version': '2015-04-01' } },
    ],
  ])('%s', async (_what, query, init) => {
    const { status, body, headers } = await call(query, init);
    expect(body).toMatchObject({ AccountId: '1111222233334444' });
    expect(status).toBe(200);
    expect(headers.get('x-acs-request-id')).toBe(body['RequestId']);
    expect(simulation.journal()).toMatchObject([{ service: 'sts', operation: 'GetCallerIdentity', status: 200 }]);
  });

  it.each<[string, number, string, string, string]>([
    [`Action=GetCallerIdentity&${SIGNED}`, 400, 'MissingVersion', 'alibaba GetCallerIdentity', 'no version'],
    [`Version=2015-04-01&Action=&${SIGNED}`, 400, 'MissingAction', 'sts ', 'no action'],
    [`${IDENTITY}&Colour=red&${SIGNED}`, 400, 'UnsupportedParameter', 'sts GetCallerIdentity', 'no such parameter'],
    [
      `Action=GetCallerIdentity&Version=2015-04-02&${SIGNED}`,
      400,
      'InvalidVersion',
      'alibaba GetCallerIdentity',
      'no such version',
    ],
    [
      `Action=Fly&Version=2015-04-01&${SIGNED}`,
      404,
      'InvalidAction.NotFound',
      'sts Fly',
      'the product has no such action',
    ],
    [
      `Action=constructor&Version=2015-04-01&${SIGNED}`,
      404,
      'InvalidAction.NotFound',
      'sts constructor',
      'nor a prototype name of JavaScript',
    ],
    [
      `Action=AssumeRoleWithSAML&Version=2015-04-01&${SIGNED}`,
      501,
      'NotImplemented',
      'sts AssumeRoleWithSAML',
      'an action that is not simulated',
    ],
    [`${IDENTITY}&Format=XML&${SIGNED}`, 400, 'InvalidFormat', 'sts GetCallerIdentity', 'answers are JSON'],
    [
      `${IDENTITY}&RegionId=mars-1&${SIGNED}`,
      404,
      'InvalidRegionId.NotFound',
      'sts GetCallerIdentity',
      'no such region',
    ],
    [`${IDENTITY}&SignatureNonce=1`, 400, 'MissingAccessKeyId', 'sts GetCallerIdentity', 'no signature'],
    [`Action=GetRole&Version=2015-05-01&${SIGNED}`, 400, 'MissingParameter', 'ram GetRole', 'a parameter is missing'],
  ])('%s is refused with %d %s (%s): %s', async (query, status, code, entry) => {
    const answer = await call(query);
    expect(answer).toMatchObject({ status, body: { Code: code } });
    expect(answer.body).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-A[0-9A-F]{3}-[0-9A-F]{12}$/),
      HostId: expect.stringMatching(/^[a-z1.-]+\.aliyuncs\.com$/),
      Code: code,
      Message: expect.any(String),
      Recommend: expect.stringContaining(`?q=${code}`),
    });
    expect(simulation.journal().map(({ service, operation }) => `${service} ${operation}`)).toEqual([entry]);
  });

  it('whose body is not a form is refused', async () => {
    const headers = { 'x-acs-action': 'GetRole', 'x-acs-version': '2015-05-01', 'content-type': 'application/json' };
    const answer = await call(SIGNED, { method: 'POST', headers, body: '{"RoleName":"a"}' });
    expect(answer).toMatchObject({ status: 400, body: { Code: 'InvalidParameter' } });
  });
});

describe('the transports', () => {
  it('return the same answers and errors in process and over HTTP', async () => {
    const client = genericClient(server().url);
    const inProcess = simulation.alibaba('cn-hangzhou');
    const identity = { product: 'Sts', version: '2015-04-01', action: 'GetCallerIdentity', region: 'cn-hangzhou' };
    const overHttp = await client.callApi(rpc('GetCallerIdentity', '2015-04-01'), {}, {});
    const { body, statusCode } = await inProcess.call(identity, {});
    const requestId = expect.stringMatching(/^[0-9A-F-]{36}$/) as string;
    expect(overHttp.body).toEqual({ ...body, RequestId: requestId });
    expect(overHttp.statusCode).toBe(statusCode);

    const query = { RoleName: 'nobody' };
    const role = { product: 'Ram', version: '2015-05-01', action: 'GetRole', region: 'cn-hangzhou' };
    const errors = await Promise.all(
      [client.callApi(rpc('GetRole', '2015-05-01'), { query }, {}), inProcess.call(role, query)].map((refused) =>
        refused.then(
          () => undefined,
          (error: unknown) => seen(error),
        ),
      ),
    );
    expect(errors[0]).toEqual(errors[1]);
    expect(errors[0]).toMatchObject({ code: 'EntityNotExist.Role', statusCode: 404 });
    expect(simulation.journal().map(({ status }) => status)).toEqual([200, 200, 404, 404]);
  });

  it('in process do not serve aborted callers', async () => {
    const params = { product: 'Sts', version: '2015-04-01', action: 'GetCallerIdentity', region: 'cn-hangzhou' };
    const call = simulation.alibaba('cn-hangzhou').call(params, {}, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(call).rejects.toThrow('enough');
    expect(simulation.journal()).toEqual([]);
  });

  it('answer at the real endpoints inside this process', async () => {
    const interception = await simulation.intercept();
    try {
      const client = cloudApiClient(undefined, { regionId: 'cn-beijing' });
      const { body } = await client.describeRegions(new DescribeRegionsRequest({}));
      expect(body?.regions?.region?.map(({ regionId }) => regionId)).toContain('cn-beijing');
      const absent = client.describeApiGroup(new DescribeApiGroupRequest({ groupId: '0'.repeat(32) }));
      await expect(absent).rejects.toMatchObject({
        code: 'NotFoundApiGroup',
        data: { HostId: 'apigateway.cn-beijing.aliyuncs.com' },
      });
      expect(simulation.journal()).toMatchObject([
        { service: 'cloudapi', operation: 'DescribeRegions', status: 200 },
        { service: 'cloudapi', operation: 'DescribeApiGroup', status: 400 },
      ]);
    } finally {
      interception.restore();
    }
  });
});

/** An error without the parts that differ from call to call. */
function seen(error: unknown) {
  const { code, message, statusCode, data, description, accessDeniedDetail } = error as {
    readonly [name: string]: unknown;
  } & { readonly message: string; readonly data: Readonly<Record<string, unknown>> };
  const { RequestId: id, ...rest } = data;
  const without = (text: unknown) => String(text).replaceAll(String(id), 'ID');
  return {
    code,
    statusCode,
    description,
    accessDeniedDetail,
    message: without(message),
    data: { ...rest, Recommend: without(rest['Recommend']) },
  };
}
