import { InvalidInputError, PosternError } from '@postern/core/internal/adapter';
import type { HandoverPlan } from '../plan/fingerprint.js';

/** The version of the structure of {@link HandoverProof}. */
export const HANDOVER_PROOF_VERSION = 1;

/** One call of a gateway at a pinned address, without a body. */
export interface PinnedCall {
  readonly side: 'classic' | 'target';
  /** The address that is connected to: a name or an IP address. Undefined: where the host leads by DNS. */
  readonly address?: string | undefined;
  readonly protocol: 'http' | 'https';
  /** The production name: the header Host, and with HTTPS the name of TLS (SNI), for which the certificate must be. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** May hold signatures: they are sent, and are in no answer and no error. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What came back, whatever its status is. */
export interface PinnedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, in hex. */
  readonly bodyHash: string;
  readonly latencyMs: number;
}

/** Calls a gateway once. Rejects where no answer comes: no connection, a certificate that is not for the host, a timeout. */
export type CallPinned = (call: PinnedCall, signal?: AbortSignal) => Promise<PinnedAnswer>;

/** `proven`: both gateways answer the same. `accepted`: unknown, or another header or body, and the user consented. */
export type ProofVerdict = 'proven' | 'failed' | 'unknown' | 'accepted';

/** What a proof found out about a call. */
export type ProofCode =
  | 'PROVEN'
  | 'NOT_BUILT'
  | 'TARGET_UNREACHABLE'
  | 'STATUS_DIFFERS'
  | 'HEADERS_DIFFER'
  | 'BODY_DIFFERS'
  | 'PREFLIGHT_DIFFERS'
  | 'NOT_REFUSED'
  | 'SIGNATURE_REFUSED'
  | 'ERROR_ANSWER'
  | 'UNSAFE_METHOD'
  | 'NO_CONSUMER'
  | 'NO_DOMAIN'
  | 'CLASSIC_UNREACHABLE'
  | 'CLASSIC_FAILS';

/** What is known of one route. */
export interface ProvenRoute {
  readonly route: string;
  /** `GET /orders/[id]`. */
  readonly key: string;
  readonly verdict: ProofVerdict;
  readonly code: ProofCode;
  readonly message: string;
  /** What was called: `GET api.example.com/orders/1`. */
  readonly called?: string | undefined;
  readonly classic?: { readonly status: number; readonly latencyMs: number } | undefined;
  readonly target?: { readonly status: number; readonly latencyMs: number } | undefined;
  /** Of a route whose callers sign: the status without a key, and with a wrong signature. */
  readonly refusals?: { readonly noKey: number; readonly wrongSignature: number } | undefined;
}

/** What is known of one stage. */
export interface ProvenStage {
  readonly stage: string;
  readonly gatewayId?: string | undefined;
  readonly address?: string | undefined;
  /** Objects that are missing or differ from the plan: `policy orders Timeout`. */
  readonly missing: readonly string[];
  /** Evidence of the target itself. */
  readonly services: readonly { readonly name: string; readonly health: 'healthy' | 'unhealthy' | 'unknown' }[];
  readonly routes: readonly ProvenRoute[];
}

/** What the target answers before any caller is sent to it. Plain JSON without secrets. */
export interface HandoverProof {
  readonly version: typeof HANDOVER_PROOF_VERSION;
  readonly kind: 'handover-proof';
  readonly handover: string;
  /** The plan that was proven. */
  readonly fingerprint: string;
  readonly provenAt: string;
  /** Everything is built, and each route is proven or accepted. */
  readonly ready: boolean;
  readonly stages: readonly ProvenStage[];
}

/** Reads the text of a saved proof. @throws {InvalidInputError} `INVALID_INPUT`. {PosternError} `UNSUPPORTED_VERSION` */
export function readHandoverProof(text: string, { file }: { readonly file?: string | undefined } = {}): HandoverProof {
  let value: Partial<HandoverProof> | null | undefined;
  try {
    value = JSON.parse(text) as Partial<HandoverProof> | null;
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value?.kind !== 'handover-proof' || !Array.isArray(value.stages)) {
    throw new InvalidInputError('INVALID_INPUT', 'this is not a saved proof of a hand-over', {
      ...(file === undefined ? {} : { place: { file } }),
      remedy: 'Name a file that `postern handover prove -o` wrote.',
    });
  }
  if (value.version !== HANDOVER_PROOF_VERSION) {
    throw new PosternError('UNSUPPORTED_VERSION', `the proof has version ${String(value.version)}`, {
      remedy: 'Prove the hand-over again with this version.',
    });
  }

  return value as HandoverProof;
}

/**
 * Refuses a proof that is of another plan, or in which a route is neither proven nor accepted.
 * @throws {InvalidInputError} `INVALID_INPUT`. {PosternError} `FINDINGS_FAILED`
 */
export function requireProof(plan: HandoverPlan, proof: HandoverProof): void {
  const remedy = 'Run `postern handover prove` with this plan, and give its proof.';
  if (proof.fingerprint !== plan.fingerprint) {
    throw new InvalidInputError('INVALID_INPUT', 'the proof is of another plan', { remedy });
  }
  if (proof.ready) return;

  const open = proof.stages.flatMap(({ missing, routes }) => [
    ...missing,
    ...routes.filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown').map(({ key }) => key),
  ]);
  throw new PosternError('FINDINGS_FAILED', `the proof is not ready: ${open.slice(0, 5).join(', ')}`, {
    remedy: 'Correct what the proof names, or accept it, and prove again.',
    details: { open: open.slice(0, 50) },
  });
}
