import { entryOf } from '../json.js';
import type { ErrorCode } from '../error-codes.js';
import { ProxyFailed } from './proxy.js';

/** Why no proper answer came. */
export interface NetworkFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  /** Whether the request may have reached the service. */
  readonly sent: boolean;
  /** Whether it is likely to pass: a refused connection or an unknown name is not, and waiting for it would only hide it. */
  readonly transient: boolean;
}

const CHECK = 'Check the network, the endpoint and the region, and run again.';

/** Failures before anything was sent, by Node's code. */
const NOT_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the endpoint refused the connection',
  ENOTFOUND: 'the name of the endpoint is not known',
  EAI_AGAIN: 'the name of the endpoint could not be looked up',
  EHOSTUNREACH: 'the network has no route to the endpoint',
  ENETUNREACH: 'the network has no route to the endpoint',
  ECONNTIMEOUT: 'the endpoint did not take the connection in time',
};

/** Failures after which the request may have been carried out. */
const MAYBE_SENT: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection broke before the answer was complete',
  ECONNABORTED: 'the connection broke before the answer was complete',
  EPIPE: 'the connection broke while sending',
  ETIMEDOUT: 'no answer came in time',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection broke before the answer was complete',
};

/** A failure that one client library names in its own form. */
export interface ClientFailure {
  /** As a clause: `no answer came in time`. */
  readonly message: string;
  readonly sent: boolean;
  readonly transient: boolean;
}

/** What an adapter adds: how its client library names failures. */
export interface ClientFailures {
  /** Called before the system's own codes are compared. */
  readonly first?: ((error: Error) => ClientFailure | undefined) | undefined;
  /** Called after the system's own codes are compared. */
  readonly last?: ((error: Error) => ClientFailure | undefined) | undefined;
}

/**
 * Returns the network failure in an error, or in its causes, by the system's codes (`ECONNREFUSED`, …) and by
 * the client library's own names; `undefined` where it is not one. For adapters' error tables.
 */
export function networkFailure(error: unknown, client: ClientFailures = {}): NetworkFailure | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const found = one(at, client);
    if (found !== undefined) return found;
  }
  return undefined;
}

function one(error: Error & { readonly code?: unknown }, client: ClientFailures): NetworkFailure | undefined {
  if (error instanceof ProxyFailed)
    return {
      code: 'ENDPOINT_UNREACHABLE',
      message: error.message,
      remedy: error.remedy,
      sent: false,
      transient: false,
    };
  const { message } = error;
  const code = typeof error.code === 'string' ? error.code : '';
  const notSent = entryOf(NOT_SENT, code);
  if (notSent !== undefined) return unreachable(`${notSent} (${code})${hostOf(error)}`, false, code === 'EAI_AGAIN');
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code)) {
    return {
      code: 'ENDPOINT_UNREACHABLE',
      message: `no trusted connection to the endpoint (${code})`,
      remedy: 'Check the endpoint; behind a proxy of your own, set NODE_EXTRA_CA_CERTS.',
      sent: false,
      transient: false,
    };
  }
  const early = client.first?.(error);
  if (early !== undefined) return unreachable(early.message, early.sent, early.transient);
  const maybeSent = entryOf(MAYBE_SENT, code);
  if (maybeSent !== undefined) return unreachable(`${maybeSent} (${code})`, true);
  const late = client.last?.(error);
  if (late !== undefined) return unreachable(late.message, late.sent, late.transient);
  if (message === 'socket hang up' || message === 'aborted') {
    return unreachable('the connection broke before the answer was complete', true);
  }
  return undefined;
}

/** The host in an error of Node's: of a look-up its name, of a connection its address. */
function hostOf(error: Error): string {
  const { hostname, address, port, errors } = error as {
    readonly hostname?: unknown;
    readonly address?: unknown;
    readonly port?: unknown;
    readonly errors?: unknown;
  };
  if (typeof hostname === 'string') return `: ${hostname}`;
  if (typeof address === 'string') return `: ${address}${typeof port === 'number' ? ` port ${port}` : ''}`;
  // Several addresses of one name were tried.
  const [first] = Array.isArray(errors) ? (errors as readonly unknown[]) : [];
  return first instanceof Error ? hostOf(first) : '';
}

function unreachable(message: string, sent: boolean, transient = true): NetworkFailure {
  return { code: 'ENDPOINT_UNREACHABLE', message, remedy: CHECK, sent, transient };
}
