import type { DescribeInstancesRequest, DescribeInstancesResponseBody } from '@alicloud/cloudapi20160714';
import type { AlibabaCall } from '../../call.js';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { instanceTypeOf } from '../../cloud-api/group/group-rules.js';
import { flag, tagList, text } from '../../cloud-api/request/parameters.js';
import { rpsOf, slaOf } from '../../cloud-api/instance/specs.js';
import { hasTags, tagInfo } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { GatewayInstanceRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Output = Wire<DescribeInstancesResponseBody>;
type Attribute = NonNullable<NonNullable<Output['Instances']>['InstanceAttribute']>[number];

/**
 * Lists instances, the shared one included. The request has no page parameters: of more than ten instances
 * the response has the first ten and the total number. An ID that does not exist gives an empty list.
 */
export const describeInstances = cloudApiAction<Wire<DescribeInstancesRequest>, Output>({
  name: 'DescribeInstances',
  kind: 'read',
  parameters: { InstanceId: text, InstanceType: text, Language: text, EnableTagAuthorization: flag, Tag: tagList },
  run(call, { InstanceId = '', InstanceType = '', Tag }) {
    const rows = [...call.state.cloudApi.instances.values()].filter(
      (row) =>
        (InstanceId === '' || row.id === InstanceId) &&
        (InstanceType === '' || InstanceType === row.kind || InstanceType === instanceTypeOf(row)) &&
        hasTags(call.state, 'instance', row.id, Tag),
    );
    const { items, numbers } = page(rows, {}, { largest: 10 });
    return { ...numbers, Instances: { InstanceAttribute: items.map((row) => attribute(call, row)) } };
  },
});

function attribute(call: AlibabaCall, row: GatewayInstanceRow): Attribute {
  const domains = [...call.state.cloudApi.privateDns.values()].filter(({ instanceIds }) =>
    instanceIds.includes(row.id),
  );
  return {
    InstanceId: row.id,
    InstanceName: row.name,
    InstanceType: instanceTypeOf(row),
    InstanceSpec: row.spec,
    InstanceSpecAttributes: { SpecAttribute: [{ LocalName: 'SLA', Value: slaOf(row.spec) }] },
    InstanceRpsLimit: row.requestsPerSecond ?? rpsOf(row.spec),
    InstanceChargeType: row.chargeType,
    Status: row.status,
    RegionId: call.region,
    ZoneId: row.zoneId,
    ZoneLocalName: row.zoneId,
    CreatedTime: written(row.createdAt),
    ...(row.expiresAt !== undefined && { ExpiredTime: String(row.expiresAt) }),
    HttpsPolicies: row.httpsPolicy,
    SupportIpv6: row.ipv6,
    EgressIpv6Enable: row.egressIpv6,
    VpcSlbIntranetEnable: row.vpcSlbIntranet,
    VpcIntranetEnable: row.vpcIntranet ?? false,
    IntranetSegments: row.intranetSegments,
    MaintainStartTime: row.maintainStartTime,
    MaintainEndTime: row.maintainEndTime,
    AclStatus: 'off',
    ...(row.clientVpcId === undefined ? {} : { UserVpcId: row.clientVpcId }),
    InternetEgressAddress: row.internetEgressAddress,
    VpcEgressAddress: row.vpcEgressAddress,
    NewVpcEgressAddress: row.newVpcEgressAddress,
    PrivateDnsList: { PrivateDns: domains.map(({ domain }) => domain) },
    Tags: tagInfo(call.state, 'instance', row.id),
    ...(row.kind !== 'shared' && { DedicatedInstanceType: row.kind }),
    ...connected(row),
  };
}

/** What only a VPC integration instance has. The blocks are a text that holds a JSON array. */
function connected({ connection }: GatewayInstanceRow): Attribute {
  if (!connection) return {};
  return {
    ConnectVpcId: connection.vpcId,
    InstanceCidrBlock: connection.instanceCidr,
    ConnectCidrBlocks: JSON.stringify(connection.cidrBlocks),
    NetworkInterfaceAttributes: {
      NetworkInterfaceAttribute: connection.zones.map((zone) => ({
        ZoneId: zone.zoneId,
        VswitchId: zone.vSwitchId,
        CidrBlock: zone.cidrBlock,
        SecurityGroupId: zone.securityGroupId,
      })),
    },
  };
}
