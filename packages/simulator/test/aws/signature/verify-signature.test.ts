import { request as httpRequest } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { ACM } from '@aws-sdk/client-acm';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EC2 } from '@aws-sdk/client-ec2';
import { STS } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { hosted } from '../../hosted.js';

const KEY = 'AKIAEXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const right = { accessKeyId: KEY, secretAccessKey: SECRET };
const sim = simulate({ throttle: false, verifySignatures: { keys: { [KEY]: SECRET } } });
const server = hosted(sim);

const config = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) => ({
  region: 'eu-west-1',
  endpoint: server().url,
  credentials,
  maxAttempts: 1,
});
const calls = {
  apigatewayv2: (credentials: typeof right) =>
    new ApiGatewayV2(config(credentials)).getTags({ ResourceArn: 'arn:aws:apigateway:eu-west-1::/apis/a%20b' }),
  ec2: (credentials: typeof right) =>
    new EC2(config(credentials)).describeVpcs({ Filters: [{ Name: 'tag:a b', Values: ['ü*~'] }] }),
  sts: (credentials: typeof right) => new STS(config(credentials)).getCallerIdentity({}),
  acm: (credentials: typeof right) => new ACM(config(credentials)).listCertificates({}),
};

describe('signatures', () => {
  it.each(Object.keys(calls) as (keyof typeof calls)[])('of %s are accepted when they are valid', async (service) => {
    const error = await calls[service](right).then(
      () => undefined,
      (e: unknown) => (e as Error).name,
    );
    expect(error ?? 'accepted').not.toMatch(/Signature|Auth|Token|Unrecognized|Incomplete/);
  });

  it.each([
    ['apigatewayv2', 'InvalidSignatureException', 403, 'UnrecognizedClientException', 403],
    ['ec2', 'AuthFailure', 401, 'AuthFailure', 401],
    ['sts', 'SignatureDoesNotMatch', 403, 'InvalidClientTokenId', 403],
    ['acm', 'InvalidSignatureException', 400, 'UnrecognizedClientException', 400],
  ] as const)(
    'of %s: a wrong secret is %s %i, an unknown key %s %i',
    async (service, name, status, unknown, unknownStatus) => {
      await expect(calls[service]({ accessKeyId: KEY, secretAccessKey: 'wrong' })).rejects.toMatchObject({
        name,
        $metadata: { httpStatusCode: status },
      });
      await expect(calls[service]({ accessKeyId: 'AKIAOTHER', secretAccessKey: SECRET })).rejects.toMatchObject({
        name: unknown,
        $metadata: { httpStatusCode: unknownStatus },
      });
    },
  );

  it('of an assumed role are accepted with its token, refused without, and refused when it has expired', async () => {
    const role = await new STS(config(right)).assumeRole({
      RoleArn: 'arn:aws:iam::111122223333:role/team/deploy',
      RoleSessionName: 'ci',
      DurationSeconds: 900,
    });
    const {
      AccessKeyId: accessKeyId = '',
      SecretAccessKey: secretAccessKey = '',
      SessionToken: sessionToken = '',
    } = role.Credentials ?? {};
    const assumed = { accessKeyId, secretAccessKey, sessionToken };
    expect(await new STS(config(assumed)).getCallerIdentity({})).toMatchObject({
      Arn: 'arn:aws:sts::111122223333:assumed-role/deploy/ci',
      UserId: role.AssumedRoleUser?.AssumedRoleId,
    });
    await expect(new STS(config({ accessKeyId, secretAccessKey })).getCallerIdentity({})).rejects.toThrow(
      'security token',
    );
    await sim.advance(901_000);
    await expect(new STS(config(assumed)).getCallerIdentity({})).rejects.toMatchObject({ name: 'ExpiredToken' });
  });
});

/** Signs a GetCallerIdentity request manually; the test may change it afterwards. */
async function post(change: {
  readonly date?: Date;
  readonly body?: string;
  readonly header?: readonly [string, string];
  readonly presign?: { readonly expiresIn: number };
}) {
  const signer = new SignatureV4({ credentials: right, region: 'eu-west-1', service: 'sts', sha256: Sha256 });
  const { hostname, port, host } = new URL(server().url);
  const form = 'Action=GetCallerIdentity&Version=2011-06-15';
  const unsigned = {
    method: change.presign ? 'GET' : 'POST',
    protocol: 'http:',
    hostname,
    path: '/',
    headers: { host },
    ...(change.presign ? { query: { Action: 'GetCallerIdentity', Version: '2011-06-15' } } : { body: form }),
  };
  const signingDate = change.date ?? new Date();
  const signed = change.presign
    ? await signer.presign(unsigned, { signingDate, ...change.presign })
    : await signer.sign(unsigned, { signingDate });
  const query = new URLSearchParams(signed.query as Record<string, string> | undefined).toString();
  const [name, value] = change.header ?? ['x-nothing', ''];
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method: unsigned.method,
        path: query === '' ? '/' : `/?${query}`,
        headers: { ...signed.headers, [name]: value },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    request.on('error', reject);
    request.end(change.presign ? '' : (change.body ?? form));
  });
}

describe('a manually signed request', () => {
  const minutes = (n: number) => new Date(Date.now() + n * 60_000);

  it.each([
    ['as it is', {}, 200, '<Account>111122223333</Account>'],
    ['with a clock four minutes late', { date: minutes(-4) }, 200, 'Account'],
    ['with a clock six minutes late', { date: minutes(-6) }, 403, 'Signature expired'],
    ['with a clock six minutes early', { date: minutes(6) }, 403, 'Signature not yet current'],
    ['with another body', { body: 'Action=GetCallerIdentity&Version=2011-06-16' }, 403, 'SignatureDoesNotMatch'],
    ['with another payload hash', { header: ['x-amz-content-sha256', '0'.repeat(64)] }, 403, 'SignatureDoesNotMatch'],
    ['with another date', { header: ['x-amz-date', '20200101T000000Z'] }, 403, 'IncompleteSignature'],
    ['with an extra unsigned header', { header: ['x-more', 'yes'] }, 200, 'Account'],
    ['in its query', { presign: { expiresIn: 900 } }, 200, '<Account>111122223333</Account>'],
    ['in its query, expired', { presign: { expiresIn: 60 }, date: minutes(-2) }, 403, 'Signature expired'],
  ] as const)('%s: %j → %i', async (_what, change, status, text) => {
    const answer = await post(change);
    expect(answer.text).toContain(text);
    expect(answer.status).toBe(status);
  });
});

it('without verification: every key is accepted', async () => {
  const open = simulate();
  const other = await open.listen();
  try {
    const sts = new STS({
      region: 'eu-west-1',
      endpoint: other.url,
      credentials: { accessKeyId: 'any', secretAccessKey: 'thing' },
      maxAttempts: 1,
    });
    expect((await sts.getCallerIdentity({})).Account).toBe('111122223333');
  } finally {
    await other.close();
  }
});
