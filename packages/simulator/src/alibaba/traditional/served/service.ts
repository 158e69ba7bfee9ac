import type { ApiVersionRow } from '../control/state.js';
import { readParameters, type Parameters } from './parameters.js';
import { isJsonObject, textOf, type JsonObject } from '../../state/json-object.js';

/** What an API that is published takes, and how it calls its backend. */
export interface Service {
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** `HTTP`, `HTTPS`, … */
    readonly protocols: readonly string[];
  };
  /** `ANONYMOUS`, `APP`, … */
  readonly authType: string;
  /** `DISABLE`, `HEADER`, `HEADER_QUERY`, …; empty where it was not set. */
  readonly appCodeAuthType: string;
  /** `hmacsha256`, `hmacsha1`; empty: all. */
  readonly allowedSignatures: readonly string[];
  /** Signed calls need a nonce. */
  readonly needsNonce: boolean;
  /** Not called by names of the Internet. */
  readonly isInternal: boolean;
  /** The backend's method; empty: the caller's. */
  readonly method: string;
  /** The backend's path: texts, and the names of the placeholders between them. Undefined: the caller's path. */
  readonly path: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly parameters: Parameters;
}

const PLACEHOLDER = /\[([^[\]/]+)\]/;
/** [I] The console's default. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** Reads what was published of an API. */
export function serviceOf({ definition }: ApiVersionRow): Service {
  const { requestConfig, serviceConfig, scalars } = definition;
  const servicePath = textOf(serviceConfig, 'ServicePath');
  const serviceMethod = textOf(serviceConfig, 'ServiceHttpMethod').toUpperCase();
  return {
    request: {
      method: textOf(requestConfig, 'RequestHttpMethod').toUpperCase(),
      path: textOf(requestConfig, 'RequestPath'),
      protocols: textOf(requestConfig, 'RequestProtocol').toUpperCase().split(','),
    },
    authType: textOf(scalars, 'AuthType'),
    appCodeAuthType: textOf(scalars, 'AppCodeAuthType'),
    allowedSignatures: textOf(scalars, 'AllowSignatureMethod').toLowerCase().split(',').filter(Boolean),
    needsNonce: textOf(scalars, 'ForceNonceCheck') === 'true',
    isInternal: textOf(scalars, 'DisableInternet') === 'true',
    method: serviceMethod === 'ANY' ? '' : serviceMethod,
    path: servicePath === '' ? undefined : servicePath.split(PLACEHOLDER),
    timeoutMs: Number(textOf(serviceConfig, 'ServiceTimeout')) || DEFAULT_TIMEOUT_MS,
    parameters: readParameters(definition),
  };
}

/** The sample answer of an API whose backend is none. */
export function mockAnswer(config: JsonObject): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const { MockHeaders: given } = config;
  const rows = Array.isArray(given) ? given.filter(isJsonObject) : [];
  return {
    status: Number(textOf(config, 'MockStatusCode')) || 200,
    headers: Object.fromEntries(rows.map((row) => [textOf(row, 'HeaderName'), textOf(row, 'HeaderValue')])),
    body: textOf(config, 'MockResult'),
  };
}
