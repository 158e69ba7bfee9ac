import type { LinkRef } from './reference.js';

/** A move of gateways that was begun and has not ended, as a journal shows it. Plain JSON. */
export interface OpenMove {
  /** The ID of the move. */
  readonly move: string;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly from: LinkRef;
  readonly to: LinkRef;
  /** The IDs of the gateways of which something moves. */
  readonly gateways: readonly string[];
  /** `open`: the run has not come to its drain. */
  readonly state: 'open' | 'draining' | 'drained' | 'aborted' | 'returning';
  /** ISO 8601: until then calls may use the link that they left, as far as a drain was begun. */
  readonly drainedAt?: string | undefined;
}
