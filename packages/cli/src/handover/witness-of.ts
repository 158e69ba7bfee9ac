import type { CallContext } from '@postern/core';
import {
  watchByCloud,
  type CallPinned,
  type HandoverDriver,
  type HandoverFinishDriver,
  type HandoverPlan,
  type HandoverProof,
  type WatchCalls,
} from '@postern/core/handover';
import { watchByCalls } from './watch-by-calls.js';

/**
 * The witness that a user chose. `all`: calls of one's own say whether calls fail, and the figures of the cloud how many come to the
 * classic group, where they can be read. `none`: undefined.
 */
export function witnessOf(
  kind: string | undefined,
  plan: HandoverPlan,
  driver: HandoverDriver & HandoverFinishDriver,
  proof: HandoverProof,
  { context, call }: { readonly context: CallContext; readonly call: CallPinned },
): WatchCalls | undefined {
  if (kind === 'none') return undefined;
  const byCalls = watchByCalls(plan, driver, proof, { context, call });
  if (kind === 'calls') return byCalls;
  const byCloud = watchByCloud(plan, driver, { context });
  return async (at, signal) => {
    const [own, counted] = await Promise.all([
      byCalls(at, signal),
      // What cannot be read is only shown: the verdict is about errors.
      byCloud(at, signal).catch(() => undefined),
    ]);
    return { classic: { ...counted?.classic, ...own.classic }, target: { ...counted?.target, ...own.target } };
  };
}
