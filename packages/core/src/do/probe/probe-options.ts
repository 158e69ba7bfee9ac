import { oneOf, optional, type Infer } from '../forms/form.js';
import { choice, optionalTexts, strings, text, texts } from '../forms/values.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../spec.js';
import { nearest } from '../../ground/text/nearest.js';
import { checkPath } from './probe-path.js';

export const probeOptions = {
  /** Names of integrations, or route keys: only these routes. Undefined: all that the spec declares. */
  only: optionalTexts,
  /** Only these stages. Undefined: those that the spec names, or all of the gateway. */
  stages: optionalTexts,
  /**
   * Methods that may be sent besides `GET`, `HEAD` and `OPTIONS`; `all` allows each route its own. Routes of any method
   * are called with the first one, by default `GET`.
   */
  methods: optional(
    choice<readonly string[] | 'all'>("a list of methods, or 'all'", (given) =>
      given === 'all' ? text : Array.isArray(given) ? texts : undefined,
    ),
  ),
  /** Route key → path with query string, in place of one with placeholders: `{ 'GET /orders/{id}': '/orders/7' }`. */
  paths: optional(strings),
  /** Headers of each call. Their values are in no result. */
  headers: optional(strings),
  /** Gateway ID → the name by which callers reach it, with a base path: `{ a1b2c3: 'api.example.com/v1' }`. */
  hosts: optional(strings),
  /** `gateway` calls the public address. `test-call` has the cloud call the backend itself, where it can. */
  via: optional(oneOf('gateway', 'test-call')),
};

/** Which routes are called, and how. */
export interface ProbeOptions extends Infer<typeof probeOptions> {}

/** Methods that change nothing: https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.1 */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

const METHODS: readonly string[] = [...SAFE_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Headers that belong to the connection, and are set by the client: https://fetch.spec.whatwg.org/#forbidden-request-header */
const OF_THE_CLIENT: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Refuses options that mean nothing for a spec. Values of headers are in no message.
 * @throws {InvalidInputError} `INVALID_INPUT`, `UNKNOWN_REFERENCE`
 */
export function checkProbeOptions(spec: Spec, options: ProbeOptions): void {
  const { only = [], methods = [], paths = {}, headers = {}, hosts = {} } = options;
  const integrations = Object.keys(spec.integrations);
  const keys = Object.values(spec.integrations).flatMap(({ routes }) => Object.keys(routes));
  for (const name of only) requireDeclared('integration or route', name, [...integrations, ...keys]);
  for (const [key, path] of Object.entries(paths)) {
    requireDeclared('route', key, keys);
    checkPath(key, path);
  }
  if (methods !== 'all') for (const method of methods) requireMethod(method);
  for (const [name, value] of Object.entries(headers)) requireHeader(name, value);
  const gateways = Object.values(spec.integrations).flatMap(({ gateway }) =>
    Object.values(gateway).filter((id): id is string => typeof id === 'string'),
  );
  for (const [gateway, host] of Object.entries(hosts)) {
    requireDeclared('gateway', gateway, gateways);
    requireHost(host);
  }
}

function requireDeclared(what: string, name: string, declared: readonly string[]): void {
  if (declared.includes(name)) return;

  const similar = nearest(name, declared);
  const some = declared.slice(0, 10).join(', ');
  const others = some === '' ? 'Declare routes in the spec.' : `Write one of those it has: ${some}.`;
  throw new InvalidInputError('UNKNOWN_REFERENCE', `the spec has no ${what} ${JSON.stringify(name)}`, {
    remedy: similar === undefined ? others : `Did you mean ${similar}?`,
  });
}

function requireMethod(method: string): void {
  if (METHODS.includes(method)) return;

  throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(method)} is not a method that routes have`, {
    remedy: `Write one of ${METHODS.join(', ')}.`,
  });
}

function requireHeader(name: string, value: string): void {
  // A name that is none may be a secret as well.
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/.test(name)) {
    throw new InvalidInputError('INVALID_INPUT', 'the name of a header has characters that headers cannot have', {
      remedy: 'Write letters, digits and "-": x-api-key.',
    });
  }
  if (OF_THE_CLIENT.has(name.toLowerCase())) {
    throw new InvalidInputError('INVALID_INPUT', `header ${name} is set by the client and cannot be given`, {
      remedy: 'Leave it out. For another host name, give the name of the gateway.',
    });
  }
  if (/^[\t -~\u0080-\u00ff]*$/.test(value)) return;

  throw new InvalidInputError('INVALID_INPUT', `the value of header ${name} has characters that headers cannot have`, {
    remedy: 'Remove line breaks and control characters.',
  });
}

function requireHost(host: string): void {
  if (/^(?:https?:\/\/)?[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[\w.~-]+)*\/?$/.test(host)) return;

  throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(host)} is not the name of a host`, {
    remedy: 'Write it as in api.example.com, or api.example.com/v1 with a base path.',
  });
}
