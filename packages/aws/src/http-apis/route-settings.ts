import {
  defined,
  readParameters,
  sameParameters,
  writeParameters,
  type Route,
  type RouteCall,
} from '@postern/core/internal/adapter';
import type {
  CreateIntegrationInput,
  IntegrationOutput,
  RouteOutput,
  RouteInput,
  IntegrationShape,
} from '../sdk-types.js';
import type { ApiProtocol } from './protocol.js';
import type { CallContext } from '@postern/core/internal/library';
import { authorizationChanges, authorizationInput } from './authorization.js';
import type { RouteSession } from './integration-marks.js';

type SettingsInput = Pick<CreateIntegrationInput, 'TimeoutInMillis' | 'RequestParameters'>;

/**
 * The settings of the integration of a route. One that is not declared stays as it is in `kept`, the integration
 * that the route has now. A new route gets the default.
 */
export function integrationSettings(
  protocol: ApiProtocol,
  { use, settings }: Pick<RouteCall, 'use' | 'settings'>,
  kept?: IntegrationOutput,
): SettingsInput {
  const timeoutMs = settings?.timeoutMs ?? kept?.TimeoutInMillis;
  const before = kept?.RequestParameters ?? {};
  const others =
    settings?.parameters === undefined
      ? Object.fromEntries(Object.entries(before).filter(([key]) => !protocol.isOwnParameter(key)))
      : writeParameters(protocol.parameters, settings.parameters);
  const parameters = { ...others, ...protocol.ownParameters({ use, settings }, before) };
  return {
    ...(timeoutMs === undefined || timeoutMs === protocol.timeoutMs.largest ? {} : { TimeoutInMillis: timeoutMs }),
    ...(Object.keys(parameters).length === 0 ? {} : { RequestParameters: parameters }),
  };
}

/** Whether two integrations have the same settings, and one can serve the routes of the other. */
export function sameSettings(protocol: ApiProtocol, a: IntegrationShape, b: SettingsInput): boolean {
  return timeoutOf(protocol, a) === timeoutOf(protocol, b) && sameParameters(a.RequestParameters, b.RequestParameters);
}

function timeoutOf({ timeoutMs }: ApiProtocol, { TimeoutInMillis }: Pick<IntegrationOutput, 'TimeoutInMillis'>) {
  return TimeoutInMillis ?? timeoutMs.largest;
}

/** The settings of a route and of its integration over a link, in the portable form. */
export function toSettings(
  protocol: ApiProtocol,
  { AuthorizationType, AuthorizerId, AuthorizationScopes = [] }: RouteOutput,
  integration: Pick<IntegrationOutput, 'TimeoutInMillis' | 'RequestParameters' | 'IntegrationUri'>,
): NonNullable<Route['settings']> {
  const host = protocol.host(integration);
  const mapped = Object.entries(integration.RequestParameters ?? {}).filter(([key]) => !protocol.isOwnParameter(key));
  const parameters = readParameters(protocol.parameters, mapped);
  const authorizer = AUTHORIZERS.get(AuthorizationType) ?? AuthorizerId;
  return {
    ...defined({ host }),
    timeoutMs: timeoutOf(protocol, integration),
    ...defined({ parameters, authorizer }),
    ...(AuthorizationScopes.length === 0 ? {} : { scopes: [...AuthorizationScopes] }),
  };
}

const AUTHORIZERS = new Map<string | undefined, 'none' | 'iam'>([
  ['NONE', 'none'],
  ['AWS_IAM', 'iam'],
]);

/** What a route declares itself, besides its integration: authorization, and the parts of the call that parameters use. */
export async function routeInput(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<RouteInput> {
  const parts = session.protocol.routeParameters(request);
  return {
    ...(await authorizationInput(session, request, ctx)),
    ...(parts.length === 0
      ? {}
      : { RequestParameters: Object.fromEntries(parts.map((part) => [part, { Required: false }])) }),
  };
}

/** What of an input a route has otherwise; empty where it is as declared. */
export function routeChanges(
  before: RouteOutput,
  { Target, OperationName, RequestParameters = {}, ...wanted }: RouteInput,
): RouteInput {
  const has = before.RequestParameters ?? {};
  const isLacking = Object.keys(RequestParameters).some((part) => !Object.hasOwn(has, part));
  return {
    ...(Target === undefined || before.Target === Target ? {} : { Target }),
    ...(OperationName === undefined || before.OperationName === OperationName ? {} : { OperationName }),
    ...authorizationChanges(before, wanted),
    ...(isLacking ? { RequestParameters: { ...required(has), ...RequestParameters } } : {}),
  };
}

function required(parts: NonNullable<RouteOutput['RequestParameters']>): Record<string, { Required: boolean }> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, { Required }]) => [part, { Required: Required === true }]),
  );
}
