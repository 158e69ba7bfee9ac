import { raise } from '../../simulation/raise.js';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../../simulation/wire.js';
import { header, type RpcRequest } from '../request/rpc-request.js';
import { AlibabaError } from '../operation/operation.js';
import type { RoleSession } from '../state/alibaba-state.js';

/** The members of a signature, of either scheme. */
interface Signature {
  readonly scheme: 'ACS3-HMAC-SHA256' | 'HMAC-SHA1';
  readonly accessKeyId: string;
  readonly signature: string;
  /** Names of signed headers; the older scheme signs parameters only. */
  readonly signedHeaders: readonly string[];
  /** `2026-06-01T00:00:00Z`. */
  readonly stamp: string | undefined;
  readonly nonce: string | undefined;
  readonly securityToken: string | undefined;
}

const AUTHORIZATION =
  /^ACS3-HMAC-SHA256\s+Credential=([^,\s]{1,128}),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})\s*$/;

/**
 * Reads a request's signature: from its `Authorization` header, or from its parameters.
 * @returns `undefined` when there is none, `'unreadable'` when it is of neither form
 */
function readSignature(request: WireRequest, { parameters }: RpcRequest): Signature | 'unreadable' | undefined {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    const [, accessKeyId, names = '', signature] = AUTHORIZATION.exec(authorization) ?? [];
    if (accessKeyId === undefined || signature === undefined) return 'unreadable';

    return {
      scheme: 'ACS3-HMAC-SHA256',
      accessKeyId,
      signature,
      signedHeaders: names.split(';'),
      stamp: header(request, 'x-acs-date'),
      nonce: header(request, 'x-acs-signature-nonce'),
      securityToken: header(request, 'x-acs-security-token'),
    };
  }

  const accessKeyId = parameters.get('AccessKeyId');
  const signature = parameters.get('Signature');
  if (accessKeyId === undefined && signature === undefined) return undefined;
  if (accessKeyId === undefined || signature === undefined) return 'unreadable';
  if (parameters.get('SignatureMethod') !== 'HMAC-SHA1') return 'unreadable';

  return {
    scheme: 'HMAC-SHA1',
    accessKeyId,
    signature,
    signedHeaders: [],
    stamp: parameters.get('Timestamp'),
    nonce: parameters.get('SignatureNonce'),
    securityToken: parameters.get('SecurityToken'),
  };
}

/** Whether the signature is the one of this request with this secret. */
function signatureMatches(
  request: WireRequest,
  { parameters }: RpcRequest,
  signature: Signature,
  secret: string,
): boolean {
  if (signature.scheme === 'HMAC-SHA1') {
    return equal(hmacSha1Signature(request.method, parameters, secret), signature.signature);
  }

  const hash = header(request, 'x-acs-content-sha256');
  if (hash !== sha256(request.body)) return false;

  const signable = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-acs-'));
  if (!signable.every((name) => signature.signedHeaders.includes(name))) return false;

  return equal(acs3Signature(request, signature.signedHeaders, hash, secret), signature.signature);
}

/** @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature */
function acs3Signature(request: WireRequest, names: readonly string[], hash: string, secret: string): string {
  const headers = [...names].sort().map((name) => `${name}:${(header(request, name) ?? '').trim()}\n`);
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(new URLSearchParams(request.query)),
    headers.join(''),
    [...names].sort().join(';'),
    hash,
  ].join('\n');
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
}

/** @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
function hmacSha1Signature(method: string, parameters: ReadonlyMap<string, string>, secret: string): string {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  const text = `${method}&${encode('/')}&${encode(canonicalQuery(signed))}`;
  return createHmac('sha1', `${secret}&`).update(text).digest('base64');
}

function canonicalQuery(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** RFC 3986: also what `encodeURIComponent` leaves alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/**
 * How the gateway refuses a signature.
 * @see https://error-center.aliyun.com/status/product/PopGw
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/common-error-codes
 */
const signatureWords = {
  missing: () => new AlibabaError('MissingAccessKeyId', 'AccessKeyId is mandatory for this action.'),
  incomplete: () =>
    new AlibabaError('IncompleteSignature', 'The request signature does not conform to Aliyun standards.'),
  unknownKey: () => new AlibabaError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404),
  foreignToken: () =>
    new AlibabaError(
      'InvalidSecurityToken.MismatchWithAccessKey',
      'Specified SecurityToken mismatch with the AccessKey.',
    ),
  mismatch: () => new AlibabaError('SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.'),
  badStamp: () =>
    new AlibabaError('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.'),
  skewed: () => new AlibabaError('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.'),
  noNonce: () => new AlibabaError('MissingSignatureNonce', 'SignatureNonce is mandatory for this action.'),
  nonceUsed: () => new AlibabaError('SignatureNonceUsed', 'Specified signature nonce was used already.'),
} as const;

/** How far a client's clock may be off. @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature */
const LARGEST_SKEW_MS = 15 * 60_000;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** @throws {AlibabaError} where what was signed at that time is refused at `now` */
export function requireFresh(signedAt: number, now: number): void {
  if (Math.abs(now - signedAt) > LARGEST_SKEW_MS) throw signatureWords.skewed();
}

/** Determines the signer of a request, and verifies the signature where keys are given. */
export class Verifier {
  /** Nonces seen, with the real time from which they may be used again. */
  readonly #nonces = new Map<string, number>();

  constructor(
    /** Secrets by access key id; signatures are not verified without. */
    private readonly keys: ReadonlyMap<string, string> | undefined,
    /** Real time, milliseconds since the epoch: clients sign with their own clocks. */
    private readonly now: () => number = Date.now,
    /** Of roles that were assumed, by access key ID. */
    private readonly sessions: () => ReadonlyMap<string, RoleSession> = () => new Map(),
  ) {}

  /**
   * The access key id that signed.
   * @throws {AlibabaError} in the gateway's words
   */
  accessKeyId(request: WireRequest, rpc: RpcRequest): string {
    const signature = readSignature(request, rpc) ?? raise(signatureWords.missing());

    if (signature === 'unreadable') throw signatureWords.incomplete();

    if (this.keys) this.#verify(this.keys, request, rpc, signature);
    return signature.accessKeyId;
  }

  #verify(keys: ReadonlyMap<string, string>, request: WireRequest, rpc: RpcRequest, signature: Signature): void {
    const { accessKeyId, stamp = '', nonce, securityToken } = signature;
    const now = this.now();
    const signedAt = STAMP.test(stamp) ? Date.parse(stamp) : Number.NaN;
    if (Number.isNaN(signedAt)) throw signatureWords.badStamp();

    requireFresh(signedAt, now);
    if (nonce === undefined || nonce === '') throw signatureWords.noNonce();

    const session = this.sessions().get(accessKeyId);
    const secret = session?.accessKeySecret ?? keys.get(accessKeyId) ?? raise(signatureWords.unknownKey());

    if (securityToken !== session?.securityToken) throw signatureWords.foreignToken();
    if (!signatureMatches(request, rpc, signature, secret)) throw signatureWords.mismatch();

    this.#useUp(`${accessKeyId}\n${nonce}`, now);
  }

  /** A nonce may be used again when its request has expired. */
  #useUp(nonce: string, now: number): void {
    for (const [old, until] of this.#nonces) {
      if (until > now) break; // oldest first

      this.#nonces.delete(old);
    }
    if (this.#nonces.has(nonce)) throw signatureWords.nonceUsed();

    this.#nonces.set(nonce, now + 2 * LARGEST_SKEW_MS);
  }
}
