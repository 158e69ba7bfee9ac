import type { Bucket } from '../../simulation/dispatch/token-buckets.js';
import { accountThrottle } from '../rest-api/account.js';

const buckets = new Map<string, Bucket>();

/**
 * The bucket from which every call of a region takes a token: of HTTP, REST and WebSocket APIs alike.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function accountBucket(region: string): Bucket {
  const known = buckets.get(region);
  if (known) return known;
  const { rateLimit: perSecond, burstLimit: burst } = accountThrottle(region);
  const bucket = { key: `${region}/account`, perSecond, burst };
  buckets.set(region, bucket);
  return bucket;
}

/** A bucket with limits of its own; one that is not given is the account's. */
export function ownBucket(
  region: string,
  name: string,
  { rate, burst }: { readonly rate?: number | undefined; readonly burst?: number | undefined },
): Bucket {
  const account = accountBucket(region);
  return { key: `${region}/${name}`, perSecond: rate ?? account.perSecond, burst: burst ?? account.burst };
}
