/** How often something may be done. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket by its name, such as `eu-west-1/ec2/DescribeVpcs`, and how it fills. */
export interface Bucket extends Rate {
  readonly key: string;
}

/** Token buckets in simulated time, by name; a new one is full. */
export class TokenBuckets {
  #buckets = new Map<string, { tokens: number; at: number }>();

  /** Takes one token, if there is one. */
  take({ key, perSecond, burst }: Bucket, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1 - 1e-9) return false; // fifteen seconds at 1/15 a second make one

    bucket.tokens -= 1;
    return true;
  }

  /** All buckets full. */
  reset(): void {
    this.#buckets = new Map();
  }
}
