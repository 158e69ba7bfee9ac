import type { WireRequest } from '../../simulation/wire.js';
import type { RoleSession } from '../state/alibaba-state.js';
import type { RpcRequest } from '../request/rpc-request.js';
import { readSignature, signatureMatches, type Signature } from './signature.js';
import { signatureWords } from './signature-words.js';

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
    const signature = readSignature(request, rpc);
    if (signature === undefined) throw signatureWords.missing();
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
    const secret = session?.accessKeySecret ?? keys.get(accessKeyId);
    if (secret === undefined) throw signatureWords.unknownKey();
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
