import { defined, type GatewayDomain, type GatewaySettings, type CallContext } from '@postern/core/internal/adapter';
import { type GroupOutput, requireGroup } from './api.js';
import { flagOf, numberOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { listVpcAccesses, type VpcAccess } from '../instances/vpc-access.js';

/**
 * The settings that a group gets from its instance or may lose with it. A custom domain whose CNAME the
 * service does not find resolved points to another target, or has an A record, which does not follow a move.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 */
export function groupSettings(group: GroupOutput): GatewaySettings {
  const { MigrationStatus, MigrationError, HttpsPolicy, TrafficLimit, CloudMarketCommodity, Ipv6Status, BasePath } =
    group;
  return {
    ...defined({ httpsPolicy: HttpsPolicy || undefined, requestsPerSecond: numberOf(TrafficLimit) }),
    ...(Ipv6Status === undefined ? {} : { ipv6: /^bind/i.test(Ipv6Status) }),
    domains: domainsOf(group),
    ...(/^\/*$/.test(BasePath ?? '') ? {} : { basePath: BasePath }),
    ...(MigrationStatus === undefined || MigrationStatus === ''
      ? {}
      : {
          migration: {
            state: MigrationStatus,
            running: /^run/i.test(MigrationStatus),
            ...defined({ error: MigrationError || undefined }),
          },
        }),
    ...(CloudMarketCommodity === undefined ? {} : { marketplace: flagOf(CloudMarketCommodity) }),
  };
}

/**
 * The intranet domain is the one by which API Gateway calls itself; `DisableInnerDomain` is about the public one.
 * @see https://www.alibabacloud.com/help/doc-detail/185117.htm
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-modifyapigroupnetworkpolicy
 */
function domainsOf(group: GroupOutput): readonly GatewayDomain[] {
  const { SubDomain, VpcDomain, VpcSlbIntranetDomain, CustomDomains } = group;
  const own = (name: string | undefined, kind: GatewayDomain['kind']): GatewayDomain[] =>
    name ? [{ name, kind }] : [];
  return [
    ...own(SubDomain, 'public'),
    ...own(VpcDomain, 'network'),
    ...own(VpcSlbIntranetDomain, 'intranet'),
    ...(CustomDomains?.DomainItem ?? []).flatMap(({ DomainName = '', DomainCNAMEStatus }) => [
      {
        name: DomainName,
        kind: 'custom' as const,
        ...(DomainCNAMEStatus === undefined ? {} : { byCname: /^resolved$/i.test(DomainCNAMEStatus) }),
      },
    ]),
  ];
}

/** For so long an answer is used again: a run writes and reads the routes of a group one after the other. */
const FRESH_MS = 10_000;

/** An answer of the service, which is asked again when it is older than {@link FRESH_MS}. */
export interface Recent<T> {
  readonly of: (id: string, ctx: CallContext) => Promise<T>;
  /** This driver has changed it. */
  readonly forget: (id: string) => void;
}

/** A session that writes routes: what all routes of a group share is read once for many of them. */
export interface RouteSession extends Session {
  /** Groups by ID. @throws {CloudError} `NOT_FOUND` */
  readonly groups: Recent<GroupOutput>;
  /** Authorizations by name. */
  readonly accesses: Recent<VpcAccess | undefined>;
}

export function routeSession(session: Session): RouteSession {
  return {
    ...session,
    groups: recent((groupId, ctx) => requireGroup(session, groupId, ctx)),
    accesses: recent(async (name, ctx) => (await listVpcAccesses(session, ctx, { name }))[0]),
  };
}

function recent<T>(read: (id: string, ctx: CallContext) => Promise<T>): Recent<T> {
  const known = new Map<string, { readonly atMs: number; readonly answer: T }>();
  return {
    of: async (id, ctx) => {
      const last = known.get(id);
      if (last !== undefined && ctx.clock.monotonicMs() - last.atMs <= FRESH_MS) return last.answer;

      const atMs = ctx.clock.monotonicMs();
      const answer = await read(id, ctx);
      known.set(id, { atMs, answer });
      return answer;
    },
    forget: (id) => void known.delete(id),
  };
}
