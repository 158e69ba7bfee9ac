import type { HandoverPlan } from '../plan/handover-plan.js';
import type { HandoverProof } from '../prove/proof.js';
import type { HandoverDriver } from '../run/driver.js';
import type { HandoverFigures } from '../switch/figures.js';
import type { WatchCalls } from '../switch/witness.js';
import { watchByCalls, type CallsOptions } from './watch-by-calls.js';
import { watchByCloud } from './watch-by-cloud.js';

/** A witness of a switch. */
export type WitnessKind = 'all' | 'calls' | 'none';

/**
 * The witness that a user chose. `all`: calls of one's own say whether calls fail, and the figures of the cloud how many come to the
 * classic group, where they can be read. `none`: undefined.
 */
export function witnessOf(
  kind: WitnessKind,
  plan: HandoverPlan,
  driver: HandoverDriver & { readonly figures: HandoverFigures },
  proof: HandoverProof,
  options: CallsOptions,
): WatchCalls | undefined {
  if (kind === 'none') return undefined;
  const byCalls = watchByCalls(plan, driver, proof, options);
  if (kind === 'calls') return byCalls;
  const byCloud = watchByCloud(plan, driver, { context: options.context });
  return async (at, signal) => {
    const [own, counted] = await Promise.all([
      byCalls(at, signal),
      // What cannot be read is only shown: the verdict is about errors.
      byCloud(at, signal).catch(() => undefined),
    ]);
    return { classic: { ...counted?.classic, ...own.classic }, target: { ...counted?.target, ...own.target } };
  };
}
