import type { CheckWords } from '../../../findings/statement.js';

/** `29 s`, `50 ms`. */
function timeText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

/** A declared timeout, and its range. */
interface Declared {
  readonly key: string;
  readonly timeoutMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** The texts of `gateway/timeout`. */
export const gatewayTimeoutWords = {
  title: 'The timeout of a route fits its gateway and its load balancer',
  about:
    'A route of an HTTP API can wait 50 ms to 30 s for its backend, a route of a REST API or a WebSocket API 50 ms to 29 s. The quota of ' +
    'REST APIs (L-E5AE38E3) can be increased for regional and private APIs, not for edge-optimized ones. A route of a REST API with `stream` ' +
    'can wait up to 900 s. API Gateway refuses other values. If the load balancer, or one behind it, closes an idle connection before the ' +
    'timeout of the route ends, callers get the status 504 of the load balancer: that is a warning. A request or an answer of an HTTP API or a REST API can ' +
    'have 10 MB, a message of a WebSocket API 128 KB; these limits are fixed, and no snapshot shows the sizes of payloads.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  ],
  says: {
    OUT_OF_RANGE: ({
      key,
      timeoutMs,
      leastMs,
      mostMs,
      code,
      mostStreamedMs,
    }: Declared & { readonly code?: string | undefined; readonly mostStreamedMs?: number | undefined }) => ({
      message: `the timeout of ${key} is ${timeText(timeoutMs)}, and the gateway accepts ${timeText(leastMs)} to ${timeText(mostMs)}`,
      remedy:
        `Write a timeout of ${timeText(leastMs)} to ${timeText(mostMs)}` +
        (code === undefined || timeoutMs < leastMs
          ? '.'
          : `, ask for a higher quota (${code}, for regional and private APIs)${mostStreamedMs === undefined ? '' : `, or write stream: true, which allows ${timeText(mostStreamedMs)}`}.`),
    }),
    QUOTA_NOT_READ: ({ key, timeoutMs }: Declared) =>
      `the gateway accepts a timeout of ${timeText(timeoutMs)} for ${key}`,
    IDLE_SOONER: ({
      key,
      timeoutMs,
      balancer,
      idleMs,
      isDeclared,
    }: {
      readonly key: string;
      readonly timeoutMs: number;
      readonly balancer: string;
      readonly idleMs: number;
      readonly isDeclared: boolean;
    }) => ({
      message: `${key} waits ${timeText(timeoutMs)} for an answer${isDeclared ? '' : ' (no timeout is declared)'}, and ${balancer} closes an idle connection after ${timeText(idleMs)}: callers get its status 504`,
      remedy: `Set the idle timeout of ${balancer} to more than ${timeText(timeoutMs)}, or write a timeout of at most ${timeText(idleMs)} for ${key}.`,
    }),
    IDLE_NOT_READ: ({ key, timeoutMs }: { readonly key: string; readonly timeoutMs: number }) =>
      `the load balancer of ${key} keeps an idle connection for the ${timeText(timeoutMs)} that the route waits`,
    TIMEOUT_FITS: ({ key, timeoutMs }: { readonly key: string; readonly timeoutMs: number }) =>
      `a timeout of ${timeText(timeoutMs)} is possible for ${key}`,
  },
} satisfies CheckWords;
