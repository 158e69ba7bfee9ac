import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { WireRequest } from '../../simulation/wire.js';
import { type Credential, formatStamp, isFresh, parseStamp, type SignatureProblem } from './signature-words.js';
import { ownValue } from '../../simulation/own-value.js';

/** A key's other half. */
export interface Secret {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

const HASH_HEADER = 'x-amz-content-sha256';
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** The times by which requests are signed. */
export interface SigningTimes {
  /** Real time: machines sign by it. */
  readonly now: number;
  /** The simulated time since the start. The SDK signs by the `Date` of the last answer, and this time jumps. */
  readonly simulated: { readonly fromMs: number; readonly toMs: number };
}

/** Checks a request's signature as AWS does; `undefined` when it is right. */
export async function signatureProblem(
  request: WireRequest,
  credential: Credential,
  secret: Secret | undefined,
  { now, simulated }: SigningTimes,
): Promise<SignatureProblem | undefined> {
  if (!secret) return { kind: 'unknown-key' };

  const parameters = new URLSearchParams(request.query);
  const parameter = (name: string) => parameters.get(name) ?? undefined;
  const stamp = credential.presigned ? parameter('X-Amz-Date') : header(request, 'x-amz-date');
  const signedAt = stamp === undefined ? undefined : parseStamp(stamp);
  if (stamp === undefined || signedAt === undefined || !stamp.startsWith(credential.date)) return { kind: 'malformed' };

  const token = credential.presigned ? parameter('X-Amz-Security-Token') : header(request, 'x-amz-security-token');
  if (token !== secret.sessionToken) return { kind: 'bad-token' };

  const expiresMs = credential.presigned ? Number(parameter('X-Amz-Expires') ?? '0') * 1000 : undefined;
  const closest = Math.min(Math.max(signedAt, simulated.fromMs), simulated.toMs);
  if (!isFresh(signedAt, now, expiresMs) && !isFresh(signedAt, closest, expiresMs)) {
    return { kind: 'skewed', signedAt: stamp, serverTime: formatStamp(now), late: signedAt > now };
  }
  if (!credential.signedHeaders.includes('host')) return { kind: 'malformed' };

  const expected = await expectedSignature(request, credential, secret, new Date(signedAt));
  return expected !== undefined && equal(expected, credential.signature) ? undefined : { kind: 'mismatch' };
}

async function expectedSignature(
  request: WireRequest,
  credential: Credential,
  secret: Secret,
  signingDate: Date,
): Promise<string | undefined> {
  const claimed = header(request, HASH_HEADER);
  if (
    claimed !== undefined &&
    claimed !== UNSIGNED &&
    claimed !== createHash('sha256').update(request.body).digest('hex')
  ) {
    return undefined;
  }

  const signer = new SignatureV4({
    credentials: { accessKeyId: credential.accessKeyId, ...withoutUndefined(secret) },
    region: credential.region,
    service: credential.service,
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: true,
  });
  const signable = new Set(credential.signedHeaders);
  const options = { signingDate, signableHeaders: signable, unhoistableHeaders: signable };
  const unsigned = {
    method: request.method,
    protocol: 'http:',
    hostname: request.host,
    path: request.path,
    query: queryBag(request.query),
    headers: signedHeaders(request, credential.signedHeaders),
    body: request.body,
  };
  if (!credential.presigned) {
    const { headers } = await signer.sign(unsigned, options);
    return /Signature=([0-9a-f]+)/.exec(headers['authorization'] ?? '')?.[1];
  }

  const expiresIn = Number(unsigned.query['X-Amz-Expires'] ?? 0);
  for (const name of PRESIGNING) delete unsigned.query[name];
  const { query = {} } = await signer.presign(unsigned, { ...options, expiresIn });
  return String(query['X-Amz-Signature'] ?? '');
}

const PRESIGNING = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
];

function withoutUndefined({ secretAccessKey, sessionToken }: Secret) {
  return sessionToken === undefined ? { secretAccessKey } : { secretAccessKey, sessionToken };
}

function header({ headers }: WireRequest, name: string): string | undefined {
  const value = ownValue(headers, name);
  return Array.isArray(value) ? value.join(',') : value;
}

function signedHeaders(request: WireRequest, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = header(request, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function queryBag(query: string): Record<string, string | string[]> {
  const bag = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(query)) {
    const known = bag.get(key);
    bag.set(key, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(bag);
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
