import { defined } from '../../../../simulation/defined.js';
import type { ModifyInstanceAttributeRequest } from '@alicloud/cloudapi20160714';
import { changeInstance, startBlockChange } from '../instance/instance-life.js';
import { family, type Given, HTTPS_POLICIES, say, isReplay, useToken } from '../request/parameters.js';
import { getInstance } from '../request/find.js';
import type { Parameter, Wire } from '../../../operation/operation.js';
import type { GatewayInstanceRow, ConnectionRow } from '../state.js';
import { readBlock } from '../../../../simulation/addresses.js';
import { findVSwitch } from '../../../vpc/network.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { isJsonObject, textOf } from '../../../state/json-object.js';
import { flag, required, text, whole } from '../../../operation/family.js';

const MEMBERS = ['CidrBlock', 'Customized', 'VswitchId', 'VSwitchId', 'ZoneId'];
const invalid = (why: string) => say.invalid('ToConnectVpcIpBlock', why);

/**
 * The block that `ToConnectVpcIpBlock` adds: one JSON object, custom or a vSwitch's. The service does not
 * check whether a custom block is in the VPC or connected to it. Terraform's acceptance test adds an
 * unconnected one.
 * @throws {AlibabaError} `InvalidToConnectVpcIpBlock`
 */
function readConnectBlock(state: AlibabaRegionState, { vpcId }: ConnectionRow, value: unknown): string {
  if (!isJsonObject(value)) throw invalid('ToConnectVpcIpBlock must be one JSON object.');

  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) throw invalid(`ToConnectVpcIpBlock has no member ${unknown}.`);

  const text = textOf(value, 'CidrBlock');
  const block = /^[\d.]+\/\d+$/.test(text) ? readBlock(text) : undefined;
  if (!block?.exact) throw invalid('The CidrBlock of ToConnectVpcIpBlock is not valid.');

  if (!/^true$/i.test(textOf(value, 'Customized'))) {
    // The official client spells VswitchId; Terraform's provider sends VSwitchId.
    const vSwitch = findVSwitch(state, textOf(value, 'VswitchId') || textOf(value, 'VSwitchId'));
    if (vSwitch?.vpcId !== vpcId || vSwitch.cidrBlock !== text || vSwitch.zoneId !== textOf(value, 'ZoneId')) {
      throw invalid('The vSwitch of ToConnectVpcIpBlock does not fit.');
    }
  }
  return text;
}

type ModifyInstanceAttributeInput = Given<Wire<ModifyInstanceAttributeRequest>, 'InstanceId'>;

/** Booleans are texts here. */
const flagText: Parameter = { type: 'string', values: ['true', 'false'] };

const CLOCK = /^([01]\d|2[0-3]):[0-5]\dZ$/;

const VPC_ATTRIBUTE = 'ModifyInstanceVpcAttributeForConsole';

export const instanceSettingsActions = family({
  /**
   * Changes attributes at once, and accessible blocks after a while. During that time the instance is not
   * RUNNING and accepts no further change. Deleting a block that does not exist is not an error. One call may
   * delete and add [?].
   */
  ModifyInstanceAttribute: {
    parameters: {
      InstanceId: required(text),
      InstanceName: { type: 'string', pattern: /^[A-Za-z0-9_-]+$/, length: [1, 64] },
      HttpsPolicy: { type: 'string', values: HTTPS_POLICIES },
      IPV6Enabled: flagText,
      EgressIpv6Enable: flagText,
      VpcSlbIntranetEnable: flagText,
      IntranetSegments: text,
      MaintainStartTime: text,
      MaintainEndTime: text,
      ToConnectVpcIpBlock: { type: 'json' },
      DeleteVpcIpBlock: text,
      Token: { type: 'string', length: [0, 64] },
    },
    run(call, input) {
      const row = getInstance(call.state, input.InstanceId);
      if (isReplay(call, 'ModifyInstanceAttribute', input)) return {};
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be changed.');
      if (row.status !== 'RUNNING') throw say.busy();

      const changes = attributes(input);
      const { ToConnectVpcIpBlock: wanted, DeleteVpcIpBlock: remove = '' } = input;
      if (wanted !== undefined || remove !== '') {
        if (!row.connection) throw say.invalid(wanted ? 'ToConnectVpcIpBlock' : 'DeleteVpcIpBlock');

        const add = wanted === undefined ? '' : readConnectBlock(call.state, row.connection, wanted);
        startBlockChange(call, row.id, add, remove);
      }
      changeInstance(call, row.id, changes);
      useToken(call, 'ModifyInstanceAttribute', input);
      return {};
    },
  },

  /** Sets or removes the VPC of a dedicated instance's callers. VPCs of other accounts are not checked. */
  ModifyInstanceVpcAttributeForConsole: {
    parameters: {
      InstanceId: required(text),
      VpcId: required(text),
      VswitchId: text,
      VpcOwnerId: whole,
      DeleteVpcAccess: flag,
      Token: { type: 'string', length: [0, 64] },
    },
    run(call, input) {
      const { InstanceId, VpcId, VswitchId = '', VpcOwnerId, DeleteVpcAccess = false } = input;
      const row = getInstance(call.state, InstanceId);
      if (isReplay(call, VPC_ATTRIBUTE, input)) return {};
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance is called from every VPC.');
      if (row.status !== 'RUNNING') throw say.busy();

      const { vpcs, vSwitches } = call.state.network;
      const ours = VpcOwnerId === undefined || String(VpcOwnerId) === call.account;
      if (ours && !DeleteVpcAccess) {
        if (!vpcs.has(VpcId)) throw say.notFound('Vpc');
        if (VswitchId !== '' && vSwitches.get(VswitchId)?.vpcId !== VpcId) throw say.invalid('VswitchId');
      }
      changeInstance(
        call,
        row.id,
        DeleteVpcAccess ? { vpcIntranet: false, clientVpcId: undefined } : { vpcIntranet: true, clientVpcId: VpcId },
      );
      useToken(call, VPC_ATTRIBUTE, input);
      return {};
    },
  },
});

function attributes(input: ModifyInstanceAttributeInput): Partial<GatewayInstanceRow> {
  const { InstanceName, HttpsPolicy, IPV6Enabled, EgressIpv6Enable, VpcSlbIntranetEnable } = input;
  const { IntranetSegments, MaintainStartTime, MaintainEndTime } = input;
  if (IntranetSegments !== undefined && !isTextArray(IntranetSegments)) throw say.invalid('IntranetSegments');
  if (MaintainStartTime !== undefined && !CLOCK.test(MaintainStartTime)) throw say.invalid('MaintainStartTime');
  if (MaintainEndTime !== undefined && !CLOCK.test(MaintainEndTime)) throw say.invalid('MaintainEndTime');

  return {
    ...defined({ name: InstanceName, httpsPolicy: HttpsPolicy }),
    ...(IPV6Enabled !== undefined && { ipv6: IPV6Enabled === 'true' }),
    ...(EgressIpv6Enable !== undefined && { egressIpv6: EgressIpv6Enable === 'true' }),
    ...(VpcSlbIntranetEnable !== undefined && { vpcSlbIntranet: VpcSlbIntranetEnable === 'true' }),
    ...defined({
      intranetSegments: IntranetSegments,
      maintainStartTime: MaintainStartTime,
      maintainEndTime: MaintainEndTime,
    }),
  };
}

/** Whether a text holds a JSON array of texts. */
function isTextArray(json: string): boolean {
  try {
    const value = JSON.parse(json) as unknown;
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  } catch {
    return false;
  }
}
