import type { CallContext } from '@postern/core';
import { backendParameters, formerText, methodParameters, usersOfMark, type RouteCall } from '@postern/core/adapter';
import type { PatchOperation, PutMethodInput, RestMethodOutput } from '../../../sdk-types.js';
import type { Session } from '../../../client/session.js';
import { formatMethodMark } from '../../rest-owner.js';
import { authorizationOf } from './authorization.js';
import { changedEntries, replaced } from './patch.js';
import type { RoutePlace } from '../route-place.js';

/** The method of a new route, with its mark. A setting that is not declared has API Gateway's default. */
export async function methodInput(
  session: Session,
  request: RouteCall,
  place: RoutePlace,
  created: readonly string[],
  ctx: CallContext,
): Promise<Omit<PutMethodInput, 'restApiId' | 'resourceId' | 'httpMethod'>> {
  const { owner, settings = {} } = request;
  const authorization = await authorizationOf(session, place.apiId, settings.authorizer ?? 'none', ctx);
  return {
    ...authorization,
    operationName: formatMethodMark(owner, place, created),
    apiKeyRequired: settings.apiKey === true,
    requestParameters: { ...methodParameters(place.path, backendParameters(place.path, settings.parameters)) },
    ...(settings.scopes === undefined || settings.scopes.length === 0
      ? {}
      : { authorizationScopes: [...settings.scopes] }),
  };
}

/**
 * The changes that make a method as declared, its mark included. A setting that is not declared stays, and so
 * do parameters that the method declares besides. The mark keeps the resources that it names.
 */
export async function methodPatches(
  session: Session,
  request: RouteCall,
  place: RoutePlace,
  is: RestMethodOutput,
  created: readonly string[],
  ctx: CallContext,
): Promise<readonly PatchOperation[]> {
  const { owner, settings = {} } = request;
  const resources = [...new Set([...usersOfMark(is.operationName), ...created])];
  const { authorizer, apiKey, scopes, parameters } = settings;
  const backend = backendParameters(place.path, parameters, is.methodIntegration?.requestParameters);
  const former = formerText(is.operationName);
  const mark = formatMethodMark(owner, place, resources, former);
  return [
    ...replaced('/operationName', is.operationName, mark),
    ...(authorizer === undefined ? [] : await authorizationPatches(session, place.apiId, authorizer, is, ctx)),
    ...replaced('/apiKeyRequired', String(is.apiKeyRequired === true), apiKey === undefined ? apiKey : String(apiKey)),
    ...(scopes === undefined ? [] : scopePatches(is.authorizationScopes ?? [], scopes)),
    ...parameterPatches(is.requestParameters ?? {}, methodParameters(place.path, backend)),
  ];
}

async function authorizationPatches(
  session: Session,
  apiId: string,
  authorizer: string,
  is: RestMethodOutput,
  ctx: CallContext,
): Promise<readonly PatchOperation[]> {
  const wanted = await authorizationOf(session, apiId, authorizer, ctx, is);
  return [
    ...replaced('/authorizationType', is.authorizationType, wanted.authorizationType),
    ...replaced('/authorizerId', is.authorizerId, wanted.authorizerId),
  ];
}

/** Scopes are named by the value, not by the path. */
function scopePatches(is: readonly string[], wanted: readonly string[]): readonly PatchOperation[] {
  const path = '/authorizationScopes';
  return [
    ...is.filter((one) => !wanted.includes(one)).map((value): PatchOperation => ({ op: 'remove', path, value })),
    ...wanted.filter((one) => !is.includes(one)).map((value): PatchOperation => ({ op: 'add', path, value })),
  ];
}

/** Only what is missing: whether a declared parameter is required is not managed. */
function parameterPatches(
  is: Readonly<Record<string, boolean>>,
  wanted: Readonly<Record<string, boolean>>,
): readonly PatchOperation[] {
  const missing = Object.entries(wanted).filter(([name]) => !Object.hasOwn(is, name));
  return changedEntries(
    '/requestParameters',
    {},
    Object.fromEntries(missing.map(([name, value]) => [name, `${value}`])),
  );
}
