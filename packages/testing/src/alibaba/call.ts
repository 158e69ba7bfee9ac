import type { AlibabaRegionState } from './state/region-state.js';
import type { AlibabaState } from './state/alibaba-state.js';

/** Whose credentials signed a call. */
export interface AlibabaCaller {
  /** `acs:ram::<account>:user/postern`. */
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyId: string;
}

/** What an action is given beside its parameters. */
export interface AlibabaCall {
  readonly alibaba: AlibabaState;
  /** The called region's part of it. */
  readonly state: AlibabaRegionState;
  readonly region: string;
  /** The account's id (`uid`). */
  readonly account: string;
  /** Whose credentials signed. */
  readonly caller: AlibabaCaller;
  /** Simulated time, milliseconds since the epoch. */
  readonly now: number;
  /** A new id from the world's seed: `id('sg-bp')` gives `sg-bp` and 17 characters of base 36. */
  readonly id: (prefix: string, length?: number, alphabet?: 'hex' | 'base36' | 'decimal') => string;
  readonly random: () => number;
  /** Something that falls due `ms` simulated milliseconds from now. */
  readonly after: (ms: number, kind: string, data: Readonly<Record<string, string | number>>) => void;
  /** The effective value of a quota, by its key in `quotas.ts`. */
  readonly quota: (key: string) => number;
}
