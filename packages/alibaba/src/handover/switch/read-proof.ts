import { InvalidInputError, PosternError } from '@postern/core/adapter';
import type { HandoverPlan } from '../plan/handover-plan.js';
import { HANDOVER_PROOF_VERSION, type HandoverProof } from '../prove/proof.js';

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
