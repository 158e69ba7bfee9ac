import type { CallContext } from '@postern/core/internal/library';
import {
  defined,
  backendParameters,
  formerText,
  methodParameters,
  usersOfMark,
  type RouteCall,
  CloudError,
  isPosternError,
} from '@postern/core/internal/adapter';
import type {
  PatchOperation,
  PutMethodInput,
  RestMethodOutput,
  PutIntegrationInput,
  RestIntegrationOutput,
} from '../../../sdk-types.js';
import type { Session } from '../../../client/session.js';
import { formatMethodMark } from '../../rest-owner.js';
import type { RoutePlace } from '../resource-trees.js';
import { isResourceId, backendUri, type NameOf } from '../../../gateways/integration-target.js';
import { escaped } from '../../cloud/method-throttles.js';

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

/** How callers of a method are authorized, as API Gateway writes it. */
interface Authorization {
  readonly authorizationType: string;
  readonly authorizerId?: string;
}

/**
 * What the setting `authorizer` means: `none`, `iam`, or the ID of an authorizer, whose type is read. `is` is
 * the method as it is now.
 * @throws {CloudError} `NOT_FOUND` where the API has no such authorizer
 */
async function authorizationOf(
  session: Session,
  restApiId: string,
  authorizer: string,
  ctx: CallContext,
  is?: RestMethodOutput,
): Promise<Authorization> {
  if (authorizer === 'none') return { authorizationType: 'NONE' };
  if (authorizer === 'iam') return { authorizationType: 'AWS_IAM' };

  const { authorizationType, authorizerId } = is ?? {};
  if (authorizerId === authorizer && authorizationType !== undefined) return { authorizationType, authorizerId };

  const type = await typeOf(session, restApiId, authorizer, ctx);
  return { authorizationType: type === undefined || OF_FUNCTION.has(type) ? 'CUSTOM' : type, authorizerId: authorizer };
}

/** The authorizers of Lambda functions. Methods name all others by their own type: `COGNITO_USER_POOLS`, `JWT`. */
const OF_FUNCTION: ReadonlySet<string> = new Set(['TOKEN', 'REQUEST']);

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
async function typeOf(
  session: Session,
  restApiId: string,
  authorizerId: string,
  ctx: CallContext,
): Promise<string | undefined> {
  if (!isResourceId(authorizerId)) throw unknown(restApiId, authorizerId);

  try {
    const { type } = await session.call(ctx, 'apigateway', 'GetAuthorizer', { restApiId, authorizerId });
    return type;
  } catch (error) {
    throw isPosternError(error, 'NOT_FOUND') ? unknown(restApiId, authorizerId, error) : error;
  }
}

function unknown(restApiId: string, authorizerId: string, cause?: unknown): CloudError {
  return new CloudError('NOT_FOUND', `${restApiId} has no authorizer ${authorizerId}`, {
    operation: 'GetAuthorizer',
    remedy: 'Write the ID of an authorizer of this REST API, `iam` or `none`.',
    cause,
  });
}

/** The integration of a route as declared. What is not declared is as `is` has it, or API Gateway's default. */
export type WantedIntegration = Omit<PutIntegrationInput, 'restApiId' | 'resourceId' | 'httpMethod'> & {
  readonly uri: string;
};

/**
 * The integration of a route. A V2 link needs the load balancer as well; a V1 link has one, and the service
 * refuses another.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export async function integrationInput(
  request: RouteCall,
  { path, verb }: RoutePlace,
  is: RestIntegrationOutput | undefined,
  nameOf: NameOf,
  ctx: CallContext,
): Promise<WantedIntegration> {
  const { linkId, linkKind, use, settings = {} } = request;
  const proxy = is?.type === 'HTTP_PROXY' ? is : undefined;
  const timeout = settings.timeoutMs ?? proxy?.timeoutInMillis;
  const stream = settings.stream ?? (proxy?.responseTransferMode === undefined ? undefined : isStream(proxy));
  return {
    type: 'HTTP_PROXY',
    integrationHttpMethod: verb,
    uri: await backendUri(request, path, proxy, nameOf, ctx),
    connectionType: 'VPC_LINK',
    connectionId: linkId,
    ...(linkKind === 'vpc-link-v1' ? {} : { integrationTarget: use.target.resourceId ?? '' }),
    requestParameters: { ...backendParameters(path, settings.parameters, proxy?.requestParameters) },
    ...defined({ timeoutInMillis: timeout }),
    ...(stream === undefined ? {} : { responseTransferMode: stream ? 'STREAM' : 'BUFFERED' }),
    ...unmanaged(proxy),
  };
}

/** What no spec declares, and PutIntegration would reset. */
export function unmanaged({
  passthroughBehavior,
  cacheNamespace,
  cacheKeyParameters,
  tlsConfig,
}: RestIntegrationOutput = {}): Partial<WantedIntegration> {
  return {
    ...defined({ passthroughBehavior, cacheNamespace }),
    ...(cacheKeyParameters === undefined ? {} : { cacheKeyParameters: [...cacheKeyParameters] }),
    ...(tlsConfig?.insecureSkipVerification === undefined
      ? {}
      : { tlsConfig: { insecureSkipVerification: tlsConfig.insecureSkipVerification } }),
  };
}

/**
 * Whether an integration cannot be changed in place: its type has no patch, and whether a patch can remove
 * `integrationTarget` is not documented [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
export function needsPut(is: RestIntegrationOutput | undefined, wanted: WantedIntegration): boolean {
  if (is === undefined || is.type !== wanted.type || is.connectionType !== wanted.connectionType) return true;

  return is.integrationTarget !== undefined && wanted.integrationTarget === undefined;
}

/**
 * The changes that make an integration as wanted, as one list: all of them apply, or none. One by one, a change
 * from a V1 link to a V2 link would be refused between the ID and the target.
 */
export function integrationPatches(is: RestIntegrationOutput, wanted: WantedIntegration): readonly PatchOperation[] {
  const { timeoutInMillis: timeout, responseTransferMode: mode } = wanted;
  return [
    ...replaced('/connectionId', is.connectionId, wanted.connectionId),
    ...replaced('/integrationTarget', is.integrationTarget, wanted.integrationTarget),
    ...replaced('/uri', is.uri, wanted.uri),
    ...replaced('/httpMethod', is.httpMethod, wanted.integrationHttpMethod),
    ...replaced('/responseTransferMode', isStream(is) ? 'STREAM' : 'BUFFERED', mode),
    ...replaced('/timeoutInMillis', is.timeoutInMillis?.toString(), timeout?.toString()),
    ...changedEntries('/requestParameters', is.requestParameters ?? {}, wanted.requestParameters ?? {}),
  ];
}

function isStream({ responseTransferMode }: RestIntegrationOutput): boolean {
  return responseTransferMode === 'STREAM';
}

/** The change of a text; none where it is as wanted, or nothing is wanted. An empty text is one that is not set. */
export function replaced(path: string, is: string | undefined, wanted: string | undefined): readonly PatchOperation[] {
  return wanted === undefined || wanted === (is ?? '') ? [] : [{ op: 'replace', path, value: wanted }];
}

/** The changes of a map with text values, whose entries are named in the path: `/requestParameters/<key>`. */
function changedEntries(
  path: string,
  is: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): readonly PatchOperation[] {
  const removed = Object.keys(is).filter((key) => !Object.hasOwn(wanted, key));
  return [
    ...removed.map((key): PatchOperation => ({ op: 'remove', path: `${path}/${escaped(key)}` })),
    ...Object.entries(wanted)
      .filter(([key, value]) => is[key] !== value)
      .map(([key, value]): PatchOperation => ({
        op: Object.hasOwn(is, key) ? 'replace' : 'add',
        path: `${path}/${escaped(key)}`,
        value,
      })),
  ];
}
