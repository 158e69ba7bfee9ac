import type { Bucket, Rate } from '../../simulation/dispatch/token-buckets.js';

/** What all APIs of an account admit together in one region. */
const ACCOUNT: Rate = { perSecond: 10_000, burst: 5_000 };
const NEWER: Rate = { perSecond: 2_500, burst: 1_250 };
const NEWER_REGIONS: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

const buckets = new Map<string, Bucket>();

/**
 * The bucket from which every call of a region takes a token: of HTTP, REST and WebSocket APIs alike.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function accountBucket(region: string): Bucket {
  const known = buckets.get(region);
  if (known) return known;
  const bucket = { key: `${region}/account`, ...(NEWER_REGIONS.has(region) ? NEWER : ACCOUNT) };
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
