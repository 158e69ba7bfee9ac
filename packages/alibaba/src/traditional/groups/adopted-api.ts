import type { CallContext } from '@postern/core/internal/library';
import { CloudError, hashJson, isMarkOf, type Claim, type RouteCall } from '@postern/core/internal/adapter';
import type { Session } from '../../client/session.js';
import { adoptedDescription, description, formerDescription, isPathOf, toApiPath } from './description.js';
import { apiDefinition, backend, joined, type ApiDefinition } from './api-definition.js';
import { listApis } from './api-list.js';
import { getApi, type ApiOutput } from './api.js';

/**
 * Writes the mark of an API that exists into its description, and keeps the text that was there behind it. ModifyApi takes a
 * whole definition, so the draft is written back as it was read. What is published stays as it is.
 * @throws {CloudError} `NOT_OURS`, `NOT_FOUND`. {UnsupportedError} where the description leaves no room for the mark
 */
export async function adoptApi(
  session: Session,
  groupId: string,
  key: string,
  owner: Claim,
  ctx: CallContext,
): Promise<void> {
  const existing = (await listApis(session, groupId, ctx)).find(({ method, path }) => isPathOf(key, method, path));
  const api = existing && (await getApi(session, groupId, existing.id, ctx));
  if (api === undefined || existing === undefined) {
    throw new CloudError('NOT_FOUND', `API group ${groupId} has no API ${key}`, {
      operation: 'DescribeApis',
      remedy: 'Plan again: another writer deleted the API.',
    });
  }
  if (isMarkOf(existing.owner, owner)) return;
  if (existing.owner !== undefined) {
    throw new CloudError('NOT_OURS', `${key} of ${groupId} carries the mark of ${existing.owner.project}`, {
      operation: 'ModifyApi',
      remedy: 'Plan again: another project has adopted the API.',
    });
  }

  const Description = adoptedDescription({ gatewayId: groupId, owner, key }, api.Description ?? '');
  await session.call(ctx, 'CloudAPI', 'ModifyApi', {
    ...definitionOf(api),
    GroupId: groupId,
    ApiId: existing.id,
    Description,
  });
}

/** The definition of a route; of an adopted API what others defined stays. */
export function definitionFor(before: ApiOutput | undefined, request: RouteCall, basePath = ''): Definition {
  return before === undefined || formerDescription(before.Description ?? '') === undefined
    ? apiDefinition(request, basePath)
    : adoptedDefinition(before, request, basePath);
}

/** What is written of an API, in whichever members. */
export type Definition = Pick<ApiDefinition, 'ApiName' | 'Description' | 'RequestConfig' | 'ServiceConfig'>;

/**
 * The definition of an adopted API with another backend: what others defined of it stays, and so does the description that it
 * had.
 * @throws as `apiDefinition`
 */
function adoptedDefinition(api: ApiOutput, request: RouteCall, basePath: string) {
  const { target, tls, path: mode } = request.use;
  const { method, path } = toApiPath(request.key);
  const {
    ServiceVpcEnable: _enabled,
    VpcConfig: _vpc,
    ServiceAddress: _address,
    ServicePath: _path,
    ...kept
  } = api.ServiceConfig ?? {};
  const ServiceConfig = JSON.stringify({
    ...kept,
    ServiceProtocol: 'HTTP',
    ...backend(target, tls === undefined ? 'HTTP' : 'HTTPS', tls?.serverName),
    ServiceHttpMethod: method,
    ...(mode === 'keep' ? {} : { ServicePath: joined(basePath, path) }),
    Mock: 'FALSE',
  });
  const definition = { ...definitionOf(api), ServiceConfig };
  const hash = hashJson({ ...definition, serverName: tls?.serverName ?? null }).slice(0, 8);
  return { ...definition, Description: description(request, hash, formerDescription(api.Description ?? '') ?? '') };
}

/** The parameters of ModifyApi that leave an API as it is. Structures are JSON texts. */
export function definitionOf(api: ApiOutput) {
  const { ServiceConfig: service = {}, BackendEnable, BackendConfig } = api;
  const { VpcConfig: vpc } = service;
  // The name alone determines instance and port, which are read only.
  const VpcConfig = vpc && { Name: vpc.Name, VpcScheme: vpc.VpcScheme };
  const text = (value: object | undefined): string | undefined =>
    value === undefined || Object.keys(value).length === 0 ? undefined : JSON.stringify(value);
  return {
    ApiName: api.ApiName ?? '',
    Visibility: api.Visibility,
    AuthType: api.AuthType,
    AppCodeAuthType: api.AppCodeAuthType,
    AllowSignatureMethod: api.AllowSignatureMethod,
    DisableInternet: api.DisableInternet,
    ForceNonceCheck: api.ForceNonceCheck,
    RequestConfig: JSON.stringify(api.RequestConfig ?? {}),
    ServiceConfig: JSON.stringify({ ...service, ...(VpcConfig && { VpcConfig }) }),
    RequestParameters: text(api.RequestParameters?.RequestParameter),
    SystemParameters: text(api.SystemParameters?.SystemParameter),
    ConstantParameters: text(api.ConstantParameters?.ConstantParameter),
    ServiceParameters: text(api.ServiceParameters?.ServiceParameter),
    ServiceParametersMap: text(api.ServiceParametersMap?.ServiceParameterMap),
    ErrorCodeSamples: text(api.ErrorCodeSamples?.ErrorCodeSample),
    OpenIdConnectConfig: text(api.OpenIdConnectConfig),
    ResultType: api.ResultType,
    ResultSample: api.ResultSample,
    FailResultSample: api.FailResultSample,
    ResultBodyModel: api.ResultBodyModel,
    WebSocketApiType: api.WebSocketApiType,
    BackendEnable,
    BackendId: BackendConfig?.BackendId,
  };
}
