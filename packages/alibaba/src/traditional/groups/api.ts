import type { CallContext, TargetTls } from '@postern/core/internal/library';
import { defined, sentMethod, unlessGone, type Route } from '@postern/core/internal/adapter';
import type { Answer } from '../../client/apis/actions.js';
import { keyOfDescription, ownerOfApi } from './description.js';
import { isWord, numberOf, plain } from '../../client/plain.js';
import { isPathOf, toRouteKey } from './api-path.js';
import type { Session } from '../../client/session.js';
import type { VpcAccess } from '../instances/vpc-access.js';
import { isPlainId } from '../../cloud/target-ref.js';

/** A draft with its definition. */
export type ApiOutput = Answer<'CloudAPI', 'DescribeApi'>;

/** The draft of an API, or `undefined`. */
export function getApi(
  session: Session,
  groupId: string,
  apiId: string,
  ctx: CallContext,
): Promise<ApiOutput | undefined> {
  return unlessGone(session.call(ctx, 'CloudAPI', 'DescribeApi', { GroupId: groupId, ApiId: apiId }));
}

/** The facts that are needed to determine the target of an API. */
export interface ApiSurroundings {
  readonly groupId: string;
  /** The instance that the group is on: an API has no other link. */
  readonly instanceId: string | undefined;
  /** Authorizations by name. */
  readonly accesses: ReadonlyMap<string, VpcAccess>;
  /** The stages that show the draft as it is. */
  readonly stages?: readonly string[] | undefined;
}

/** An API in the portable form. */
export function toRoute(api: ApiOutput, around: ApiSurroundings): Route {
  const { RequestConfig: request = {}, ServiceConfig: service = {}, Description = '' } = api;
  const { RequestHttpMethod = '', RequestPath = '/' } = request;
  const described = keyOfDescription(Description);
  const base = {
    id: api.ApiId ?? '',
    gatewayId: around.groupId,
    // The key in the description counts as long as it means this path: `{rest+}` cannot be read from `*`.
    key:
      described !== undefined && isPathOf(described, RequestHttpMethod, RequestPath)
        ? described
        : toRouteKey(RequestHttpMethod, RequestPath),
    ...defined({ stages: around.stages }),
    raw: plain(api),
  };
  const targetId = targetIdOf(service);
  const owner = ownerOfApi(Description, { groupId: around.groupId, method: RequestHttpMethod, path: RequestPath });
  // A managed API that was set to Mock mode stays managed, and has no target.
  if (targetId === undefined) return isMock(service) && owner !== undefined ? { ...base, owner } : base;

  const sends = sentMethod(base.key, service.ServiceHttpMethod);
  return {
    ...base,
    linkId: around.instanceId,
    targetId,
    tls: tlsOf(service, around.accesses.get(targetId)),
    path: service.ServicePath ? 'overwrite' : 'keep',
    ...defined({ method: sends }),
    owner,
  };
}

/**
 * The target of a service configuration inside a network, of a draft or as published. Undefined for any
 * other, also for one in Mock mode that keeps its authorization: it answers all requests itself.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/mock
 */
export function targetIdOf(service: PublishedService): string | undefined {
  if (isMock(service)) return undefined;
  if (isWord(service.ServiceVpcEnable, 'true')) return service.VpcConfig?.Name || undefined;

  const [, scheme = '', host = '', port] = ADDRESS.exec(service.ServiceAddress ?? '') ?? [];
  const targetId = `${host}:${numberOf(port) ?? (scheme.toLowerCase() === 'https' ? 443 : 80)}`;
  return isPlainId(targetId) ? targetId : undefined;
}

/**
 * The target of a definition: a target's ID, or the address or kind of a backend outside of every network.
 * Undefined: the definition names no backend of its own.
 */
export function endOf(service: PublishedService): string | undefined {
  return isMock(service) ? 'a mock' : (targetIdOf(service) ?? (service.ServiceAddress || undefined));
}

function isMock({ Mock = '' }: PublishedService): boolean {
  return /^true$/i.test(Mock);
}

/**
 * The backend of a published API: it has fewer members than its draft, since the scheme of an authorization
 * is missing.
 */
export type PublishedService = NonNullable<Answer<'CloudAPI', 'DescribeDeployedApi'>['ServiceConfig']>;

const ADDRESS = /^(https?):\/\/([^/:]+)(?::(\d+))?/i;

/** The name that the certificate must match. It is set on the authorization. */
function tlsOf(service: NonNullable<ApiOutput['ServiceConfig']>, access: VpcAccess | undefined): TargetTls | undefined {
  if (isWord(service.ServiceVpcEnable, 'true')) {
    if (!isWord(service.VpcConfig?.VpcScheme, 'https')) return undefined;

    return access === undefined || access.hostName === '' ? {} : { serverName: access.hostName };
  }

  return /^https:/i.test(service.ServiceAddress ?? '') ? {} : undefined;
}
