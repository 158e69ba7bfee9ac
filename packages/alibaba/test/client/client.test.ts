import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { promiseToEnd } from '../../../core/src/do/apply/in-turn.js';
import { callParams } from '../../src/client/plain.js';
import { createApi } from '../../src/client/client.js';
import { mapAlibabaError } from '../../src/client/errors.js';
import type { AlibabaOptions } from '../../src/options.js';
import { json, loneServer, type SeenCall } from '../world/lone-server.js';

const KEYS = { accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'example' };
const PARAMS = callParams('CloudAPI', 'DescribeInstances', 'cn-hangzhou');
const WRITE = { operation: 'CreateInstance', product: 'CloudAPI', kind: 'create' } as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serving(answer: (response: ServerResponse, call: SeenCall) => void, options: AlibabaOptions = {}) {
  const server = await loneServer(answer);
  closing.push(server.close);
  const api = (timeouts?: { connectMs: number; answerMs: number }) =>
    createApi({ ...KEYS, endpoint: server.url, ...options }, timeouts);
  return { ...server, api };
}

/** What a rejection becomes for a write. */
async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => {
      throw new Error('not refused');
    },
    (reason: unknown) => reason,
  );
  return mapAlibabaError(error, WRITE);
}

describe('a call', () => {
  it.each([true, false])('that is too late is not sent: %s', async (isLate) => {
    const { api, calls } = await serving((response) => json(response, { RequestId: 'R' }));
    const late = new Error('too late');
    const beforeSend = (): void => {
      if (isLate) throw late;
    };
    const calling = api().call(PARAMS, {}, { beforeSend });
    if (isLate) await expect(calling).rejects.toBe(late);
    else await calling;
    expect(calls).toHaveLength(isLate ? 0 : 1);
  });

  it('is signed with ACS3, carries nested parameters flat, and gives the raw answer', async () => {
    const { api, calls } = await serving((response) =>
      json(response, { RequestId: 'R', VipTypeList: ['VPC_INTERNET_IPV6'] }),
    );
    const query = {
      InstanceId: 'a/b c',
      Tag: [{ Key: 'k', Value: 'v' }],
      EnableTagAuthorization: true,
      Language: undefined,
    };
    const { body, statusCode } = await api().call(PARAMS, query, {});
    expect(statusCode).toBe(200);
    expect(body).toEqual({ RequestId: 'R', VipTypeList: ['VPC_INTERNET_IPV6'] });
    const [call] = calls;
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      InstanceId: 'a/b c',
      'Tag.1.Key': 'k',
      'Tag.1.Value': 'v',
      EnableTagAuthorization: 'true',
    });
    expect(call?.headers).toMatchObject({ 'x-acs-action': 'DescribeInstances', 'x-acs-version': '2016-07-14' });
    expect(call?.headers.authorization).toMatch(
      /^ACS3-HMAC-SHA256 Credential=LTAIEXAMPLE,SignedHeaders=\S+,Signature=[0-9a-f]{64}$/,
    );
  });

  it('sends a form where a query could be too long, and carries the token of a session', async () => {
    const { api, calls } = await serving((response) => json(response, { ApiId: 'a' }), {
      credentials: { getCredential: () => Promise.resolve({ ...KEYS, securityToken: 'TOKEN' }) },
    });
    await api().call(
      callParams('CloudAPI', 'CreateApi', 'cn-hangzhou'),
      { ApiName: 'x', ServiceConfig: '{"a":"&"}' },
      {},
    );
    expect(calls[0]?.body).toBe('ApiName=x&ServiceConfig=%7B%22a%22%3A%22%26%22%7D');
    expect([...(calls[0]?.query ?? [])]).toEqual([]);
    expect(calls[0]?.headers['x-acs-security-token']).toBe('TOKEN');
  });

  it('has a nonce of its own each time', async () => {
    const { api, calls } = await serving((response) => json(response, {}));
    const client = api();
    await Promise.all([client.call(PARAMS, {}, {}), client.call(PARAMS, {}, {}), client.call(PARAMS, {}, {})]);
    expect(new Set(calls.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(3);
  });
});

it.each([
  ['an answer', 200],
  ['an error', 404],
])('what is kept of a call that has ended: is no timer: %s', async (_, status) => {
  const { api } = await serving((response) => json(response, { RequestId: 'R', Code: 'NotFound' }, status));
  const begun = vi.spyOn(globalThis, 'setTimeout');
  const ended = vi.spyOn(globalThis, 'clearTimeout');
  await Promise.allSettled([api({ connectMs: 5_000, answerMs: 54_321 }).call(PARAMS, {}, {})]);
  const timers = begun.mock.results.filter((_result, at) => begun.mock.calls[at]?.[1] === 54_321);
  // One is Postern's, the other the library's.
  expect(timers).toHaveLength(2);
  for (const { value } of timers) expect(ended).toHaveBeenCalledWith(value);
  vi.restoreAllMocks();
});

describe('an invalid answer', () => {
  it.each([
    [
      'HTML of a proxy',
      502,
      '<html>502 Bad Gateway</html>',
      { code: 'BAD_RESPONSE', retryable: true, outcomeUnknown: true },
    ],
    [
      'HTML of a portal',
      200,
      '<html>please sign in</html>',
      { code: 'BAD_RESPONSE', retryable: false, outcomeUnknown: true },
    ],
    ['HTML that refuses', 403, '<html>no</html>', { code: 'BAD_RESPONSE', retryable: false, outcomeUnknown: false }],
    ['nothing', 200, '', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
    ['an empty body', 500, '', { code: 'BAD_RESPONSE', retryable: true, outcomeUnknown: true }],
    ['half an answer', 200, '{"Instances":{"InstanceAttri', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
    ['a list', 200, '[]', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
    ['a string', 200, '"ok"', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
    ['an error without a code', 400, '{"RequestId":"R"}', { code: 'BAD_RESPONSE', outcomeUnknown: false }],
  ])('%s (%i) keeps its status', async (_, status, text, expected) => {
    const { api } = await serving((response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end(text);
    });
    expect(await failure(api().call(PARAMS, {}, {}))).toMatchObject({ ...expected, status });
  });

  it('is cut off in the middle', async () => {
    const { api } = await serving((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"Instances":');
      setImmediate(() => response.destroy());
    });
    expect(await failure(api().call(PARAMS, {}, {}))).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      retryable: true,
      outcomeUnknown: true,
    });
  });

  it('never arrives', async () => {
    const { api } = await serving(() => undefined);
    const began = performance.now();
    const error = await failure(api({ connectMs: 1_000, answerMs: 200 }).call(PARAMS, {}, {}));
    expect(error).toMatchObject({ code: 'ENDPOINT_UNREACHABLE', retryable: true, outcomeUnknown: true });
    expect(error.message).toContain('no response in time');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('begins and does not end', async () => {
    const { api } = await serving((response) => {
      response.writeHead(200);
      response.write('{');
    });
    const error = await failure(api({ connectMs: 1_000, answerMs: 200 }).call(PARAMS, {}, {}));
    expect(error).toMatchObject({ code: 'ENDPOINT_UNREACHABLE', outcomeUnknown: true });
  });

  it('arrives late, but before the timeout, however short the connect timeout is', async () => {
    const { api } = await serving((response) => void setTimeout(() => json(response, { RequestId: 'R' }), 400));
    const { body } = await api({ connectMs: 100, answerMs: 5_000 }).call(PARAMS, {}, {});
    expect(body).toEqual({ RequestId: 'R' });
  });
});

it('an endpoint: without a listener was never reached', async () => {
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const api = createApi({ ...KEYS, endpoint: `http://127.0.0.1:${port}` });
  expect(await failure(api.call(PARAMS, {}, {}))).toMatchObject({
    code: 'ENDPOINT_UNREACHABLE',
    retryable: false,
    outcomeUnknown: false,
  });
});

describe('an abort', () => {
  it('takes effect at once, and closes the connection', async () => {
    const [arrived, gone] = [promiseToEnd(), promiseToEnd()];
    const { api } = await serving((response) => {
      response.on('close', gone.end);
      arrived.end();
    });
    const controller = new AbortController();
    const calling = api().call(PARAMS, {}, { signal: controller.signal });
    const refused = expect(calling).rejects.toThrow();
    // A busy machine may take longer to connect than any wait.
    await arrived.ended;
    const began = performance.now();
    controller.abort();
    await refused;
    expect(performance.now() - began).toBeLessThan(2_000);
    await gone.ended;
  });

  it('before the call sends nothing', async () => {
    const { api, calls } = await serving((response) => json(response, {}));
    await expect(api().call(PARAMS, {}, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(calls).toEqual([]);
  });
});

describe('credentials', () => {
  it('that are missing are reported before anything is sent', async () => {
    const { api, calls } = await serving((response) => json(response, {}), {
      credentials: { getCredential: () => Promise.resolve({}) },
      accessKeyId: undefined,
      accessKeySecret: undefined,
    });
    expect(await failure(api().call(PARAMS, {}, {}))).toMatchObject({
      code: 'CREDENTIALS_MISSING',
      outcomeUnknown: false,
      remedy: expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID') as string,
    });
    expect(calls).toEqual([]);
  });

  it('are requested for each call, so that they can be renewed', async () => {
    let asked = 0;
    const { api, calls } = await serving((response) => json(response, {}), {
      credentials: {
        getCredential: () => {
          asked += 1;
          return Promise.resolve({ ...KEYS, accessKeyId: `LTAI${asked}` });
        },
      },
    });
    const client = api();
    await client.call(PARAMS, {}, {});
    await client.call(PARAMS, {}, {});
    expect(calls.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1])).toEqual([
      'LTAI1',
      'LTAI2',
    ]);
  });
});
