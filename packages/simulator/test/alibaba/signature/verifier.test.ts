import { DescribeRegionsRequest } from '@alicloud/cloudapi20160714';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRpcRequest } from '../../../src/alibaba/request/rpc-request.js';
import { AlibabaError } from '../../../src/alibaba/operation/operation.js';
import { Verifier } from '../../../src/alibaba/signature/verifier.js';
import { simulate } from '../../../src/index.js';
import type { WireRequest } from '../../../src/simulation/wire.js';
import { captureRequest } from '../capture-request.js';
import { cloudApiClient, genericClient, rpc, type ClientSettings } from '../official-clients.js';
import { PROVE } from '../../../../core/test/runs.js';
import { hosted } from '../../hosted.js';

const keys = { LTAIEXAMPLE: 'secret' };
const simulation = simulate({ verifySignatures: { keys }, throttle: false });
const server = hosted(simulation);
beforeEach(() => simulation.reset());

/** `npm test` runs a fixed slice; `npm run prove` many. */
const numRuns = PROVE ? 300 : 20;
const identity = rpc('GetCallerIdentity', '2015-04-01');
const role = rpc('GetRole', '2015-05-01');

const SCHEMES: readonly [string, ClientSettings][] = [
  ['ACS3-HMAC-SHA256', {}],
  ['HMAC-SHA1', { signatureAlgorithm: 'v2' }],
];

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** How a verifier refuses a request, if it does. */
function codeOf(verifier: Verifier, request: WireRequest): string | undefined {
  try {
    verifier.accessKeyId(request, readRpcRequest(request));
    return undefined;
  } catch (error) {
    if (error instanceof AlibabaError) return error.code;
    throw error;
  }
}

describe.each(SCHEMES)('%s', (_name, scheme) => {
  it('of the generic client verifies', async () => {
    const { body } = await genericClient(server().url, scheme).callApi(identity, {}, {});
    expect(body).toMatchObject({ AccountId: '1111222233334444', RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) });
  });

  it('verifies whatever the parameters are, in query and form', async () => {
    const client = genericClient(server().url, scheme);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom("a b+/*'()!~", '中文', '%20', '&=?#'),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (name, inBody) => {
        const given = inBody ? { body: { RoleName: name } } : { query: { RoleName: name } };
        const refused = client.callApi(role, given, {});
        await expect(refused).rejects.not.toMatchObject({ code: 'SignatureDoesNotMatch' }); // no such role, or no such name
      }),
      { numRuns },
    );
  });

  it.each<[ClientSettings, object, string]>([
    [{ accessKeySecret: 'wrong' }, { code: 'SignatureDoesNotMatch', statusCode: 400 }, 'another secret'],
    [{ accessKeyId: 'LTAINOBODY' }, { code: 'InvalidAccessKeyId.NotFound', statusCode: 404 }, 'no such key'],
    [{ securityToken: 'token' }, { code: 'InvalidSecurityToken.MismatchWithAccessKey' }, 'an unknown token'],
  ])('is refused with %j: %j, %s', async (settings, error) => {
    const client = genericClient(server().url, { ...scheme, ...settings });
    await expect(client.callApi(identity, {}, {})).rejects.toMatchObject(error);
  });

  it.each<[number, string | undefined, string]>([
    [-16, 'InvalidTimeStamp.Expired', 'signed too long ago'],
    [16, 'InvalidTimeStamp.Expired', 'signed in the future'],
    [-14, undefined, 'within the limit'],
    [14, undefined, 'a clock that is slightly fast'],
  ])('signed %d minutes from now: %s, %s', async (minutes, code) => {
    const request = await captureRequest((url) => genericClient(url, scheme).callApi(identity, {}, {}));
    const verifier = new Verifier(new Map(Object.entries(keys)), () => Date.now() - minutes * 60_000);
    expect(codeOf(verifier, request)).toBe(code);
  });

  it('is accepted once only, until it expires', async () => {
    const request = await captureRequest((url) => genericClient(url, scheme).callApi(identity, {}, {}));
    let now = Date.now();
    const verifier = new Verifier(new Map(Object.entries(keys)), () => now);
    expect(codeOf(verifier, request)).toBeUndefined();
    expect(codeOf(verifier, request)).toBe('SignatureNonceUsed');
    now += 16 * 60_000;
    expect(codeOf(verifier, request)).toBe('InvalidTimeStamp.Expired');
  });

  it.each<[string, (request: WireRequest) => WireRequest]>([
    ['another parameter', (request) => ({ ...request, query: `${request.query}&RegionId=cn-beijing` })],
    [
      'a body',
      (request) => ({ ...request, headers: { ...request.headers, ...FORM }, body: Buffer.from('RegionId=cn-beijing') }),
    ],
    ['another method', (request) => ({ ...request, method: 'GET' })],
  ])('does not cover %s', async (_what, change) => {
    const request = await captureRequest((url) => genericClient(url, scheme).callApi(identity, {}, {}));
    expect(codeOf(new Verifier(new Map(Object.entries(keys))), change(request))).toBe('SignatureDoesNotMatch');
  });

  it('is read but not verified, without keys', async () => {
    const client = (url: string) => genericClient(url, { ...scheme, accessKeySecret: 'wrong' });
    const request = await captureRequest((url) => client(url).callApi(identity, {}, {}));
    expect(new Verifier(undefined).accessKeyId(request, readRpcRequest(request))).toBe('LTAIEXAMPLE');
  });
});

it.each(SCHEMES)('the typed client: signs with %s, and throws its own errors', async (_name, scheme) => {
  const client = cloudApiClient(server().url, { ...scheme, accessKeySecret: 'wrong' });
  await expect(client.describeRegions(new DescribeRegionsRequest({}))).rejects.toMatchObject({
    name: 'ClientError',
    code: 'SignatureDoesNotMatch',
    statusCode: 400,
  });
});

describe('ACS3-HMAC-SHA256', () => {
  it.each([
    ['x-acs-content-sha256', '0'.repeat(64), 'SignatureDoesNotMatch', 'the hash is not the body’s'],
    ['x-acs-date', 'yesterday', 'InvalidTimeStamp.Format', 'the date is not a valid date'],
    ['x-acs-extra', 'unsigned', 'SignatureDoesNotMatch', 'an x-acs header is not signed'],
    ['authorization', 'ACS3-HMAC-SHA256 Credential=a', 'IncompleteSignature', 'the signature lacks parts'],
  ])('with %s: %s is refused with %s: %s', async (name, value, code) => {
    const request = await captureRequest((url) => genericClient(url).callApi(identity, {}, {}));
    const verifier = new Verifier(new Map(Object.entries(keys)));
    expect(codeOf(verifier, { ...request, headers: { ...request.headers, [name]: value } })).toBe(code);
  });

  it('is refused when missing', async () => {
    const headers = { 'x-acs-action': 'GetCallerIdentity', 'x-acs-version': '2015-04-01' };
    const response = await fetch(server().url, { method: 'POST', headers });
    expect(await response.json()).toMatchObject({ Code: 'MissingAccessKeyId' });
  });
});
