import { formatStamp, isFresh, type SignatureProblem } from './signature-time.js';

/** From this difference on the SDK says that it has corrected its clock. */
const CORRECTED_MS = 240_000;

/**
 * The clock by which a client without a wire signs: that of a machine, which the SDK corrects by the `Date` of each answer.
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages/core/src/submodules/httpAuthSchemes/utils/getUpdatedSystemClockOffset.ts
 */
export class SdkClock {
  #offsetMs = 0;

  constructor(
    private readonly machine: () => number,
    private readonly cloud: () => number,
  ) {}

  /** Why AWS refuses what is signed now. */
  problem(): SignatureProblem | undefined {
    const [signedAt, now] = [this.machine() + this.#offsetMs, this.cloud()];
    if (isFresh(signedAt, now)) return undefined;
    return {
      kind: 'skewed',
      signedAt: formatStamp(signedAt),
      serverTime: formatStamp(now),
      late: signedAt > now,
    };
  }

  /** Notes the `Date` of an answer. Whether that has corrected the clock. */
  correct(dateMs: number): boolean {
    const before = this.#offsetMs;
    this.#offsetMs = dateMs - this.machine();
    return Math.abs(this.#offsetMs) >= CORRECTED_MS && this.#offsetMs !== before;
  }
}
