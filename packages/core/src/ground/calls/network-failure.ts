import { entryOf } from '../json.js';
import type { ErrorCode } from '../error-codes.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that name a proxy for a scheme, in the order in which libraries look them up. */
const variables = (scheme: 'http' | 'https'): readonly string[] =>
  [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** The variable that names the proxy for calls of a scheme: `HTTPS_PROXY`. Undefined: none is set. */
export function proxyVariable(scheme: 'http' | 'https', env: Environment): string | undefined {
  return variables(scheme).find((name) => (env[name] ?? '') !== '');
}

/** Whether some variable names a proxy. Only then is a library for proxies loaded. */
export function hasProxy(env: Environment): boolean {
  return proxyVariable('https', env) !== undefined || proxyVariable('http', env) !== undefined;
}

/** A connection through a proxy that did not come about: nothing was sent to the endpoint. */
export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed';
  /** The variable that names the proxy. */
  readonly variable: string;
  readonly remedy: string;

  constructor(message: string, variable: string, cause: unknown) {
    super(message, { cause });
    this.variable = variable;
    this.remedy = `Check the proxy that ${variable} names, or add the host to NO_PROXY to call it directly.`;
  }
}

/** The failure of a proxy, without the user and the password of its URL. */
export function proxyFailed(url: string, variable: string | undefined, cause: unknown): ProxyFailed {
  const name = variable ?? 'the environment';
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
  const why = typeof code === 'string' ? code : String(message ?? 'no answer');
  return new ProxyFailed(`the proxy ${withoutLogin(url)} of ${name} could not be used: ${why}`, name, cause);
}

/** The URL without what may be secret: all between the scheme and the last `@`, and what follows the host. */
function withoutLogin(url: string): string {
  const [, scheme = '', rest = url] = /^([a-z][\w+.-]*:\/\/)?(.*)$/is.exec(url) ?? [];
  return `${scheme}${rest.slice(rest.lastIndexOf('@') + 1).replace(/[/?#].*$/s, '')}`;
}

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
