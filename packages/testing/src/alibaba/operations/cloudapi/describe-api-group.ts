import type { DescribeApiGroupRequest, DescribeApiGroupResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { domainsOfGroup } from '../../cloud-api/group/group-domains.js';
import { groupView } from '../../cloud-api/group/group-view.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import type { ApiGroupRow, GroupDomainRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeApiGroupRequest>, 'GroupId'>;
type Output = Wire<DescribeApiGroupResponseBody>;

/** A group, with the status of its last migration, which has no time and stays. */
export const describeApiGroup = cloudApiAction<Input, Output>({
  name: 'DescribeApiGroup',
  kind: 'read',
  parameters: { GroupId: required(text), Tag: tagList },
  run({ state, region }, { GroupId }) {
    const group = getGroup(state, GroupId);
    const instance = state.cloudApi.instances.get(group.instanceId) ?? { kind: 'shared' as const };
    return {
      ...groupView(state, group, region),
      ...(instance.kind !== 'shared' && { DedicatedInstanceType: instance.kind }),
      Status: 'NORMAL',
      CloudMarketCommodity: group.marketplace ?? false,
      CustomDomains: { DomainItem: (group.domains ?? []).filter(({ kind }) => kind === 'custom').map(customDomain) },
      StageItems: {
        StageInfo: group.stages.map(({ id, name }) => ({ StageId: id, StageName: name, Description: '' })),
      },
      ...(group.migrationStatus !== '' && { MigrationStatus: group.migrationStatus }),
      ...(group.migrationError !== '' && { MigrationError: group.migrationError }),
      ...domains(group, region),
      ...group.attributes,
    };
  },
});

function domains(group: ApiGroupRow, region: string): Output {
  const all = domainsOfGroup(group, region);
  const named = (kind: GroupDomainRow['kind']) => all.find((row) => row.kind === kind)?.name;
  const { InternetIPV6Enable, InnerDomainEnable } = group.networkPolicy;
  const [VpcDomain, VpcSlbIntranetDomain] = [named('network'), named('intranet')];
  return {
    SubDomain: named('public') ?? '',
    DisableInnerDomain: InnerDomainEnable === false,
    Ipv6Status: InternetIPV6Enable === true ? 'BIND' : 'UNBIND',
    ...(VpcDomain !== undefined && { VpcDomain }),
    ...(VpcSlbIntranetDomain !== undefined && { VpcSlbIntranetDomain }),
  };
}

function customDomain({ name, cname }: GroupDomainRow) {
  return {
    DomainName: name,
    ...(cname !== undefined && { DomainCNAMEStatus: cname ? 'RESOLVED' : 'UNRESOLVED' }),
    DomainBindingStatus: 'BINDING',
  };
}
