import { readBlock, sizeOf } from '../../simulation/addresses.js';
import { type AlibabaCall, AlibabaError } from '../operation/operation.js';
import type { VSwitchRow } from './state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import { addressAt, offsetIn } from './request/text-rules.js';

/**
 * The reserved addresses of every vSwitch: the first and the last three.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/create-and-manage-vswitch
 */
const RESERVED_AT_START = 1;
const RESERVED_AT_END = 3;

/** How many addresses of a block interfaces and load balancers can have: a /24 has 252. */
export function usableCount(cidrBlock: string): number {
  const block = readBlock(cidrBlock);
  return block === undefined ? 0 : Math.max(0, sizeOf(block) - RESERVED_AT_START - RESERVED_AT_END);
}

/** How many addresses of a vSwitch are free (`AvailableIpAddressCount`). */
export function freeAddressCount({ cidrBlock, usedAddresses }: VSwitchRow): number {
  return usableCount(cidrBlock) - usedAddresses;
}

/** The id of the interface or load balancer that holds an address of a VPC. */
export function addressHolder({ network }: AlibabaRegionState, vpcId: string, address: string): string | undefined {
  return network.addresses.get(`${vpcId}/${address}`);
}

/**
 * Assigns an address of a vSwitch to a holder: the requested one, or any free one.
 * @throws {AlibabaError} `QuotaExceeded.PrivateIpAddress`, `InvalidPrivateIpAddress`,
 * `InvalidPrivateIpAddress.Duplicated`
 */
export function takeAddress(call: AlibabaCall, vSwitch: VSwitchRow, holderId: string, wanted?: string): string {
  const address = wanted === undefined ? chooseAddress(call, vSwitch) : checked(call.state, vSwitch, wanted);
  call.state.network.addresses.set(`${vSwitch.vpcId}/${address}`, holderId);
  vSwitch.usedAddresses += 1;
  return address;
}

/** Releases an address. An address that is not in use stays so. */
export function releaseAddress({ network }: AlibabaRegionState, vSwitchId: string, address: string): void {
  const vSwitch = network.vSwitches.get(vSwitchId);
  if (vSwitch && network.addresses.delete(`${vSwitch.vpcId}/${address}`)) vSwitch.usedAddresses -= 1;
}

function checked(state: AlibabaRegionState, vSwitch: VSwitchRow, wanted: string): string {
  const block = readBlock(vSwitch.cidrBlock);
  const offset = block && offsetIn(block, wanted);
  if (block === undefined || offset === undefined || !isUsable(offset, sizeOf(block))) {
    throw new AlibabaError(
      'InvalidPrivateIpAddress',
      'Specified private IP address is not in the CIDR block of virtual switch.',
    );
  }
  if (addressHolder(state, vSwitch.vpcId, wanted) !== undefined) {
    throw new AlibabaError('InvalidPrivateIpAddress.Duplicated', 'Specified private IP address is duplicated.');
  }

  return wanted;
}

function chooseAddress(call: AlibabaCall, vSwitch: VSwitchRow): string {
  const block = readBlock(vSwitch.cidrBlock);
  const count = usableCount(vSwitch.cidrBlock);
  if (block !== undefined && vSwitch.usedAddresses < count) {
    const start = Math.floor(call.random() * count);
    for (let step = 0; step < count; step += 1) {
      const address = addressAt(block, RESERVED_AT_START + ((start + step) % count));
      if (addressHolder(call.state, vSwitch.vpcId, address) === undefined) return address;
    }
  }
  throw new AlibabaError('QuotaExceeded.PrivateIpAddress', "Don't have enough private IPs in this switch");
}

function isUsable(offset: number, size: number): boolean {
  return offset >= RESERVED_AT_START && offset < size - RESERVED_AT_END;
}
