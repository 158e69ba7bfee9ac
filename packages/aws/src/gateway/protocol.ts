import type { CallContext } from '@postern/core';
import type { ParameterForm, Route, RouteCall } from '@postern/core/adapter';
import type { CreateIntegrationInput, IntegrationOutput } from '../sdk-types.js';
import type { NameOf } from '../rest-api/write/method/backend-uri.js';
import type { Leading } from '../rest-api/stage-variables.js';

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
  readonly leading?: ((integration: IntegrationOutput) => Leading) | undefined;
  /** What else of a route is in its integration. */
  readonly shape: (integration: IntegrationOutput) => Pick<Route, 'tls' | 'path' | 'keepsPath'>;
  /** The `Host` of calls to the backend, where the integration sets it. */
  readonly host: (integration: IntegrationOutput) => string | undefined;
}
