import type { CallContext } from '@postern/core';
import { backendParameters, type RouteCall } from '@postern/core/adapter';
import type { PatchOperation, PutIntegrationInput, RestIntegrationOutput } from '../../../sdk-types.js';
import { backendUri, type NameOf } from './backend-uri.js';
import { changedEntries, replaced } from './patch.js';
import type { RoutePlace } from '../route-place.js';

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
    ...(timeout === undefined ? {} : { timeoutInMillis: timeout }),
    ...(stream === undefined ? {} : { responseTransferMode: stream ? 'STREAM' : 'BUFFERED' }),
    ...unmanaged(proxy),
  };
}

/** What no spec declares, and PutIntegration would reset. */
function unmanaged({
  passthroughBehavior,
  cacheNamespace,
  cacheKeyParameters,
  tlsConfig,
}: RestIntegrationOutput = {}): Partial<WantedIntegration> {
  return {
    ...(passthroughBehavior === undefined ? {} : { passthroughBehavior }),
    ...(cacheNamespace === undefined ? {} : { cacheNamespace }),
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
