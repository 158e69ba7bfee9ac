import type { GroupDomainRow } from '../domain/state.js';
import type { ApiGroupRow } from '../state.js';
import { subDomainOf } from './group-rules.js';

/**
 * The domains that a group is called by, as its network policy has them: its own on the internet, the one for its client VPC, the one by
 * which API Gateway calls itself (`VpcSlbIntranetEnable`), and its users' own.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-modifyapigroupnetworkpolicy
 */
export function domainsOfGroup(group: ApiGroupRow, region: string): readonly GroupDomainRow[] {
  const { domains = [], networkPolicy } = group;
  const own = (kind: GroupDomainRow['kind'], name: string): GroupDomainRow =>
    domains.find((row) => row.kind === kind) ?? { kind, name };
  return [
    own('public', subDomainOf(group, region)),
    ...(networkPolicy['VpcIntranetEnable'] === true
      ? [own('network', `${group.id}-${region}-vpc.alicloudapi.com`)]
      : []),
    ...(networkPolicy['VpcSlbIntranetEnable'] === true
      ? [own('intranet', `${group.id}-${region}-intranet.alicloudapi.com`)]
      : []),
    ...domains.filter(({ kind }) => kind === 'custom'),
  ];
}
