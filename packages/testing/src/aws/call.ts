import type { AwsState } from './state/aws-state.js';
import type { RegionState } from './state/region-state.js';

/** What an operation is given beside its input. */
export interface AwsCall {
  /** All of the simulated AWS account: every region. */
  readonly aws: AwsState;
  /** The called region's part of it. */
  readonly state: RegionState;
  readonly region: string;
  readonly account: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly now: number;
  /** The credentials' caller, as an ARN. */
  readonly caller: { readonly arn: string; readonly userId: string; readonly accessKeyId: string };
  /** A new id from the world's seed: `id('vpc-')` gives `vpc-` and 17 hex digits; `length` and `alphabet` change that. */
  readonly id: (prefix: string, length?: number, alphabet?: 'hex' | 'base36') => string;
  /** Uniform in [0, 1), from the world's seed. */
  readonly random: () => number;
  /** Something that falls due `ms` simulated milliseconds from now. `kind` is a key of the timer handlers; `data` is plain JSON. */
  readonly after: (ms: number, kind: string, data: Readonly<Record<string, string | number>>) => void;
  /** The effective value of a quota, by its key in `quotas.ts` (a world may raise it). */
  readonly quota: (key: string) => number;
}
