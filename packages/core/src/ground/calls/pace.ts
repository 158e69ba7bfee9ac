/** One token bucket: calls of one operation, of one account, in one region. */
export interface PaceKey {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly operation: string;
}

/** The rate limit of an operation: `burst` calls at once, then `perSecond` (0.0667 is one in 15 s). */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
  /**
   * The name of a bucket that several operations draw from together, such as an account's requests a second to one service.
   * Without it the limit is the operation's own.
   */
  readonly shared?: string | undefined;
}

/** Token buckets, shared by all users of one context, through any client. */
export interface Pacer {
  /** Resolves when a call of this kind may be sent. */
  readonly slot: (key: PaceKey, limits: readonly RateLimit[], signal?: AbortSignal) => Promise<void>;
  /** The cloud answered "too many requests": the bucket's rate is halved and recovers slowly. */
  readonly slowDown: (key: PaceKey, retryAfterMs?: number) => void;
}
