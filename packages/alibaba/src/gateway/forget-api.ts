import { CloudError, isMarkOf, unlessGone, type CallContext, type Owner } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { getApi, type ApiOutput } from './api.js';
import { listApis } from './api-list.js';
import { isPathOf } from './route-key.js';

/**
 * Removes the mark of an API from its description, which is the route key then. ModifyApi takes a whole definition,
 * so the draft is written back as it was read. What is published stays, with its own description.
 * @see https://help.aliyun.com/document_detail/43604.html
 * @throws {CloudError} `NOT_OURS`
 */
export async function forgetApi(
  session: Session,
  groupId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
): Promise<void> {
  const apis = await unlessGone(listApis(session, groupId, ctx));
  const there = apis?.find(({ method, path }) => isPathOf(key, method, path));
  if (there?.owner === undefined) return;
  if (!isMarkOf(there.owner, owner)) {
    throw new CloudError('NOT_OURS', `${key} of ${groupId} does not carry the mark of ${owner.project}`, {
      operation: 'ModifyApi',
      remedy: 'Plan again: the API was created or changed outside of this project.',
    });
  }
  const api = await getApi(session, groupId, there.id, ctx);
  if (api === undefined) return;
  const query = { ...definitionOf(api), GroupId: groupId, ApiId: there.id, Description: key };
  await unlessGone(session.call(ctx, 'CloudAPI', 'ModifyApi', query));
}

/** The parameters of ModifyApi that leave an API as it is. Structures are JSON texts. */
function definitionOf(api: ApiOutput) {
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
