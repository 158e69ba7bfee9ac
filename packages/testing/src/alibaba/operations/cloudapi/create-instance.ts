import type { CreateInstanceRequest, CreateInstanceResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { egressBlock, startCreation } from '../../cloud-api/instance/instance-life.js';
import { checkOnSale, readCharge, readConnection, readMultiZone } from '../../cloud-api/instance/instance-rules.js';
import { newInstance } from '../../cloud-api/instance/new-instance.js';
import { flag, HTTPS_POLICIES, integer, required, tagList, text } from '../../cloud-api/request/parameters.js';
import { putTags } from '../../cloud-api/request/tags.js';
import { SPEC_NAME } from '../../cloud-api/instance/specs.js';
import { checkFreshToken, useToken } from '../../cloud-api/request/tokens.js';
import { placeOf } from '../../cloud-api/instance/zones.js';
import { ensureConnectRole } from '../../ram/service-linked-role.js';
import type { GatewayInstanceRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Input = Given<
  Wire<CreateInstanceRequest>,
  'InstanceName' | 'InstanceSpec' | 'ChargeType' | 'HttpsPolicy' | 'Token'
>;

/** Short names of regions in instance ids. */
const SHORT: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'hz',
  'cn-shanghai': 'sh',
  'cn-beijing': 'bj',
  'cn-shenzhen': 'sz',
  'ap-southeast-1': 'sg',
};

/** Buys a dedicated instance. It takes minutes to be RUNNING; a token works once. */
export const createInstance = cloudApiAction<Input, Wire<CreateInstanceResponseBody>>({
  name: 'CreateInstance',
  kind: 'write',
  parameters: {
    InstanceName: { type: 'string', required: true, pattern: /^[A-Za-z0-9_-]+$/, length: [1, 64] },
    InstanceSpec: { type: 'string', required: true, pattern: SPEC_NAME },
    ChargeType: required(text),
    HttpsPolicy: { type: 'string', required: true, values: HTTPS_POLICIES },
    Token: { type: 'string', required: true, length: [1, 64] },
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
    Duration: integer,
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
});

const octet = (random: number): number => 1 + Math.floor(random * 254);
