import type { RouteSettings } from '@postern/core/internal/library';
import { API_GATEWAY_QUOTAS as QUOTAS } from './quotas/api-gateway.js';

/**
 * `ID.execute-api.REGION.amazonaws.com`. A custom domain has a mapping, which can name another API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
export const DEFAULT_ENDPOINT = {
  name: 'default endpoint',
  remedy: (address: string) =>
    `Undo the change that replaces ${address}. Or create the new API beside it, and remove the old one when no caller uses its name.`,
} as const;

/**
 * The settings of a new route.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const NEW_ROUTE: RouteSettings = {
  parameters: {},
  authorizer: 'none',
  scopes: [],
  apiKey: false,
  stream: false,
};

/**
 * Stages keep the throttles of their routes, and one for those without. Above all of them is the limit of the account.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export const THROTTLED = {
  throttledAt: 'stage',
  stageSettings: ['throttle'],
  newStage: { throttle: { rate: 10_000, burst: 5_000 } },
  calls: QUOTAS['requests-per-second'],
} as const;

/** The DNS name of a load balancer. */
export const BALANCER_HOST = /\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/i;
