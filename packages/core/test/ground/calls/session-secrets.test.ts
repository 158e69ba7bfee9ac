import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { call } from '../../../src/ground/calls/call.js';
import { statSync } from 'node:fs';
import {
  checkCredentialFiles,
  checkCredentials,
  sessionSecrets,
  withoutSessionSecrets,
} from '../../../src/ground/calls/session-secrets.js';
import { createContext } from '../../../src/do/context.js';
import { CloudError } from '../../../src/ground/errors.js';

const TOKEN = 'IQoJb3JpZ2luX2VjCANARYTOKENVALUE0123456789';
const KEY_ID = 'ASIACANARY0123456789';

/** AWS's answer where a signature does not match: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const AWS_MESSAGE = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

The Canonical String for this request should have been
'POST
/

content-type:application/x-www-form-urlencoded
host:sts.eu-west-1.amazonaws.com
x-amz-security-token:${TOKEN}

content-type;host;x-amz-date;x-amz-security-token
ab821ae955788b0e33ebd34c208442ccfc2d406e2edc5e7a39bd6458fbb4f843'`;

const FIRST = 'The request signature we calculated does not match the signature you provided.';

/** All that an error shows, its causes and their hidden members included. */
function allOf(error: unknown, seen = new Set<unknown>()): string {
  if (typeof error !== 'object' || error === null || seen.has(error)) return String(error);
  seen.add(error);
  return Object.getOwnPropertyNames(error)
    .map((key) => `${key}=${allOf((error as Record<string, unknown>)[key], seen)}`)
    .join('\n');
}

function failed(message: string, nativeCode: string, more: object = {}): CloudError {
  const cause = Object.assign(new Error(message), { name: nativeCode, ...more });
  Object.defineProperty(cause, '$response', {
    value: { headers: { echo: message }, body: { pipe: () => 0, text: message } },
    writable: true,
  });
  return new CloudError('CREDENTIALS_REFUSED', message, { operation: 'GetCallerIdentity', cause, nativeCode });
}

describe('an error about a signature', () => {
  it.each(['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature'])(
    '%s keeps its first sentence',
    (code) => {
      const error = withoutSessionSecrets(failed(AWS_MESSAGE, code), []);
      expect(error.message).toBe(`GetCallerIdentity: ${FIRST}`);
      expect((error.cause as Error).message).toBe(FIRST);
      expect(error.stack).toContain('session-secrets.test');
      expect(allOf(error)).not.toContain(TOKEN);
    },
  );

  it('keeps how far the clocks are apart', () => {
    const expired =
      'Signature expired: 20261123T000000Z is now earlier than 20261123T001000Z (20261123T001500Z - 5 min.)';
    expect(withoutSessionSecrets(failed(expired, 'InvalidSignatureException'), []).message).toBe(
      `GetCallerIdentity: ${expired}`,
    );
  });

  it('of Alibaba Cloud loses the text that was to be signed', () => {
    const message = `Specified signature is not matched with our calculation. server string to sign is:GET&%2F&AccessKeyId%3DLTAI5tCANARY0123456789%26SecurityToken%3D${TOKEN}`;
    const error = withoutSessionSecrets(failed(message, 'SignatureDoesNotMatch', { data: { Message: message } }), [
      TOKEN,
    ]);
    expect(error.message).toBe('GetCallerIdentity: Specified signature is not matched with our calculation.');
    expect(allOf(error)).not.toMatch(/CANARY/);
  });
});

describe('what a session signs with', () => {
  const echo = `you sent authorization: AWS4-HMAC-SHA256 Credential=${KEY_ID}/20261123/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef and {"X-Amz-Security-Token":"${TOKEN}"}`;

  it('is not in an error, where its form shows what it is', () => {
    const error = withoutSessionSecrets(failed(echo, 'AccessDenied'), []);
    expect(allOf(error)).not.toMatch(/CANARY|0123456789abcdef/);
    expect(error.message).toContain('you sent authorization: (not shown)');
    expect(error.message).toContain('SignedHeaders=host;x-amz-date');
  });

  it('is not in an error in any member and any form, where the session knows it', () => {
    const secrets = sessionSecrets();
    secrets.note(['0123-canary-of-a-shape', undefined, 'short']);
    const message = 'odd 0123-canary-of-a-shape and short';
    const error = withoutSessionSecrets(
      failed(message, 'Odd', { data: { list: [{ deep: message }] }, requestId: message }),
      secrets.values(),
    );
    expect(allOf(error)).not.toContain('canary');
    expect(error.message).toBe('GetCallerIdentity: odd (not shown) and short');
  });

  it('is remembered over a renewal, and not without end', () => {
    const secrets = sessionSecrets();
    for (let at = 0; at < 100; at += 1) secrets.note([`key-number-${100 + at}`]);
    expect(secrets.values()).toHaveLength(12);
    expect(secrets.values()[0]).toBe('key-number-199');
    secrets.note(['key-number-199']);
    expect(secrets.values()).toHaveLength(12);
  });

  it('changes nothing else, and takes an error that refers to itself or is frozen', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 11 }), (text) => {
        const error = failed(`orders: ${text.replaceAll(/[:=]/g, '')}`, 'Odd');
        const before = error.message;
        expect(withoutSessionSecrets(error, []).message).toBe(before);
      }),
      { numRuns: runs(25, 100) },
    );
    const own = failed('secret-of-the-session', 'Odd');
    Object.assign(own.cause as object, { self: own, frozen: Object.freeze({ a: 1 }) });
    expect(withoutSessionSecrets(own, ['secret-of-the-session']).message).toBe('GetCallerIdentity: (not shown)');
  });
});

describe('credentials of the environment', () => {
  it.each(['a\nb', 'ab\r\n', 'a b', 'schlüssel', '\u200bab'])('are refused with an odd character: %j', (one) => {
    expect(() => checkCredentials([KEY_ID, one])).toThrow(/line break/);
    expect(() => checkCredentials([KEY_ID, undefined, 'a/b+c=='])).not.toThrow();
  });
  it('are refused from a device, where a variable names one', () => {
    const check = (file: string) => () => checkCredentialFiles({ AWS_CONFIG_FILE: file }, statSync);
    expect(check('/dev/zero')).toThrow(/AWS_CONFIG_FILE names .*device/);
    for (const file of ['/dev/null', '/dev/fd/0', '/nowhere', import.meta.filename]) check(file)();
  });
});

it('call: throws no error with what the session signs with, and traces none', async () => {
  const traced: unknown[] = [];
  const lines: string[] = [];
  const ctx = createContext({ trace: () => (end) => void traced.push(end), log: (line) => void lines.push(line) });
  const description = {
    provider: 'aws',
    account: '111122223333',
    region: 'eu-west-1',
    service: 'sts',
    operation: 'GetCallerIdentity',
    limits: [],
    kind: 'create',
    secrets: [TOKEN],
  } as const;
  const message = `odd ${TOKEN}`;
  const mapped = (cause: unknown) =>
    new CloudError('CLOUD_REFUSED', message, { operation: 'x', cause, nativeCode: 'Odd', requestId: TOKEN });
  const thrown = await call(ctx, description, () => Promise.reject(new Error(message)), mapped).catch(
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ code: 'CLOUD_REFUSED', message: 'x: odd (not shown)', requestId: '(not shown)' });
  expect(allOf(thrown) + JSON.stringify([traced, lines])).not.toContain(TOKEN);
});
