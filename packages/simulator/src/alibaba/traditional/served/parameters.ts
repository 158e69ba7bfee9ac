import type { ApiDefinition, ApiVersionRow } from '../control/state.js';
import { textOf, type JsonObject, isJsonObject } from '../../state/json-object.js';

/** Where a parameter is: `BODY` is a field of a form. */
export type Location = 'PATH' | 'QUERY' | 'HEAD' | 'BODY';

export interface ParameterPlace {
  readonly location: Location;
  readonly name: string;
}

/** A parameter that an API declares. */
export interface RequestParameter extends ParameterPlace {
  /** Where the backend gets it, where that is another place, or has another name. */
  readonly to: ParameterPlace | undefined;
  readonly isRequired: boolean;
  /** Empty: none. */
  readonly defaultValue: string;
  /** The text of the declaration: `ParameterType`, `MinValue`, `EnumValue`, … */
  readonly rules: JsonObject;
}

/** What the backend gets besides the caller's parameters. */
export interface AddedParameter extends ParameterPlace {
  /** A constant, or the name of a system parameter: `CaClientIp`. */
  readonly value: string;
}

/** The parameters of an API: what callers send, and what its backend gets. */
export interface Parameters {
  readonly declared: readonly RequestParameter[];
  /** Parameters that are not declared are dropped: `RequestMode` is `MAPPING`. */
  readonly isFiltered: boolean;
  /** Declared ones are not checked: `RequestMode` is `PASSTHROUGH` [U]. */
  readonly isUnchecked: boolean;
  readonly constants: readonly AddedParameter[];
  readonly system: readonly AddedParameter[];
  /** The body is not a form: `BodyFormat` is `STREAM`. */
  readonly isStream: boolean;
}

/**
 * Reads the parameters of a definition.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi
 */
function readParameters({ requestConfig, lists }: ApiDefinition): Parameters {
  const list = (name: string): readonly JsonObject[] => lists[name] ?? [];
  const places = new Map(
    list('ServiceParameters').map((row) => [textOf(row, 'ServiceParameterName'), locationOf(row)]),
  );
  const renamed = new Map(
    list('ServiceParametersMap').map((row) => [
      textOf(row, 'RequestParameterName'),
      textOf(row, 'ServiceParameterName'),
    ]),
  );
  const declared = list('RequestParameters').map((rules): RequestParameter => {
    const name = textOf(rules, 'ApiParameterName');
    const location = locationOf(rules) ?? 'QUERY';
    const to = renamed.get(name) ?? name;
    const there = places.get(to) ?? location;
    return {
      name,
      location,
      to: to === name && there === location ? undefined : { name: to, location: there },
      isRequired: textOf(rules, 'Required').toUpperCase() === 'REQUIRED',
      defaultValue: textOf(rules, 'DefaultValue'),
      rules,
    };
  });
  const mode = textOf(requestConfig, 'RequestMode').toUpperCase();
  return {
    declared: [...declared, ...undeclared(renamed, places, new Set(declared.map(({ name }) => name)))],
    isFiltered: mode === 'MAPPING',
    isUnchecked: mode === 'PASSTHROUGH',
    constants: list('ConstantParameters').map((row) => added(row, textOf(row, 'ConstantValue'))),
    system: list('SystemParameters').map((row) => added(row, textOf(row, 'ParameterName'))),
    isStream: textOf(requestConfig, 'BodyFormat').toUpperCase() === 'STREAM',
  };
}

/** Path parameters are in the path of the API, whether they are declared or not. */
function undeclared(
  renamed: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, Location | undefined>,
  known: ReadonlySet<string>,
): readonly RequestParameter[] {
  return [...renamed].flatMap(([name, to]) => {
    if (known.has(name)) return [];

    const place = { name: to, location: places.get(to) ?? 'PATH' };
    return [{ name, location: 'PATH', to: place, isRequired: false, defaultValue: '', rules: {} }];
  });
}

function added(row: JsonObject, value: string): AddedParameter {
  return { name: textOf(row, 'ServiceParameterName'), location: locationOf(row) ?? 'HEAD', value };
}

function locationOf(row: JsonObject): Location | undefined {
  const text = textOf(row, 'Location').toUpperCase();
  if (text.startsWith('HEAD')) return 'HEAD';

  return text === 'PATH' || text === 'QUERY' || text === 'BODY' ? text : undefined;
}

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
