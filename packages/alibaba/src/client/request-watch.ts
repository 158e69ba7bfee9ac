import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { CallOptions } from './apis/alibaba-api.js';
import { isPosternError } from '@postern/core/internal/adapter';

/** The state of a request that a library sends, while it is in progress. */
export interface RequestWatch {
  /** The HTTP status, as soon as an answer has begun. */
  readonly status: () => number | undefined;
  /** Why the request was not sent: what `beforeSend` threw. */
  readonly refusal: () => unknown;
  /** Ends the request, if it has begun. */
  readonly destroy: () => void;
  /** Stops watching. */
  readonly stop: () => void;
}

interface Watched {
  readonly connectMs: number;
  readonly onHeaders?: CallOptions['onHeaders'];
  readonly beforeSend?: CallOptions['beforeSend'];
  refusal?: unknown;
  request?: ClientRequest | undefined;
  status?: number | undefined;
  connectTimer?: NodeJS.Timeout | undefined;
}

/** The header by which a request is known: each has a value of its own. */
const MARK = 'x-acs-signature-nonce';

const STARTED = 'http.client.request.start';

/**
 * Watches the request that carries `nonce` as its signature's nonce. The official clients parse an answer
 * before they report its status, and cannot be aborted. They also report a slow server as one that does not
 * accept connections. Node publishes every request that begins, so a separate client is not needed.
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function watchRequest(
  nonce: string,
  how: Pick<Watched, 'connectMs' | 'onHeaders' | 'beforeSend'>,
): RequestWatch {
  const state: Watched = { ...how };
  const started = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader(MARK) === nonce) begin(request, state);
  };
  subscribe(STARTED, started);
  return {
    status: () => state.status,
    refusal: () => state.refusal,
    // With an error of its own: the library writes into what it is destroyed with, and a signal's reason may not allow that.
    destroy: () => void state.request?.destroy(new Error('given up')),
    stop: () => {
      clearTimeout(state.connectTimer);
      unsubscribe(STARTED, started);
    },
  };
}

function begin(request: ClientRequest, state: Watched): void {
  state.request = request;
  try {
    state.beforeSend?.();
  } catch (error) {
    // Nothing has left: a request gets its connection only after this.
    state.refusal = error;
    request.destroy(new Error('not sent'));
  }
  request.once('response', (response: IncomingMessage) => {
    state.status = response.statusCode;
    state.onHeaders?.(response.headers);
    clearReadTimer(response.socket);
  });
  request.once('socket', (socket) => {
    if (!socket.connecting) return;

    state.connectTimer = setTimeout(() => {
      const error = new Error(`no connection after ${state.connectMs} ms`);
      request.destroy(Object.assign(error, { code: 'ECONNTIMEOUT' }));
    }, state.connectMs);
    socket.once('connect', () => clearTimeout(state.connectTimer));
    socket.once('close', () => clearTimeout(state.connectTimer));
  });
}

/**
 * `httpx`, the library's HTTP client, keeps a timer for each request, which holds the request and its answer.
 * It clears the timer only where it reads the body itself, so a minute's requests would stay in memory. From
 * here on, Postern's own timeout counts.
 * @see https://github.com/JacksonTian/httpx/blob/master/lib/index.js (`READ_TIMER`, 2.3.3)
 */
function clearReadTimer(socket: object): void {
  for (const key of Object.getOwnPropertySymbols(socket)) {
    if (key.description === 'TIMER::READ_TIMER') clearTimeout(Reflect.get(socket, key) as NodeJS.Timeout);
  }
}

/**
 * Whether the service reports that it already carries out the same change.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/support/control-openapi-error-code-table
 */
export function isRepeated(error: unknown): boolean {
  if (!isPosternError(error, 'CONFLICT')) return false;

  const { cause } = error;
  if (typeof cause !== 'object' || cause === null) return false;

  const { code, data } = cause as { readonly code?: unknown; readonly data?: { readonly Code?: unknown } | null };
  return code === 'RepeatedCommit' || data?.Code === 'RepeatedCommit';
}
