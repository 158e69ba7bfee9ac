import { defined } from '../../../../simulation/defined.js';
import type { DescribeInstancesResponseBody } from '@alicloud/cloudapi20160714';
import { callerListsView } from '../access-control/caller-lists.js';
import type { AlibabaCall, Wire } from '../../../operation/operation.js';
import { instanceTypeOf } from '../group.js';
import { egressBlock, startCreation, startDeletion, startSpecChange } from '../instance/instance-life.js';
import { checkOnSale, readCharge, readConnection, readMultiZone, placeOf } from '../instance/instance-rules.js';
import { newInstance, rpsOf, slaOf, SPEC_NAME } from '../instance/new-instance.js';
import { family, HTTPS_POLICIES, tagList, say, checkFreshToken, useToken, written } from '../request/parameters.js';
import { getInstance } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import { ensureConnectRole } from '../../../ram/operations.js';
import type { GatewayInstanceRow } from '../state.js';
import { page, flag, required, text, whole } from '../../../operation/family.js';

/** Short names of regions in instance ids. */
const SHORT: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'hz',
  'cn-shanghai': 'sh',
  'cn-beijing': 'bj',
  'cn-shenzhen': 'sz',
  'ap-southeast-1': 'sg',
};

type DescribeInstancesOutput = Wire<DescribeInstancesResponseBody>;

type Attribute = NonNullable<NonNullable<DescribeInstancesOutput['Instances']>['InstanceAttribute']>[number];

export const instanceActions = family({
  /** Buys a dedicated instance. It takes minutes to be RUNNING; a token works once. */
  CreateInstance: {
    parameters: {
      InstanceName: required({ type: 'string', pattern: /^[A-Za-z0-9_-]+$/, length: [1, 64] }),
      InstanceSpec: required({ type: 'string', pattern: SPEC_NAME }),
      ChargeType: required(text),
      HttpsPolicy: required({ type: 'string', values: HTTPS_POLICIES }),
      Token: required({ type: 'string', length: [1, 64] }),
      InstanceType: { type: 'string', values: ['vpc_connect', 'normal'] },
      InstanceCidr: text,
      UserVpcId: text,
      ZoneId: text,
      ZoneVSwitchSecurityGroup: {
        type: 'list',
        items: {
          type: 'structure',
          members: {
            ZoneId: required(text),
            VSwitchId: required(text),
            CidrBlock: required(text),
            SecurityGroupId: required(text),
          },
        },
      },
      Duration: whole,
      PricingCycle: text,
      AutoPay: flag,
      Tag: tagList,
    },
    run(call, input) {
      checkFreshToken(call, 'CreateInstance', input);
      checkOnSale(call);
      const { chargeType, expiresAt, paid } = readCharge(call, input);
      const isConnected = input.InstanceType === 'vpc_connect';
      const connection = isConnected ? readConnection(call, input) : undefined;
      const zones = connection?.zones.map(({ zoneId }) => zoneId) ?? [];
      const row: GatewayInstanceRow = {
        ...newInstance,
        id: call.id(`apigateway-${SHORT[call.region] ?? 'cn'}-`, 12, 'hex'),
        name: input.InstanceName,
        kind: isConnected ? 'vpc_connect' : 'normal',
        spec: input.InstanceSpec,
        chargeType,
        expiresAt,
        httpsPolicy: input.HttpsPolicy,
        zoneId: isConnected ? placeOf(call.region, zones) : readMultiZone(call, input.ZoneId),
        connection,
        internetEgressAddress: `47.${96 + Math.floor(call.random() * 32)}.${octet(call.random())}.${octet(call.random())}`,
        vpcEgressAddress: isConnected ? '' : egressBlock(call),
        createdAt: call.now,
      };
      if (isConnected) ensureConnectRole(call);
      call.state.cloudApi.instances.set(row.id, row);
      putTags(call.state, 'instance', row.id, input.Tag);
      useToken(call, 'CreateInstance', input);
      startCreation(call, row.id, paid);
      return { InstanceId: row.id, TagStatus: true };
    },
  },

  /**
   * Releases a dedicated instance that hosts no group and has no private domain attached. It is deleted after a while.
   */
  DeleteInstance: {
    parameters: { InstanceId: required(text), Tag: tagList },
    run(call, { InstanceId }) {
      const row = getInstance(call.state, InstanceId);
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be released.');

      const { groups, privateDns } = call.state.cloudApi;
      const hosts = [...groups.values()].some(
        ({ instanceId, migration }) => instanceId === row.id || migration?.targetInstanceId === row.id,
      );
      if (hosts) throw say.inUse('Instance', 'ApiGroup');
      if ([...privateDns.values()].some(({ BindInstances }) => BindInstances.includes(row.id))) {
        throw say.inUse('Instance', 'PrivateDNS');
      }

      if (row.status !== 'DELETING') startDeletion(call, row.id);
      return {};
    },
  },

  /**
   * Lists instances, the shared one included. The request has no page parameters: of more than ten instances
   * the response has the first ten and the total number. An ID that does not exist gives an empty list.
   */
  DescribeInstances: {
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
  },

  /**
   * Resizes a running instance. Conventional ones then wait until their users have added the new egress block,
   * unless the request skips the wait.
   */
  ModifyInstanceSpec: {
    parameters: {
      InstanceId: required(text),
      InstanceSpec: required({ type: 'string', pattern: SPEC_NAME }),
      ModifyAction: { type: 'string', values: ['UPGRADE', 'DOWNGRADE'] },
      Token: required({ type: 'string', length: [1, 64] }),
      AutoPay: flag,
      SkipWaitSwitch: flag,
    },
    run(call, input) {
      const row = getInstance(call.state, input.InstanceId);
      checkFreshToken(call, 'ModifyInstanceSpec', input);
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be resized.');
      if (row.status !== 'RUNNING') throw say.busy();
      if (row.spec === input.InstanceSpec)
        throw say.invalid('InstanceSpec', 'The instance has the specified spec already.');

      startSpecChange(call, row.id, input.InstanceSpec, input.SkipWaitSwitch === true);
      useToken(call, 'ModifyInstanceSpec', input);
      return {};
    },
  },
});

const octet = (random: number): number => 1 + Math.floor(random * 254);

function attribute(call: AlibabaCall, row: GatewayInstanceRow): Attribute {
  const domains = [...call.state.cloudApi.privateDns.values()].filter(({ BindInstances }) =>
    BindInstances.includes(row.id),
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
    ...callerListsView(call.state, row),
    ...defined({ UserVpcId: row.clientVpcId }),
    InternetEgressAddress: row.internetEgressAddress,
    VpcEgressAddress: row.vpcEgressAddress,
    NewVpcEgressAddress: row.newVpcEgressAddress,
    PrivateDnsList: { PrivateDns: domains.map(({ IntranetDomain }) => IntranetDomain) },
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
