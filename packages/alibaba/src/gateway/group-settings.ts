import type { GatewayDomain, GatewaySettings } from '@postern/core/snapshot';
import type { GroupOutput } from './api-group.js';
import { defined, flagOf, numberOf } from '../client/plain.js';

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
