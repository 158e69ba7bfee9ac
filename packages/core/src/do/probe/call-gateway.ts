import { networkFailure, type ClientFailures } from '../../ground/calls/network-failure.js';
import type { Clock } from '../../ground/clock.js';
import { onAbort, throwIfAborted } from '../../ground/clocks/abort.js';
import { realClock } from '../../ground/clocks/real-clock.js';
import { CloudError } from '../../ground/errors.js';
import type { Driver } from '../driver.js';

/** The part of a body of https://fetch.spec.whatwg.org that is used. */
export interface AnswerBody {
  readonly getReader: () => {
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    readonly cancel: () => Promise<void>;
  };
}

/** More of a body is never needed: answers of gateways themselves are shorter. */
const START_BYTES = 1024;

/** The first 1,024 bytes of a body as text; less where it breaks or stalls before. The rest is not read. */
async function readStart(body: AnswerBody): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [text, left] = ['', START_BYTES];
  try {
    while (left > 0) {
      const { done, value = new Uint8Array() } = await reader.read();
      if (done) break;

      text += decoder.decode(value.subarray(0, left), { stream: true });
      left -= value.length;
    }
  } catch {
    // The status has arrived, and a part of the body is as good as none.
  }
  await reader.cancel().catch(() => undefined);
  return text;
}

/** One call of a gateway's public address, without a body. */
export interface GatewayCall {
  /** `https://a1b2c3.execute-api.eu-west-1.amazonaws.com/orders/7`. */
  readonly url: string;
  readonly method: string;
  /** May hold secrets: they are sent, and are in no answer and no error. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The longest time for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** What came back: whatever its status is. */
export interface GatewayAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Until the headers arrived, in milliseconds. */
  readonly latencyMs: number;
  /** The first 1,024 bytes of the body as text, by which answers of the gateway itself are recognized. Undefined: not read. */
  readonly body?: string | undefined;
}

/**
 * Calls a gateway once. It follows no redirect and repeats nothing.
 * @throws {CloudError} `ENDPOINT_UNREACHABLE` without an answer, `WAIT_TIMEOUT` after `timeoutMs`. {PosternError} `ABORTED`
 */
export type CallGateway = (call: GatewayCall, signal?: AbortSignal) => Promise<GatewayAnswer>;

/** The part of `fetch` that is used. */
export type FetchCall = (
  url: string,
  init: { method: string; headers: Record<string, string>; redirect: 'manual'; signal: AbortSignal },
) => Promise<{
  readonly status: number;
  readonly headers: { readonly forEach: (each: (value: string, name: string) => void) => void };
  readonly body: AnswerBody | null;
}>;

/** How gateways are called, where it is not the usual. */
export interface CallGatewayOptions {
  /** Default: the environment's. */
  readonly fetch?: FetchCall | undefined;
  /** For latency and timeout. Default: the machine's time, also where the context has another clock. */
  readonly clock?: Clock | undefined;
  /** The origin of a simulated cloud that is called in place of every gateway: `http://127.0.0.1:4010`. */
  readonly simulator?: string | undefined;
}

/** The operation in errors of these calls. */
const OPERATION = 'CallGateway';

/** Calls gateways with `fetch`. */
export function createCallGateway(options: CallGatewayOptions = {}): CallGateway {
  const { fetch: send = fetch, clock = realClock(), simulator } = options;
  return async ({ url, method, headers = {}, timeoutMs }, signal) => {
    throwIfAborted(OPERATION, signal);
    const limit = timeLimit(clock, timeoutMs, signal);
    const start = clock.monotonicMs();
    try {
      const at = simulator === undefined ? url : simulatedUrl(simulator, url);
      const answer = await send(at, { method, headers: { ...headers }, redirect: 'manual', signal: limit.signal });
      const latencyMs = clock.monotonicMs() - start;
      const body = answer.body === null ? '' : await readStart(answer.body);
      throwIfAborted(OPERATION, signal);
      return { status: answer.status, headers: byName(answer.headers), latencyMs, body };
    } catch (error) {
      throwIfAborted(OPERATION, signal);
      throw limit.isOver() ? timedOut(timeoutMs, error) : unreachable(error);
    } finally {
      limit.stop();
    }
  };
}

/** Where a simulated cloud receives the call of a gateway's address. */
export function simulatedUrl(simulator: string, url: string): string {
  return `${simulator}/_postern/gateways/${url.replace(/^https?:\/\//, '')}`;
}

/** A signal that is aborted with `signal`, or when the time is over. */
function timeLimit(clock: Clock, timeoutMs: number, signal: AbortSignal | undefined) {
  const ending = new AbortController();
  const answered = new AbortController();
  const stop = onAbort(signal, () => ending.abort(signal?.reason));
  let over = false;
  void clock.sleep(timeoutMs, answered.signal).then(
    () => {
      over = true;
      ending.abort();
    },
    () => undefined,
  );
  return {
    signal: ending.signal,
    isOver: () => over,
    stop: () => {
      stop();
      answered.abort();
    },
  };
}

function byName(headers: { readonly forEach: (each: (value: string, name: string) => void) => void }) {
  const found: Record<string, string> = {};
  headers.forEach((value, name) => {
    found[name.toLowerCase()] = value;
  });
  return found;
}

function timedOut(timeoutMs: number, cause: unknown): CloudError {
  return new CloudError('WAIT_TIMEOUT', `no answer within ${timeoutMs} ms`, {
    operation: OPERATION,
    remedy: 'Allow more time, or find out what delays the backend.',
    cause,
  });
}

/** How Node's `fetch` names failures that have no code of the system: https://undici.nodejs.org/#/docs/api/Errors */
const CLIENT: ClientFailures = {
  first: (error) => {
    const { code } = error as { readonly code?: unknown };
    if (code === 'UND_ERR_CONNECT_TIMEOUT')
      return { message: 'the gateway did not take the connection in time', sent: false, transient: true };
    if (code === 'UND_ERR_SOCKET')
      return { message: 'the connection broke before the answer was complete', sent: true, transient: true };

    return undefined;
  },
};

function unreachable(cause: unknown): CloudError {
  const failure = networkFailure(cause, CLIENT);
  // The text of another failure may repeat a header.
  return new CloudError('ENDPOINT_UNREACHABLE', failure?.message ?? 'the call could not be made', {
    operation: OPERATION,
    remedy: 'Check that this machine reaches the address of the gateway: its name, network and proxy.',
    ...(failure === undefined ? {} : { cause }),
  });
}

/** Calls gateways where the driver's simulated clouds are: no call of theirs may reach a real gateway. */
export function simulatedCalls({ simulator }: Pick<Driver, 'simulator'>): CallGateway | undefined {
  return simulator === undefined ? undefined : createCallGateway({ simulator: simulator.url });
}
