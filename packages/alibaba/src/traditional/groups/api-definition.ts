import type { Target } from '@postern/core/internal/library';
import { hashJson, isPosternError, UnsupportedError, type RouteCall } from '@postern/core/internal/adapter';
import { isPlainId } from '../../cloud/target-ref.js';
import { apiName, toApiPath, description } from './description.js';

/** The parameters of CreateApi and ModifyApi that define an API. Structures are JSON texts. */
export interface ApiDefinition {
  readonly ApiName: string;
  readonly Description: string;
  readonly RequestConfig: string;
  readonly ServiceConfig: string;
  readonly RequestParameters: string;
  readonly ServiceParameters: string;
  readonly ServiceParametersMap: string;
}

/** What else a created API has: plug-ins control who may call it, and it is not offered on a market. */
export const AS_CREATED = { Visibility: 'PRIVATE', AuthType: 'ANONYMOUS' } as const;

/** The timeout of a backend, in milliseconds. The service accepts up to 30 s, and uses 10 s by default. */
const SERVICE_TIMEOUT_MS = 10_000;

type DefinedRoute = Pick<RouteCall, 'gatewayId' | 'owner' | 'key' | 'use'>;

/**
 * The API that a route is: its request as in the key, its backend the target. With `overwrite` the backend gets the path of the
 * request as it is, the group's base path before it; with `keep` the service's own behavior is left, which sends no path
 * of its own. @throws {InvalidInputError} `INVALID_INPUT`. {UnsupportedError} for a server name without an authorization.
 */
export function apiDefinition(request: DefinedRoute, basePath: string): ApiDefinition {
  const { method, path, parameters } = toApiPath(request.key);
  const { target, tls, path: mode } = request.use;
  const scheme = tls === undefined ? 'HTTP' : 'HTTPS';
  const located = parameters.map((name) => ({ name, Location: 'PATH', ParameterType: 'STRING' }));
  const definition = {
    ApiName: apiName(request.key),
    RequestConfig: {
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: method,
      RequestPath: path,
      // All other parts of a request are passed through.
      RequestMode: parameters.length > 0 ? 'MAPPING_PASSTHROUGH' : 'PASSTHROUGH',
    },
    ServiceConfig: {
      ServiceProtocol: 'HTTP',
      ...backend(target, scheme, tls?.serverName),
      ServiceHttpMethod: method,
      ...(mode === 'keep' ? {} : { ServicePath: joined(basePath, path) }),
      ServiceTimeout: SERVICE_TIMEOUT_MS,
      Mock: 'FALSE',
    },
    RequestParameters: located.map(({ name, ...rest }) => ({ ApiParameterName: name, Required: 'REQUIRED', ...rest })),
    ServiceParameters: located.map(({ name, ...rest }) => ({ ServiceParameterName: name, ...rest })),
    ServiceParametersMap: parameters.map((name) => ({ ServiceParameterName: name, RequestParameterName: name })),
  };
  // The name that the certificate must match is set on the authorization. It counts as a change of the API,
  // too.
  const hash = hashJson({ ...definition, serverName: tls?.serverName ?? null }).slice(0, 8);
  return {
    ApiName: definition.ApiName,
    Description: description(request, hash),
    RequestConfig: JSON.stringify(definition.RequestConfig),
    ServiceConfig: JSON.stringify(definition.ServiceConfig),
    RequestParameters: JSON.stringify(definition.RequestParameters),
    ServiceParameters: JSON.stringify(definition.ServiceParameters),
    ServiceParametersMap: JSON.stringify(definition.ServiceParametersMap),
  };
}

/** As {@link apiDefinition}; undefined where no route can be so. */
export function sentDefinition(request: DefinedRoute, basePath: string): ApiDefinition | undefined {
  try {
    return apiDefinition(request, basePath);
  } catch (error) {
    if (isPosternError(error)) return undefined;

    throw error;
  }
}

/** The backend of an API: an authorization, or an address. */
export function backend(target: Target, scheme: string, serverName: string | undefined): object {
  if (!isPlainId(target.id)) return { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: target.id, VpcScheme: scheme } };
  if (serverName !== undefined && serverName !== '') {
    throw new UnsupportedError(`an address (${target.id}) cannot have a server name`, {
      remedy: 'Name the ECS or CLB instance behind it, or remove tls.serverName.',
    });
  }

  return { ServiceVpcEnable: 'FALSE', ServiceAddress: `${scheme.toLowerCase()}://${target.id}` };
}

/** A path below a group's base path. */
export function joined(basePath: string, path: string): string {
  const base = basePath.replace(/(?<!\/)\/+$/, '');
  return base === '' ? path : `${base}${path}`;
}
