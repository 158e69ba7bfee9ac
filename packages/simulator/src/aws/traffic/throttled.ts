import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Bucket } from '../../simulation/dispatch/token-buckets.js';
import { accountThrottle } from '../rest-apis/control/account.js';
import type { StageRow } from '../http-apis/control/state.js';
import type { ApiView } from './api-view.js';
import type { Ground } from './front.js';

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

/** A call on a stage of an HTTP or WebSocket API. */
interface StageCall {
  readonly ground: Ground;
  readonly view: ApiView;
  readonly stage: StageRow;
}

/**
 * Which limit refuses a call: the route's own, or the one of the stage for routes without, and then the account's. Best
 * effort in the cloud; exact here.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export function throttledBy({ ground, view, stage }: StageCall, key: string): string | undefined {
  const region = ground.region.name;
  const { StageName: name, RouteSettings, DefaultRouteSettings } = stage;
  const own = limitsOf(RouteSettings?.[key]);
  const limits = own ?? limitsOf(DefaultRouteSettings);
  if (limits) {
    const place = own ? `route ${key} in stage ${name}` : `stage ${name}`;
    if (!ground.admits(ownBucket(region, `${view.fields.ApiId}/${name}${own ? `/${key}` : ''}`, limits))) {
      return `The throttling limit of ${place} is reached.`;
    }
  }
  return ground.admits(accountBucket(region))
    ? undefined
    : `The throttling limit of the account in ${region} is reached.`;
}

interface Limits {
  readonly rate: number | undefined;
  readonly burst: number | undefined;
}

function limitsOf(settings: RouteSettings | undefined): Limits | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings ?? {};
  return rate === undefined && burst === undefined ? undefined : { rate, burst };
}
