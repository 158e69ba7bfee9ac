import type { CallContext, TargetTls } from '@postern/core/internal/library';
import {
  defined,
  type ParameterForm,
  type Route,
  type RouteCall,
  PARAMETER_FORMS,
} from '@postern/core/internal/adapter';
import type { CreateIntegrationInput, IntegrationOutput, IntegrationShape } from '../sdk-types.js';
import type { NameOf, Leading } from '../gateways/integration-target.js';
import { writtenPath } from '../cloud/backend-paths.js';
import { checkParameters, checkTimeout, checkTls, declaredParameters, invalid } from '../gateways/declared-route.js';

/** How an integration names its target, and how it calls it. */
export type BackendInput = Pick<
  CreateIntegrationInput,
  'IntegrationMethod' | 'IntegrationUri' | 'PayloadFormatVersion' | 'TlsConfig'
>;

/**
 * What distinguishes private integrations of HTTP APIs and of WebSocket APIs. Routes, marks and deployments are
 * the same.
 */
export interface ApiProtocol {
  readonly kind: 'http-api' | 'websocket-api';
  /** The allowed values of `TimeoutInMillis`. The largest is the default. */
  readonly timeoutMs: { readonly smallest: number; readonly largest: number };
  readonly parameters: ParameterForm;
  /** Whether a request parameter does not come from the setting `parameters`: the path, the host. */
  readonly isOwnParameter: (key: string) => boolean;
  /** These parameters. `kept` are the parameters of the integration that the route has now. */
  readonly ownParameters: (
    request: Pick<RouteCall, 'use' | 'settings'>,
    kept: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
  /** @throws {InvalidInputError} `INVALID_INPUT` for what no route of such an API can have. */
  readonly check: (request: RouteCall) => void;
  /** `kept` is the integration that the route has now, `nameOf` the DNS name of a load balancer. */
  readonly backend: (
    request: RouteCall,
    kept: IntegrationOutput | undefined,
    nameOf: NameOf,
    ctx: CallContext,
  ) => Promise<BackendInput>;
  /** The parts of the call that the route must declare, because its integration uses them. */
  readonly routeParameters: (request: RouteCall) => readonly string[];
  /**
   * What link and target of an integration follow from, together with the load balancers of links and with stage
   * variables. Undefined where it names both itself.
   */
  readonly leading?: ((integration: IntegrationShape) => Leading) | undefined;
  /** What else of a route is in its integration. */
  readonly shape: (integration: IntegrationShape) => Pick<Route, 'tls' | 'path' | 'keepsPath' | 'writtenPath'>;
  /** The `Host` of calls to the backend, where the integration sets it. */
  readonly host: (integration: IntegrationShape) => string | undefined;
}

const TIMEOUT_MS = { smallest: 50, largest: 30_000 } as const;

const PATH = 'overwrite:path';
/**
 * Without it a stage's name is put before the path that the backend sees, on every stage but `$default`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
const REQUEST_PATH = '$request.path';

/**
 * The `Host` of backend requests: it is not one of the reserved headers. Its value must be a constant [U].
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
const HOST = 'overwrite:header.host';

/**
 * Private integrations of HTTP APIs. The target is named by the ARN of a listener or of a Cloud Map service.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const HTTP_PROTOCOL: ApiProtocol = {
  kind: 'http-api',
  timeoutMs: TIMEOUT_MS,
  parameters: PARAMETER_FORMS['http-api'],
  isOwnParameter: (key) => key === PATH || isHost(key),
  ownParameters: ({ use, settings }, kept) => {
    const path = use.path === 'overwrite' ? REQUEST_PATH : keptPath(kept);
    return { ...defined({ [PATH]: path, [HOST]: settings?.host ?? hostIn(kept) }) };
  },
  check: (request) => {
    checkTls(request);
    checkTimeout(request, TIMEOUT_MS);
    checkParameters(request);
    checkConstants(request);
  },
  backend: ({ use: { target, tls } }) =>
    Promise.resolve({
      IntegrationMethod: 'ANY',
      IntegrationUri: target.id,
      PayloadFormatVersion: '1.0',
      ...(tls === undefined
        ? {}
        : { TlsConfig: tls.serverName === undefined ? {} : { ServerNameToVerify: tls.serverName } }),
    }),
  routeParameters: () => [],
  shape: (integration) => ({
    tls: tlsOf(integration),
    path: integration.RequestParameters?.[PATH] === REQUEST_PATH ? 'overwrite' : 'keep',
    ...(isPathWritten(integration) ? {} : { keepsPath: true }),
    ...writes(integration),
  }),
  host: ({ RequestParameters }) => hostIn(RequestParameters),
};

function writes({ RequestParameters }: IntegrationShape): Pick<Route, 'writtenPath'> {
  const path = writtenPath(RequestParameters ?? {});
  return path === undefined ? {} : { writtenPath: path };
}

/** Whether a parameter changes the path: `overwrite:path` writes another one. */
function isPathWritten({ RequestParameters = {} }: IntegrationShape): boolean {
  return Object.keys(RequestParameters ?? {}).some((key) => /^(?:overwrite|append|remove):path$/i.test(key));
}

function isHost(key: string): boolean {
  return key.toLowerCase() === HOST;
}

function hostIn(parameters: Readonly<Record<string, string>> = {}): string | undefined {
  return Object.entries(parameters).find(([key]) => isHost(key))?.[1];
}

/** A path that another writer set. */
function keptPath(kept: Readonly<Record<string, string>>): string | undefined {
  return kept[PATH] === REQUEST_PATH ? undefined : kept[PATH];
}

/** How an integration speaks TLS to its target, in the portable form; undefined: plain HTTP. */
function tlsOf({ TlsConfig }: IntegrationShape): TargetTls | undefined {
  if (TlsConfig === undefined || TlsConfig === null) return undefined;

  return TlsConfig.ServerNameToVerify === undefined ? {} : { serverName: TlsConfig.ServerNameToVerify };
}

/**
 * A constant is written without quotes. A dollar sign would begin a variable, and no text removes the parameter.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
function checkConstants(request: Pick<RouteCall, 'key' | 'settings'>): void {
  for (const { part, name, source } of declaredParameters(request)) {
    if (source !== "''" && !(source.startsWith("'") && source.includes('$'))) continue;

    throw invalid(
      `the constant of ${part} parameter ${name} of route ${request.key} is ${source}`,
      'Write a constant that is not empty and has no dollar sign.',
    );
  }
}
