import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createContext } from '@postern/core/internal/library';
import { cloudNow } from '@postern/core/internal/adapter';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import type { AlibabaApi } from '../../src/client/apis/alibaba-api.js';
import { endpointOf, resolveRegion } from '../../src/client/endpoint.js';
import { alibaba, type AlibabaOptions } from '../../src/index.js';
import { KEYS, REGION } from '../world/conformance-setup.js';
import { refusalOf, simulated } from '../world/simulated.js';
import { instanceRef } from '../world/refs.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function strict(options: AlibabaOptions = {}) {
  const keys = { [KEYS.accessKeyId]: KEYS.accessKeySecret };
  const simulation = simulate({ clock: 'auto', verifySignatures: { keys } });
  const server = await simulation.listen();
  closing.push(() => server.close());
  const driver = alibaba({ region: REGION, endpoint: server.url, ...KEYS, ...options });
  return { simulation, driver, ctx: createContext({ clock: simulation.clock, random: () => 0.5 }) };
}

describe('what a service sends back of a request', () => {
  const token = 'CAISCANARYTOKENVALUE0123456789';
  const keys = { accessKeyId: 'STS.CANARY0123456789', accessKeySecret: 'canary-secret-canary', securityToken: token };

  it.each([
    ['SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.'],
    ['Forbidden.RAM', 'you sent'],
  ])('with %s is in no member of the error, nor in its causes', async (Code, shown) => {
    const server = createServer((asked, response) => {
      const headers = Object.entries(asked.headers).map((one) => one.join(':'));
      const Message =
        Code === 'Forbidden.RAM'
          ? `you sent ${headers.join(' ')}`
          : `${shown} server string to sign is:${headers.join('\n')}`;
      response.writeHead(400, {
        'content-type': 'application/json',
        'x-echo': String(asked.headers['x-acs-security-token']),
      });
      response.end(JSON.stringify({ Code, Message, RequestId: token, Echo: { list: headers } }));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => void server.close(() => resolve())));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const driver = alibaba({ region: REGION, endpoint, credentials: { getCredential: () => Promise.resolve(keys) } });
    const error = await refusalOf(driver.identity(createContext()));
    expect(error.message).toContain(`GetCallerIdentity: ${shown}`);
    const { requestId, remedy, stack = '' } = error;
    expect(
      [error.message, requestId, remedy, stack, inspect(error, { depth: 20, showHidden: true })].join('\n'),
    ).not.toMatch(/CANARY|canary-secret|Signature=[0-9a-f]{8}/);
  });
});

describe('credentials', () => {
  it('that are valid return their account', async () => {
    const { driver, ctx } = await strict();
    expect(await driver.identity(ctx)).toMatchObject({ account: expect.stringMatching(/^\d{16}$/) as string });
  });

  it.each<readonly [AlibabaOptions, string, string]>([
    [{ accessKeyId: 'LTAIUNKNOWN' }, 'CREDENTIALS_REFUSED', 'an unknown key'],
    [{ accessKeySecret: 'wrong' }, 'CREDENTIALS_REFUSED', 'a wrong secret'],
    [{ account: '1' }, 'WRONG_ACCOUNT', 'an account other than the expected one'],
  ])('%j: %s, %s', async (options, code) => {
    const { driver, ctx, simulation } = await strict(options);
    const error = await refusalOf(driver.links.statuses([instanceRef('apigateway-hz-000000000000')], ctx));
    expect(error.code, error.message).toBe(code);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    // No other call was made.
    expect(simulation.journal().every(({ operation }) => operation === 'GetCallerIdentity')).toBe(true);
  });

  it('on a machine whose clock is wrong are refused with that cause', async () => {
    const { driver, ctx, simulation } = await strict();
    simulation.faults.add({ kind: 'error', status: 400, code: 'InvalidTimeStamp.Expired' });
    const error = await refusalOf(driver.identity(ctx));
    expect(error).toMatchObject({ code: 'CLOCK_SKEWED', remedy: expect.stringContaining('clock') as string });
  });

  it('have their identity requested once, also by many callers at a time, and again after a failure', async () => {
    const { driver, ctx, simulation } = await simulated();
    const asked = () => simulation.journal().filter(({ operation }) => operation === 'GetCallerIdentity').length;
    simulation.faults.add({ service: 'sts', kind: 'deny', times: 1 });
    await refusalOf(driver.identity(ctx));
    await Promise.all(Array.from({ length: 5 }, () => driver.links.statuses([instanceRef('x')], ctx)));
    expect(asked()).toBe(2);
  });
});

describe('D16f: credentials that change while a driver is used', () => {
  it('have their identity requested again when the access key has changed', async () => {
    const simulation = simulate({ clock: 'auto' });
    const server = await simulation.listen();
    closing.push(() => server.close());
    let accessKeyId = 'LTAIFIRST';
    const credentials = { getCredential: async () => ({ accessKeyId, accessKeySecret: 'x' }) };
    const driver = alibaba({ region: REGION, endpoint: server.url, credentials });
    const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
    const asked = () => simulation.journal().filter(({ operation }) => operation === 'GetCallerIdentity').length;
    for (const key of ['LTAIFIRST', 'LTAIFIRST', 'LTAISECOND', 'LTAISECOND']) {
      accessKeyId = key;
      await driver.links.statuses([instanceRef('x')], ctx);
    }
    expect(asked()).toBe(2);
  });

  it('of another account are refused before any other call', async () => {
    const simulation = simulate({ clock: 'auto' });
    const client = simulation.alibaba(REGION);
    let key = 'LTAIFIRST';
    const api: AlibabaApi = {
      accessKeyId: async () => key,
      call: async (params, query, options) => {
        const answer = await client.call(params, query, options);
        const AccountId = key === 'LTAIFIRST' ? '1000000000000001' : '1000000000000002';
        return params.action === 'GetCallerIdentity' ? { ...answer, body: { ...answer.body, AccountId } } : answer;
      },
    };
    const driver = alibaba({ region: REGION, api });
    const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
    await driver.links.statuses([instanceRef('x')], ctx);
    key = 'LTAISECOND';
    const from = simulation.journal().length;
    expect(await refusalOf(driver.links.statuses([instanceRef('x')], ctx))).toMatchObject({
      code: 'WRONG_ACCOUNT',
      details: { expected: '1000000000000001', actual: '1000000000000002' },
    });
    expect(simulation.journal().slice(from)).toMatchObject([{ operation: 'GetCallerIdentity' }]);
  });
});

describe('the region', () => {
  it.each([
    ['cn-hangzhou', {}, 'cn-hangzhou'],
    [undefined, { ALICLOUD_REGION: 'eu-central-1' }, 'eu-central-1'],
    [undefined, { ALICLOUD_REGION: 'eu-central-1', ALIBABA_CLOUD_REGION_ID: 'cn-beijing' }, 'cn-beijing'],
    ['', { ALIBABA_CLOUD_REGION_ID: 'cn-shanghai-finance-1' }, 'cn-shanghai-finance-1'],
  ])('%s with %j is %s', (given, environment, expected) => {
    expect(resolveRegion(given, environment)).toBe(expected);
  });

  it.each([
    [undefined, 'REGION_MISSING'],
    ['eu-west-1.example.org', 'INVALID_INPUT'],
    ['CN', 'INVALID_INPUT'],
    ['../x', 'INVALID_INPUT'],
  ])('%s is refused: %s', (given, code) => {
    expect(() => resolveRegion(given, {})).toThrow(expect.objectContaining({ code }));
  });
});

describe('the endpoint', () => {
  it.each([
    ['CloudAPI', undefined, 'apigateway.cn-nanjing.aliyuncs.com', 'https'],
    ['Ecs', undefined, 'ecs.cn-nanjing.aliyuncs.com', 'https'],
    ['CloudAPI', 'http://127.0.0.1:4010', '127.0.0.1:4010', 'http'],
    ['CloudAPI', '127.0.0.1:4010', '127.0.0.1:4010', 'http'],
    ['CloudAPI', 'gateway.internal', 'gateway.internal', 'https'],
    ['Vpc', { CloudAPI: 'https://gateway.internal' }, 'vpc.cn-nanjing.aliyuncs.com', 'https'],
    ['CloudAPI', { CloudAPI: 'https://gateway.internal:8443/' }, 'gateway.internal:8443', 'https'],
  ] as const)('of %s with %j is %s over %s', (product, endpoints, host, protocol) => {
    expect(endpointOf(product, 'cn-nanjing', endpoints)).toEqual({ host, protocol });
  });

  it.each(['', 'ftp://x', 'http://', 'a b', 'host/path'])('%j is not valid', (endpoint) => {
    expect(() => alibaba({ region: REGION, endpoint })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

it.each([
  ['an answer', {}],
  ['a refusal', { accessKeySecret: 'wrong' }],
])('the time of the cloud: is heard with the Date of %s', async (_, options) => {
  const { driver, ctx, simulation } = await strict(options);
  await driver.identity(ctx).catch(() => undefined);
  const { earliestMs = 0, latestMs = 0 } = cloudNow(ctx) ?? {};
  const now = simulation.clock.now();
  expect(earliestMs).toBeLessThanOrEqual(now);
  expect(latestMs).toBeGreaterThanOrEqual(now);
  expect(latestMs - earliestMs).toBeLessThan(10_000);
});
