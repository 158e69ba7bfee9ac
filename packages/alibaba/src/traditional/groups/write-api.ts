import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  isMarkOf,
  isPosternError,
  type RouteCall,
  CloudError,
  unlessGone,
  type RouteTest,
  type TestCallAnswer,
} from '@postern/core/internal/adapter';
import { sent, flagOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { type Definition, definitionOf } from './adopted-api.js';
import { AS_CREATED } from './api-definition.js';
import { formerDescription, publishedDescription, isPathOf } from './description.js';
import { isBefore, listApis, listPublished } from './api-list.js';
import { endOf, type ApiOutput, getApi, requireGroup } from './api.js';
import { listVpcAccesses } from '../instances/vpc-access.js';
import { isPlainId } from '../../cloud/target-ref.js';

/** Where a route is published that names no stage. */
export const DEFAULT_STAGES = ['RELEASE'] as const;

/**
 * Creates the draft of an API. Names and paths are unique in a group, so this is safe to repeat: a create that is refused because
 * the API exists finds a managed API, which another try created.
 * @see https://www.alibabacloud.com/help/doc-detail/43623.htm
 * @throws {CloudError} `ALREADY_EXISTS` for an API of another owner, or one that lists do not show yet
 */
export async function createApi(
  session: Session,
  { gatewayId, key, owner }: RouteCall,
  definition: Definition,
  ctx: CallContext,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const query = { GroupId: gatewayId, ...definition, ...AS_CREATED };
  try {
    const { ApiId } = await session.call(ctx, 'CloudAPI', 'CreateApi', query, 'idempotent');
    return { id: sent(ApiId, 'ApiId', 'CreateApi', true), isNew: true };
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    const apis = await listApis(session, gatewayId, ctx);
    const existing = apis.find(({ method, path }) => isPathOf(key, method, path));
    if (existing === undefined || !isMarkOf(existing.owner, owner)) throw error;

    return { id: existing.id, isNew: false };
  }
}

type Service = NonNullable<ApiOutput['ServiceConfig']>;

/** Whether a draft calls its backend as a definition does. */
export function callsAs(is: Service, { ServiceConfig }: Definition): boolean {
  const wanted = JSON.parse(ServiceConfig) as Service;
  const method = ({ ServiceHttpMethod = 'ANY' }: Service): string => ServiceHttpMethod.toUpperCase();
  const end = (service: Service): string => `${endOf(service)} ${service.VpcConfig?.VpcScheme?.toUpperCase() ?? ''}`;
  return end(is) === end(wanted) && method(is) === method(wanted);
}

/**
 * Updates an API. Settings that the route does not contain keep their current values: who may call the API,
 * and from where.
 */
export async function modifyApi(
  session: Session,
  before: ApiOutput,
  apiId: string,
  { gatewayId }: RouteCall,
  definition: Definition,
  ctx: CallContext,
): Promise<void> {
  const kept = {
    Visibility: before.Visibility,
    AuthType: before.AuthType,
    AppCodeAuthType: before.AppCodeAuthType,
    AllowSignatureMethod: before.AllowSignatureMethod,
    DisableInternet: before.DisableInternet,
    ForceNonceCheck: before.ForceNonceCheck,
  };
  await session.call(ctx, 'CloudAPI', 'ModifyApi', { GroupId: gatewayId, ApiId: apiId, ...kept, ...definition });
}

/** Members of a backend that a definition decides. */
const OF_BACKEND = [
  'ServiceProtocol',
  'ServiceVpcEnable',
  'ServiceAddress',
  'ServicePath',
  'ServiceHttpMethod',
  'ServiceTimeout',
  'Mock',
] as const;
const OF_REQUEST = ['RequestProtocol', 'RequestHttpMethod', 'RequestPath', 'RequestMode'] as const;

/** Whether a draft is what was sent, and has nothing else that a definition can have. */
function isExactly(api: ApiOutput, definition: Definition): boolean {
  const { RequestConfig: request = {}, ServiceConfig: service = {} } = api;
  const sentRequest = JSON.parse(definition.RequestConfig) as typeof request;
  const sentService = JSON.parse(definition.ServiceConfig) as Service;
  const alike = (one: unknown, other: unknown): boolean =>
    String(one ?? '').toUpperCase() === String(other ?? '').toUpperCase();
  return (
    formerDescription(definition.Description) === undefined &&
    api.Description === definition.Description &&
    api.ApiName === definition.ApiName &&
    api.Visibility === AS_CREATED.Visibility &&
    api.AuthType === AS_CREATED.AuthType &&
    api.BackendEnable !== true &&
    service.FunctionComputeConfig === undefined &&
    service.VpcConfig?.Name === sentService.VpcConfig?.Name &&
    alike(service.VpcConfig?.VpcScheme, sentService.VpcConfig?.VpcScheme) &&
    OF_BACKEND.every((name) => alike(service[name], sentService[name])) &&
    OF_REQUEST.every((name) => alike(request[name], sentRequest[name])) &&
    (api.ConstantParameters?.ConstantParameter ?? []).length === 0 &&
    (api.SystemParameters?.SystemParameter ?? []).length === 0
  );
}

/** What is known of a draft when it is published. */
interface WrittenDraft {
  /** As it was read: before, where this run has not changed it, otherwise after the change. */
  readonly draft: ApiOutput | undefined;
  /** This run has not changed it, so that stages may show it already. */
  readonly isSame: boolean;
}

/**
 * Publishes to the stages of the route: to those that do not show this definition yet. The publication names the second of the
 * draft's last change, where a reading after it shows exactly the definition.
 * @param written undefined: it was just created, and no stage shows it
 */
export async function publishApi(
  session: Session,
  { gatewayId, stages = DEFAULT_STAGES }: RouteCall,
  apiId: string,
  definition: Definition,
  ctx: CallContext,
  written?: WrittenDraft,
): Promise<void> {
  const { draft, isSame = false } = written ?? {};
  const time = draft !== undefined && isExactly(draft, definition) ? draft.ModifiedTime : undefined;
  for (const stage of stages) {
    const shown = isSame ? (await listPublished(session, gatewayId, stage, ctx, apiId)).get(apiId) : undefined;
    if (shown?.description === definition.Description && !isBefore(shown.deployedTime, draft?.ModifiedTime)) continue;

    await session.call(ctx, 'CloudAPI', 'DeployApi', {
      GroupId: gatewayId,
      ApiId: apiId,
      StageName: stage,
      Description: publishedDescription(definition.Description, time),
    });
  }
}

/**
 * Removes the mark of an API from its description, which is the route key then, or what it was before the API was adopted. ModifyApi takes a whole definition,
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
  const existing = apis?.find(({ method, path }) => isPathOf(key, method, path));
  if (existing?.owner === undefined) return;
  if (!isMarkOf(existing.owner, owner)) {
    throw new CloudError('NOT_OURS', `${key} of ${groupId} does not carry the mark of ${owner.project}`, {
      operation: 'ModifyApi',
      remedy: 'Plan again: the API was created or changed outside of this project.',
    });
  }

  const api = await getApi(session, groupId, existing.id, ctx);
  if (api === undefined) return;

  // An adopted API gets the description that it had; an empty one may be left as it is by the service [U].
  const Description = formerDescription(existing.description) || key;
  const query = { ...definitionOf(api), GroupId: groupId, ApiId: existing.id, Description };
  await unlessGone(session.call(ctx, 'CloudAPI', 'ModifyApi', query));
}

/**
 * Has the service connect from an instance, by default the group's own, to the target of an authorization. No
 * request is sent.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-validatevpcconnectivity
 * @throws {CloudError} `NOT_FOUND` for an authorization that does not exist.
 */
export async function testAccess(session: Session, call: RouteTest, ctx: CallContext): Promise<TestCallAnswer> {
  const { gatewayId, linkId, targetId } = call;
  if (targetId === undefined || isPlainId(targetId)) {
    return { outcome: 'unknown', because: 'the target has no authorization, and only these can be tested' };
  }

  const [access] = await listVpcAccesses(session, ctx, { name: targetId });
  if (access === undefined) {
    throw new CloudError('NOT_FOUND', `authorization ${targetId} does not exist`, { operation: 'DescribeVpcAccesses' });
  }

  const InstanceId = linkId ?? (await requireGroup(session, gatewayId, ctx)).InstanceId ?? '';
  const query = { InstanceId, VpcAccessId: access.id };
  const { Connected } = await session.call(ctx, 'CloudAPI', 'ValidateVpcConnectivity', query, 'read');
  const way = `${InstanceId} to ${access.instanceId} port ${access.port}`;
  if (Connected === undefined)
    return { outcome: 'unknown', because: `the service did not say whether ${way} connects` };

  return flagOf(Connected)
    ? { outcome: 'connected', because: `${way} connects` }
    : { outcome: 'failed', because: `${way} does not connect` };
}
