import type { Json } from '../ground/json.js';
import type { Advice } from './advice.js';

/** Advice in the form that `postern advise --json` prints. */
export function adviceJson({ version, options }: Advice): Json {
  return {
    version,
    options: options.map(({ id, fits, rank, reasons, binding, monthlyUsd, priceRegion, hops, spec }) => ({
      id,
      fits,
      rank,
      reasons: reasons.map(({ code, message }) => ({ code, message })),
      binding: binding === null ? null : { ...binding },
      monthlyUsd,
      priceRegion,
      hops,
      spec,
    })),
  };
}
