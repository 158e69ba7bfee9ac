import type { CallContext } from '@postern/core';
import type { RouteCall } from '@postern/core/adapter';
import type { RouteInput, RouteOutput } from '../sdk-types.js';
import { authorizationChanges, authorizationInput } from './authorization.js';
import type { RouteSession } from './made-integrations.js';

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
  { Target, RequestParameters = {}, ...wanted }: RouteInput,
): RouteInput {
  const has = before.RequestParameters ?? {};
  const isLacking = Object.keys(RequestParameters).some((part) => !Object.hasOwn(has, part));
  return {
    ...(Target === undefined || before.Target === Target ? {} : { Target }),
    ...authorizationChanges(before, wanted),
    ...(isLacking ? { RequestParameters: { ...required(has), ...RequestParameters } } : {}),
  };
}

function required(parts: NonNullable<RouteOutput['RequestParameters']>): Record<string, { Required: boolean }> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, { Required }]) => [part, { Required: Required === true }]),
  );
}
