import type { Address } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import type { InterfaceRow } from '../state.js';
import { tagList } from '../request/tags.js';
import type { AddressRow } from './state.js';

/** A public address that no other Elastic IP address has: of a block for documentation. */
export function newPublicIp(call: AwsCall): string {
  const taken = new Set([...call.state.ec2.elasticIps.values()].map(({ publicIp }) => publicIp));
  const free = Array.from({ length: 254 }, (_, at) => `203.0.113.${at + 1}`).filter((ip) => !taken.has(ip));
  const ip = free[Math.floor(call.random() * free.length)];
  if (ip === undefined) {
    const message = 'There are not enough free addresses available to allocate the requested addresses.';
    throw new ServiceError('InsufficientAddressCapacity', message);
  }
  return ip;
}

/** Gives an interface an address. */
export function associate(call: AwsCall, row: AddressRow, to: InterfaceRow): void {
  row.associationId = call.id('eipassoc-');
  row.interfaceId = to.id;
  to.publicIpAddress = row.publicIp;
}

/** Takes an address from its interface. */
export function disassociate(call: AwsCall, row: AddressRow): void {
  const from = call.state.ec2.interfaces.get(row.interfaceId ?? '');
  if (from) from.publicIpAddress = undefined;
  row.associationId = undefined;
  row.interfaceId = undefined;
}

/** An address as the API shows it. One whose interface is deleted has no association. */
export function addressView(row: AddressRow, call: AwsCall): Address {
  const eni = call.state.ec2.interfaces.get(row.interfaceId ?? '');
  return {
    PublicIp: row.publicIp,
    AllocationId: row.id,
    Domain: 'vpc',
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: call.region,
    AssociationId: eni && row.associationId,
    NetworkInterfaceId: eni?.id,
    NetworkInterfaceOwnerId: eni?.ownerId,
    PrivateIpAddress: eni?.privateIpAddress,
    InstanceId: eni?.attachment?.instanceId,
    Tags: tagList(row.tags),
  };
}
