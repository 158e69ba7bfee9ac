import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../core/test/cpu-time.js';
import { AlibabaCloud } from '../../src/alibaba/alibaba-cloud.js';
import { alibabaRegistry } from '../../src/alibaba/services.js';
import type { WireRequest } from '../../src/simulation/wire.js';
import { World } from '../../src/simulation/world/world.js';
import { PROVE } from '../../../core/test/runs.js';

const numRuns = PROVE ? 3000 : 100;
const SIGNED = 'AccessKeyId=LTAIEXAMPLE&Signature=x&SignatureMethod=HMAC-SHA1&SignatureNonce=1';
const world = new World({ seed: 1, startMs: Date.parse('2026-06-01T00:00:00Z'), mode: 'manual' });
const cloud = new AlibabaCloud(world, {
  account: '1111222233334444',
  throttle: false,
  quotas: new Map(),
  keys: undefined,
});
world.clouds.push(cloud);

function request(given: Partial<WireRequest>): WireRequest {
  const { query = '', path = '/' } = given;
  return {
    method: 'POST',
    path,
    query,
    target: `${path}?${query}`,
    host: '127.0.0.1',
    headers: {},
    body: Buffer.alloc(0),
    ...given,
  };
}

/** The answer to a request: always JSON, and never an error of the simulator. */
async function answered(given: Partial<WireRequest>) {
  const { status, body } = await cloud.handle(request(given));
  const read = JSON.parse(body as string) as {
    readonly Code?: string;
    readonly Message?: string;
    readonly RequestId: string;
  };
  expect(read.RequestId).toMatch(/^[0-9A-F-]{36}$/);
  expect(`${status} ${read.Code ?? ''}`).not.toContain('500');
  return { status, code: read.Code };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const modify = (parameters: string) =>
  `Action=ModifyInstanceAttribute&Version=2016-07-14&${SIGNED}&InstanceId=a&${parameters}`;

describe('hostile requests', () => {
  it.each([
    [
      'a parameter name with a hundred thousand levels',
      `Action=CreateVpc&Version=2016-04-28&${SIGNED}&Tag${'.1'.repeat(100_000)}=a`,
    ],
    ['a list whose first index is 10^9', `Action=CreateVpc&Version=2016-04-28&${SIGNED}&Tag.1000000000.Key=a`],
    [
      'a list in JSON, nested a hundred thousand deep',
      `Action=CreateVpc&Version=2016-04-28&${SIGNED}&Tag=${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ],
    ['prototype names of JavaScript', `Action=CreateVpc&Version=2016-04-28&${SIGNED}&__proto__.a=1`],
    ['prototype names of JavaScript as members', `Action=CreateVpc&Version=2016-04-28&${SIGNED}&Tag.1.__proto__=1`],
    ['an action with a prototype name', `Action=toString&Version=2016-04-28&${SIGNED}`],
    ['a region with a prototype name', `Action=DescribeVpcs&Version=2016-04-28&${SIGNED}&RegionId=__proto__`],
    ['incomplete percent escapes', `Action=DescribeVpcs&Version=2016-04-28&${SIGNED}&VpcId=%E0%A4%A`],
    ['a null byte', `Action=DescribeVpcs&Version=2016-04-28&${SIGNED}&VpcId=%00`],
    ['the same parameter twice', `Action=DescribeVpcs&Action=CreateVpc&Version=2016-04-28&${SIGNED}&VpcId=a&VpcId=b`],
    [
      'deeply nested JSON where any JSON is accepted',
      modify(`ToConnectVpcIpBlock=${'[1,'.repeat(20_000)}1${']'.repeat(20_000)}`),
    ],
  ])('%s', async (_what, query) => {
    await answered({ query });
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it.runIf(PROVE)('a hundred thousand parameters are decoded quickly', async () => {
    const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `Tag.${index + 1}.Key=k${index}`).join('&'));
    const query = `Action=CreateVpc&Version=2016-04-28&${SIGNED}`;
    const started = cpuMs();
    expect((await answered({ query, headers: FORM, body })).status).toBe(400);
    expect(cpuMs() - started).toBeLessThan(3000);
  });

  it('any request gets an answer with a message', async () => {
    const actions = alibabaRegistry.operations.map(({ name }) => name);
    const versions = ['2016-07-14', '2014-05-26', '2016-04-28', '2014-05-15', '2015-04-01', '2015-05-01'];
    const names = alibabaRegistry.operations.flatMap(({ parameters }) => Object.keys(parameters));
    const key = fc.oneof(
      fc.constantFrom('RegionId', ...names),
      fc.string(),
      fc.constantFrom('Tag.1.Key', 'Tag.0', 'Tag..'),
    );
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('true', '1', '', 'cn-hangzhou'));
    const call = fc.record({
      action: fc.oneof(fc.constantFrom('', ...actions), fc.string()),
      version: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...versions) }, { weight: 1, arbitrary: fc.string() }),
      pairs: fc.array(fc.tuple(key, value), { maxLength: 6 }),
      inBody: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ action, version, pairs, inBody }) => {
        const parameters = new URLSearchParams([
          ...new URLSearchParams(SIGNED),
          ['Action', action],
          ['Version', version],
          ...pairs,
        ]);
        const text = parameters.toString();
        await answered(inBody ? { headers: FORM, body: Buffer.from(text) } : { query: text });
      }),
      { numRuns },
    );
  });
});

it('a web page: cannot pass for a request of an SDK: an endpoint’s name is not served on the port', () => {
  expect(cloud.ownsHost('apigateway.cn-hangzhou.aliyuncs.com')).toBe(false);
});
