import type { Ended, GatewayAnswer, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../../simulation/traffic/outcomes.js';
import { httpDate } from '../../../simulation/time/time.js';

/** An answer that an HTTP API makes by itself. */
interface OwnAnswer {
  readonly status: number;
  readonly body: string;
  /** Whether it has a `content-type`. */
  readonly isTyped: boolean;
}

const own = (status: number, message: string, isTyped = true): OwnAnswer => ({
  status,
  body: JSON.stringify({ message }),
  isTyped,
});

/**
 * The answers of an HTTP API, byte for byte. 401 and 503 have no `content-type` [M], 403 has one [M], the others have one [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html (404)
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html (401)
 * @see https://github.com/cortexlabs/cortex/issues/1225 (503)
 */
const OWN = {
  unauthorized: own(401, 'Unauthorized', false),
  forbidden: own(403, 'Forbidden'),
  notFound: own(404, 'Not Found'),
  /** [U] */
  tooLarge: own(413, 'Request Entity Too Large'),
  /** [I] */
  tooMany: own(429, 'Too Many Requests'),
  internal: own(500, 'Internal Server Error'),
  unavailable: own(503, 'Service Unavailable', false),
} as const;

/** One of the answers that an HTTP API makes by itself. */
export type OwnAnswerName = keyof typeof OWN;

/** What became of a call that the API answers by itself. */
export interface Fate {
  readonly outcome: Outcome;
  readonly because: string;
  readonly trace: Trace;
}

/** An answer of the API itself. */
export function ownAnswer(
  visit: { readonly now: number; readonly id: string },
  name: OwnAnswerName,
  { outcome, because, trace }: Fate,
  more: Readonly<Record<string, string>> = {},
): GatewayAnswer {
  const { status, body, isTyped } = OWN[name];
  const headers = {
    date: httpDate(visit.now),
    ...(isTyped ? { 'content-type': 'application/json' } : {}),
    'content-length': `${body.length}`,
    ...more,
    'Apigw-Requestid': visit.id,
  };
  return { status, headers, body, outcome, because, trace };
}

/** The same as the end of a call. */
export function ended(...args: Parameters<typeof ownAnswer>): Ended {
  return { answer: ownAnswer(...args) };
}
