import type { NatGateway, Address } from '@aws-sdk/client-ec2';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import { deleteInterface } from '../vpc/network.js';
import { tagList } from '../request/tags.js';
import type { NatGatewayRow, AddressRow } from './state.js';
import type { InterfaceRow } from '../state.js';

/** From a call until a gateway is available or deleted. Simulated milliseconds [I]. */
export const NAT_MS = 90_000;
/** "…displayed for a short while (usually about an hour)": https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html */
const VISIBLE_MS = 3_600_000;

/** What becomes of NAT gateways by themselves. */
export const natTimers: TimerHandlers = {
  'ec2.nat-gateway': (call, { id, to }) => {
    const { ec2 } = call.state;
    const row = ec2.natGateways.get(String(id));
    if (!row) return;

    if (to === 'available' && row.state === 'pending') start(call, row);
    else if (to === 'deleted') {
      end(call, row);
      row.state = 'deleted';
      call.after(VISIBLE_MS, 'ec2.nat-gateway', { id: row.id, to: 'vanished' });
    } else if (to === 'vanished') {
      const isRoute = [...ec2.routeTables.values()].some(({ routes }) =>
        routes.some(({ targetId }) => targetId === id),
      );
      if (isRoute) call.after(VISIBLE_MS, 'ec2.nat-gateway', { id: row.id, to: 'vanished' });
      else ec2.natGateways.delete(row.id);
    }
  },
};

/**
 * A gateway becomes available, or fails.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html (codes and messages)
 */
function start(call: AwsCall, row: NatGatewayRow): void {
  const { ec2 } = call.state;
  const eni = ec2.interfaces.get(row.interfaceId);
  const address = ec2.elasticIps.get(row.allocationId ?? '');
  if (row.connectivityType === 'public') {
    if (![...ec2.internetGateways.values()].some(({ vpcId }) => vpcId === row.vpcId)) {
      row.failure = ['Gateway.NotAttached', `Network ${row.vpcId} has no Internet gateway attached`];
    } else if (!address || !eni) {
      const message = `Elastic IP address ${row.allocationId} could not be associated with this NAT gateway`;
      row.failure = ['InvalidAllocationID.NotFound', message];
    } else if (address.associationId !== undefined) {
      row.failure = ['Resource.AlreadyAssociated', `Elastic IP address ${address.id} is already associated`];
    }
  }
  if (row.failure) {
    row.state = 'failed';
    deleteInterface(call, row.interfaceId);
    call.after(VISIBLE_MS, 'ec2.nat-gateway', { id: row.id, to: 'vanished' });
    return;
  }

  if (address && eni) associate(call, address, eni);
  row.state = 'available';
}

function end(call: AwsCall, row: NatGatewayRow): void {
  const address = call.state.ec2.elasticIps.get(row.allocationId ?? '');
  if (address?.interfaceId === row.interfaceId) disassociate(call, address);
  deleteInterface(call, row.interfaceId);
  row.deletedAt = call.now;
}

/** A NAT gateway as the API shows it. */
export function natGatewayView({ state: { ec2 } }: AwsCall, row: NatGatewayRow): NatGateway {
  const address = ec2.elasticIps.get(row.allocationId ?? '');
  const isOver = row.state === 'failed' || row.state === 'deleted';
  return {
    NatGatewayId: row.id,
    VpcId: row.vpcId,
    SubnetId: row.subnetId,
    ConnectivityType: row.connectivityType,
    State: row.state,
    CreateTime: new Date(row.createdAt),
    DeleteTime: row.deletedAt === undefined ? undefined : new Date(row.deletedAt),
    FailureCode: row.failure?.[0],
    FailureMessage: row.failure?.[1],
    NatGatewayAddresses: [
      {
        AllocationId: row.allocationId,
        AssociationId: address?.interfaceId === row.interfaceId ? address.associationId : undefined,
        NetworkInterfaceId: row.interfaceId,
        PrivateIp: row.privateIp,
        PublicIp: row.allocationId === undefined ? undefined : address?.publicIp,
        IsPrimary: true,
        Status: isOver ? undefined : row.state === 'pending' ? 'associating' : 'succeeded',
      },
    ],
    Tags: tagList(row.tags),
  };
}

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
