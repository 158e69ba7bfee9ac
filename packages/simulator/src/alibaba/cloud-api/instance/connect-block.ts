import { readBlock } from '../../../simulation/blocks.js';
import { findVSwitch } from '../../vpc/network.js';
import type { ConnectionRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { isJsonObject, textOf } from '../request/json-object.js';
import { say } from '../request/words.js';

const MEMBERS = ['CidrBlock', 'Customized', 'VswitchId', 'VSwitchId', 'ZoneId'];
const invalid = (why: string) => say.invalid('ToConnectVpcIpBlock', why);

/**
 * The block that `ToConnectVpcIpBlock` adds: one JSON object, custom or a vSwitch's. The service does not
 * check whether a custom block is in the VPC or connected to it. Terraform's acceptance test adds an
 * unconnected one.
 * @throws {AlibabaError} `InvalidToConnectVpcIpBlock`
 */
export function readConnectBlock(state: AlibabaRegionState, { vpcId }: ConnectionRow, value: unknown): string {
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
