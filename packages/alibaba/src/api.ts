import { parseMark, type CallContext, type Route, type TargetTls } from '@postern/core';
import type { Answer } from './actions.js';
import { keyOfDescription } from './api-definition.js';
import { unlessGone } from './instance.js';
import { numberOf, plain } from './plain.js';
import { isPathOf, toRouteKey } from './route-key.js';
import type { Session } from './session.js';
import { isPlainId } from './target.js';
import type { VpcAccess } from './vpc-access.js';

/** A draft with its definition. */
export type ApiOutput = Answer<'CloudAPI', 'DescribeApi'>;

/** The draft of an API, or `undefined`. */
export function getApi(
  session: Session,
  groupId: string,
  apiId: string,
  ctx: CallContext,
): Promise<ApiOutput | undefined> {
  return unlessGone(session.send(ctx, 'CloudAPI', 'DescribeApi', { GroupId: groupId, ApiId: apiId }));
}

/** What is needed to say where an API leads. */
export interface ApiSurroundings {
  readonly groupId: string;
  /** The instance that the group is on: an API has no other link. */
  readonly instanceId: string | undefined;
  /** Authorisations by name. */
  readonly accesses: ReadonlyMap<string, VpcAccess>;
  /** The stages that show the draft as it is. */
  readonly stages?: readonly string[] | undefined;
}

/** An API in the portable form. */
export function toRoute(api: ApiOutput, around: ApiSurroundings): Route {
  const { RequestConfig: request = {}, ServiceConfig: service = {}, Description = '' } = api;
  const { RequestHttpMethod = '', RequestPath = '/' } = request;
  const told = keyOfDescription(Description);
  const base = {
    id: api.ApiId ?? '',
    gatewayId: around.groupId,
    // The key in the description counts as long as it means this path: `{rest+}` cannot be read from `*`.
    key:
      told !== undefined && isPathOf(told, RequestHttpMethod, RequestPath)
        ? told
        : toRouteKey(RequestHttpMethod, RequestPath),
    ...(around.stages === undefined ? {} : { stages: around.stages }),
    raw: plain(api),
  };
  const backend = backendOf(service, around.accesses);
  if (backend === undefined) return base;
  return {
    ...base,
    linkId: around.instanceId,
    targetId: backend.targetId,
    tls: backend.tls,
    path: service.ServicePath ? 'overwrite' : 'keep',
    owner: parseMark(Description),
  };
}

interface Backend {
  readonly targetId: string;
  readonly tls: TargetTls | undefined;
}

/** The target of a service configuration that leads into a network; undefined for any other. */
export function backendOf(
  service: NonNullable<ApiOutput['ServiceConfig']>,
  accesses: ReadonlyMap<string, VpcAccess>,
): Backend | undefined {
  if (/^true$/i.test(service.ServiceVpcEnable ?? '')) {
    const { Name = '', VpcScheme = '' } = service.VpcConfig ?? {};
    const serverName = accesses.get(Name)?.hostName || undefined;
    return { targetId: Name, tls: /^https$/i.test(VpcScheme) ? { ...(serverName && { serverName }) } : undefined };
  }
  const [, scheme = '', host = '', port] =
    /^(https?):\/\/([^/:]+)(?::(\d+))?/i.exec(service.ServiceAddress ?? '') ?? [];
  const secure = scheme.toLowerCase() === 'https';
  const targetId = `${host}:${numberOf(port) ?? (secure ? 443 : 80)}`;
  return isPlainId(targetId) ? { targetId, tls: secure ? {} : undefined } : undefined;
}
