import { defined } from '../../../simulation/defined.js';
import { formatBoundMark, formatMark, type Route, type RegionSnapshot } from '@postern/core/internal/adapter';
import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Gateway } from '@postern/core/internal/snapshot';
import { newIntegration } from '../control/integration/integration.js';
import type { MethodRow } from '../control/state.js';
import { backendNames, type Lead } from '../../twin/api-gateway/backend-names.js';
import type { Lack } from '../../twin/lack.js';

type RouteParameters = NonNullable<NonNullable<Route['settings']>['parameters']>;

/** How a kind of API writes the request parameters of its integrations. */
interface Form {
  /** Of the backend request: `overwrite:`. */
  readonly to: string;
  /** Of the call: `$request.`. */
  readonly from: string;
  readonly context: string;
  /** Whether a constant keeps its quotes. */
  readonly quoted: boolean;
}

export const FORMS = {
  http: { to: 'overwrite:', from: '$request.', context: '$context.', quoted: false },
  webSocket: { to: 'integration.request.', from: 'route.request.', context: 'context.', quoted: true },
  rest: { to: 'integration.request.', from: 'method.request.', context: 'context.', quoted: true },
} as const satisfies Readonly<Record<string, Form>>;

const NATIVE = { path: 'path', query: 'querystring', header: 'header' } as const;
type Kind = keyof typeof NATIVE;

/**
 * Request parameters as the API has them, of those of a snapshot: `{ header: { tenant: 'query.t' } }` →
 * `{ 'overwrite:header.tenant': '$request.querystring.t' }`. A key of another form stays as it is.
 */
export function nativeParameters(form: Form, parameters: RouteParameters = {}): Record<string, string> {
  const entries = (Object.keys(NATIVE) as Kind[]).flatMap((kind) =>
    Object.entries(parameters[kind] ?? {}).map(([name, source]): [string, string] => [
      /^(?:append|overwrite|remove):/.test(name) ? name : `${form.to}${NATIVE[kind]}.${name}`,
      sourceOf(form, source),
    ]),
  );
  return Object.fromEntries(entries);
}

function sourceOf(form: Form, text: string): string {
  const [, word = '', name = ''] = /^(path|query|header|context)\.(.+)$/.exec(text) ?? [];
  if (word === 'context') return `${form.context}${name}`;
  if (word !== '') return `${form.from}${NATIVE[word as Kind]}.${name}`;

  const [, constant] = /^'(.*)'$/s.exec(text) ?? [];
  return form.quoted || constant === undefined ? text : constant;
}

/** The verb, the path and the ID of the resource of a route: `GET /orders`, `a1b2c3/GET`. */
export function placeOf({ id, key }: Pick<Route, 'id' | 'key'>) {
  const [verb = '', path = '/'] = key.split(' ');
  return { verb, path, resourceId: id.split('/')[0] ?? '' };
}

/** The method of a route, with its mark and its integration. */
export function methodRow(region: RegionSnapshot, gateway: Gateway, route: Route, lack: Lack): MethodRow {
  const { verb, path, resourceId } = placeOf(route);
  const { owner, authorization = 'NONE', settings = {} } = route;
  const { authorizer, scopes = [] } = settings;
  const methodIntegration = integrationOf(region, gateway, route, lack);
  const sources = Object.values(methodIntegration?.requestParameters ?? {});
  const requestParameters = sources
    .filter((source) => source.startsWith('method.request.'))
    .map((source) => [source, source.startsWith('method.request.path.')]);
  const of = { apiId: gateway.id, path, verb };
  return {
    httpMethod: verb,
    authorizationType: authorization === 'API_KEY' ? 'NONE' : authorization,
    apiKeyRequired: settings.apiKey === true || authorization === 'API_KEY',
    ...(authorizer === undefined || authorizer === 'none' || authorizer === 'iam' ? {} : { authorizerId: authorizer }),
    ...(scopes.length === 0 ? {} : { authorizationScopes: [...scopes] }),
    ...(owner === undefined
      ? {}
      : { operationName: owner.unbound === true ? formatMark(owner) : formatBoundMark(owner, of) }),
    ...(requestParameters.length === 0 ? {} : { requestParameters: Object.fromEntries(requestParameters) }),
    ...(methodIntegration && { methodIntegration: newIntegration(resourceId, methodIntegration) }),
  };
}

/** The port in the URI of a route, as far as its uses show it. Those of the working copy come first. */
export function portOf({ uses = [] }: Pick<Gateway, 'uses'>, { id }: Pick<Route, 'id'>): number | undefined {
  return uses.find((use) => use.id === id && use.port !== undefined)?.port;
}

/** Undefined: the method has none. */
function integrationOf(region: RegionSnapshot, gateway: Gateway, route: Route, lack: Lack): Integration | undefined {
  const { variables = [], linkId, integrationId } = route;
  if (integrationId === undefined) return undefined;

  const shown = (gateway.integrations ?? []).filter(({ id }) => id === integrationId);
  if (shown.length > 0) {
    const port = portOf(gateway, route);
    return privateIntegration(
      region,
      gateway,
      route,
      shown.map((lead) => ({ ...lead, port })),
      lack,
    );
  }
  if (linkId === undefined && variables.length === 0) return { type: 'MOCK' };

  return privateIntegration(region, gateway, route, linkId === undefined ? [] : [route], lack);
}

/** The integration of a route over a link, with the leads and the variables that are given. */
export function privateIntegration(
  region: RegionSnapshot,
  gateway: Gateway,
  route: Pick<
    Route,
    'key' | 'method' | 'path' | 'writtenPath' | 'settings' | 'tls' | 'variables' | 'anyAuthority' | 'lacks' | 'unfilled'
  >,
  leads: readonly Lead[],
  lack: Lack,
): Integration {
  const { key, settings = {}, tls, variables = [] } = route;
  const { verb, path } = placeOf({ id: '', key });
  const what = `${key} of ${gateway.id}`;
  const sent = route.writtenPath ?? (route.path === 'overwrite' ? path : undefined);
  if (sent === undefined) lack(`the path of the backend of ${what} is not in a snapshot`);
  const own = sent === undefined ? [] : [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => name);
  const { host } = settings;
  const elsewhere = path === '/' ? '/backend' : '/';
  const unfilled = Object.keys(route.unfilled ?? {});
  const literal = unfilled.map((name) => `/{${name.replace('integration.request.path.', '')}}`).join('');
  const uriPath = sent?.replaceAll('+}', '}') ?? (literal === '' ? elsewhere : literal);
  const names = backendNames(region, gateway.stages, { what, leads, variables, host, tls, path: uriPath }, lack);
  const requestParameters = {
    ...Object.fromEntries(own.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`])),
    ...nativeParameters(FORMS.rest, settings.parameters),
  };
  return {
    type: route.lacks === 'response' ? 'HTTP' : 'HTTP_PROXY',
    httpMethod: route.method ?? verb,
    connectionType: 'VPC_LINK',
    ...names,
    ...(route.anyAuthority === true ? { tlsConfig: { insecureSkipVerification: true } } : {}),
    ...defined({ timeoutInMillis: settings.timeoutMs }),
    ...(settings.stream === true ? { responseTransferMode: 'STREAM' as const } : {}),
    ...(Object.keys(requestParameters).length === 0 ? {} : { requestParameters }),
  };
}
