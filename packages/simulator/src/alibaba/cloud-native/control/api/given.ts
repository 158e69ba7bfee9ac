import { refusals } from '../request/parameters.js';
import type {
  AuthSettings,
  BackendServiceRow,
  DeployConfigRow,
  MockRow,
  NamedMatchRow,
  RouteMatchRow,
} from '../state.js';
import {
  anything,
  flag,
  listOf,
  structure,
  text,
  texts,
  whole,
  type InputOf,
  type ValueOf,
} from '../../../operation/family.js';

// What requests of APIs, routes and operations have in common: their parameters, and how these become rows.

const service = listOf({
  serviceId: text,
  port: whole,
  protocol: text,
  version: text,
  weight: whole,
  name: text,
  gatewayServiceId: text,
  match: anything,
});
export const MOCK = structure({ enable: flag, responseCode: whole, responseContent: text });
const named = listOf({ name: text, type: text, value: text });

export const AUTH = { enableAuth: flag, authConfig: structure({ authType: text, authMode: text }) };
export const BACKEND = structure({ scene: text, services: service });
export const MATCH = structure({
  path: structure({ type: text, value: text }),
  methods: texts,
  headers: named,
  queryParams: named,
  ignoreUriCase: flag,
});
export const DEPLOY_CONFIGS = listOf({
  gatewayId: text,
  environmentId: text,
  gatewayType: text,
  autoDeploy: flag,
  backendScene: text,
  serviceConfigs: service,
  customDomainIds: texts,
  envDomainIds: texts,
  mock: MOCK,
  policyConfigs: anything,
});

/** Which values a type of authentication has is not documented: the text is kept as it is. */
export function readAuth({ enableAuth, authConfig }: InputOf<typeof AUTH>, before?: AuthSettings): AuthSettings {
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

export function readMock(given: ValueOf<typeof MOCK> | undefined): MockRow | undefined {
  if (given === undefined) return undefined;

  const { enable = true, responseCode = 200, responseContent = '' } = given;
  if (responseCode < 200 || responseCode > 599) throw refusals.invalid('mock.responseCode');

  return { enable, responseCode, responseContent };
}

/** A single service has all calls. */
export function readServices(given: ValueOf<typeof service> | undefined): readonly BackendServiceRow[] {
  return (given ?? []).map(({ serviceId = '', port, protocol = 'HTTP', version = '', weight = 100 }) => ({
    serviceId,
    port,
    protocol,
    version,
    weight,
  }));
}

export function readDeployConfigs(given: ValueOf<typeof DEPLOY_CONFIGS> | undefined): readonly DeployConfigRow[] {
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
export function readMatch(given: ValueOf<typeof MATCH> | undefined): RouteMatchRow {
  const { path = {}, methods = [], headers = [], queryParams = [], ignoreUriCase = false } = given ?? {};
  const { type = 'Prefix', value = '/' } = path;
  if (!PATH_TYPES.includes(type)) throw refusals.invalid('match.path.type');
  if (type !== 'Regex' && !value.startsWith('/')) throw refusals.invalid('match.path.value', 'It begins with /.');
  if (type === 'Regex' && !isExpression(value)) throw refusals.invalid('match.path.value', 'It is not an expression.');
  if (!methods.every((method) => METHODS.includes(method.toUpperCase()))) throw refusals.invalid('match.methods');

  const rows = (list: ValueOf<typeof named>, what: string): readonly NamedMatchRow[] =>
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
