import { createHash } from 'node:crypto';
import type { CallContext } from '@postern/core';
import { cloudNow } from '@postern/core/adapter';

const HOUR_MS = 3_600_000;
/** Purchases alike in one hour that have a derived token. The next one has a token of its own, so that none is blocked for long. */
const MOST = 5;

/** The tokens of purchases, as one session knows them. `request`: all parameters, the mark among them. */
export interface PurchaseTokens {
  readonly of: (request: string, ctx: CallContext) => string;
  /** The token was used: the next purchase of the same has another one. */
  readonly spend: (request: string, ctx: CallContext) => void;
}

/**
 * A token follows from the request, the hour of the cloud, and how many purchases of the same came before it in that hour: two runs
 * that buy the same at the same time send the same token, and the service carries it out once. "Do not reuse the token" is all that
 * the documentation says; what a second use is answered with, and for how long it is remembered, is not documented [U]. So a token
 * that was used and whose instance is gone is followed by the next one.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createinstance
 */
export function purchaseTokens(): PurchaseTokens {
  const spent = new Map<string, number>();
  const keyOf = (request: string, ctx: CallContext): string => {
    const nowMs = cloudNow(ctx)?.earliestMs ?? ctx.clock.now();
    return `${Math.floor(nowMs / HOUR_MS)} ${request}`;
  };
  return {
    of: (request, ctx) => {
      const key = keyOf(request, ctx);
      const turn = spent.get(key) ?? 0;
      return turn < MOST ? createHash('sha256').update(`${turn} ${key}`).digest('hex') : crypto.randomUUID();
    },
    spend: (request, ctx) => {
      const key = keyOf(request, ctx);
      spent.set(key, (spent.get(key) ?? 0) + 1);
    },
  };
}
