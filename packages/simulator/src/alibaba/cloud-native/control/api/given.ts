import type { Parameter } from '../../../operation/operation.js';
import { anything, flag, listOf, structure, text, texts, whole } from '../request/parameters.js';
import { refusals } from '../request/refusals.js';
import type {
  AuthSettings,
  BackendServiceRow,
  DeployConfigRow,
  MockRow,
  NamedMatchRow,
  RouteMatchRow,
} from '../state.js';

// What requests of APIs, routes and operations have in common: their parameters, and how these become rows.

export interface GivenAuth {
  readonly enableAuth?: boolean | undefined;
  readonly authConfig?: { readonly authType?: string; readonly authMode?: string } | undefined;
}

export interface GivenBackendService {
  readonly serviceId?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly version?: string;
  readonly weight?: number;
}

export interface GivenMock {
  readonly enable?: boolean;
  readonly responseCode?: number;
  readonly responseContent?: string;
}

export interface GivenDeployConfig {
  readonly gatewayId?: string;
  readonly environmentId?: string;
  readonly autoDeploy?: boolean;
  readonly backendScene?: string;
  readonly serviceConfigs?: readonly GivenBackendService[];
  readonly customDomainIds?: readonly string[];
  readonly envDomainIds?: readonly string[];
  readonly mock?: GivenMock;
}

type GivenNamedMatch = Partial<NamedMatchRow>;

export interface GivenMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly methods?: readonly string[];
  readonly headers?: readonly GivenNamedMatch[];
  readonly queryParams?: readonly GivenNamedMatch[];
  readonly ignoreUriCase?: boolean;
}

const service: Parameter = listOf({
  serviceId: text,
  port: whole,
  protocol: text,
  version: text,
  weight: whole,
  name: text,
  gatewayServiceId: text,
  match: anything,
});
const mock: Parameter = structure({ enable: flag, responseCode: whole, responseContent: text });
const named: Parameter = listOf({ name: text, type: text, value: text });

export const AUTH = { enableAuth: flag, authConfig: structure({ authType: text, authMode: text }) };
export const MOCK = mock;
export const BACKEND: Parameter = structure({ scene: text, services: service });
export const MATCH: Parameter = structure({
  path: structure({ type: text, value: text }),
  methods: texts,
  headers: named,
  queryParams: named,
  ignoreUriCase: flag,
});
export const DEPLOY_CONFIGS: Parameter = listOf({
  gatewayId: text,
  environmentId: text,
  gatewayType: text,
  autoDeploy: flag,
  backendScene: text,
  serviceConfigs: service,
  customDomainIds: texts,
  envDomainIds: texts,
  mock,
  policyConfigs: anything,
});

/** Which values a type of authentication has is not documented: the text is kept as it is. */
export function readAuth({ enableAuth, authConfig }: GivenAuth, before?: AuthSettings): AuthSettings {
  return {
    enableAuth: enableAuth ?? before?.enableAuth ?? false,
    authType: authConfig?.authType ?? before?.authType ?? '',
    authMode: authConfig?.authMode ?? before?.authMode ?? '',
  };
}

export const authView = ({ enableAuth, authType, authMode }: AuthSettings) => ({
  enableAuth,
  ...(authType + authMode !== '' && { authConfig: { authType, authMode } }),
});

export function readMock(given: GivenMock | undefined): MockRow | undefined {
  if (given === undefined) return undefined;
  const { enable = true, responseCode = 200, responseContent = '' } = given;
  if (responseCode < 200 || responseCode > 599) throw refusals.invalid('mock.responseCode');
  return { enable, responseCode, responseContent };
}

/** A single service has all calls. */
export function readServices(given: readonly GivenBackendService[] | undefined): readonly BackendServiceRow[] {
  return (given ?? []).map(({ serviceId = '', port, protocol = 'HTTP', version = '', weight = 100 }) => ({
    serviceId,
    port,
    protocol,
    version,
    weight,
  }));
}

export function readDeployConfigs(given: readonly GivenDeployConfig[] | undefined): readonly DeployConfigRow[] {
  return (given ?? []).map((one) => ({
    gatewayId: one.gatewayId ?? '',
    environmentId: one.environmentId ?? '',
    autoDeploy: one.autoDeploy ?? false,
    backendScene: one.backendScene ?? 'SingleService',
    services: readServices(one.serviceConfigs),
    customDomainIds: one.customDomainIds ?? [],
    envDomainIds: one.envDomainIds,
    mock: readMock(one.mock),
  }));
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];
const PATH_TYPES = ['Exact', 'Prefix', 'Regex'];

/** @throws {AlibabaError} `InvalidParameter` */
export function readMatch(given: GivenMatch | undefined): RouteMatchRow {
  const { path = {}, methods = [], headers = [], queryParams = [], ignoreUriCase = false } = given ?? {};
  const { type = 'Prefix', value = '/' } = path;
  if (!PATH_TYPES.includes(type)) throw refusals.invalid('match.path.type');
  if (type !== 'Regex' && !value.startsWith('/')) throw refusals.invalid('match.path.value', 'It begins with /.');
  if (type === 'Regex' && !isExpression(value)) throw refusals.invalid('match.path.value', 'It is not an expression.');
  if (!methods.every((method) => METHODS.includes(method.toUpperCase()))) throw refusals.invalid('match.methods');
  const rows = (list: readonly GivenNamedMatch[], what: string): readonly NamedMatchRow[] =>
    list.map(({ name = '', type: how = 'Exact', value: text = '' }) => {
      if (name === '') throw refusals.invalid(`match.${what}.name`);
      if (!PATH_TYPES.includes(how)) throw refusals.invalid(`match.${what}.type`);
      if (how === 'Regex' && !isExpression(text)) throw refusals.invalid(`match.${what}.value`);
      return { name, type: how, value: text };
    });
  return {
    path: { type, value },
    methods: methods.map((method) => method.toUpperCase()),
    headers: rows(headers, 'headers'),
    queryParams: rows(queryParams, 'queryParams'),
    ignoreUriCase,
  };
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
