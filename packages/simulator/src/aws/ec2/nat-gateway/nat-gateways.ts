import type { NatGateway, NatGatewayAddress, Address } from '@aws-sdk/client-ec2';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import { deleteInterface } from '../vpc/network.js';
import { tagList } from '../request/family.js';
import type { NatGatewayRow, AddressRow } from './state.js';
import type { Ec2State, InterfaceRow } from '../state.js';

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

    if (to === 'available' && row.fields.State === 'pending') start(call, row);
    else if (to === 'deleted') {
      end(call, row);
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
  const { fields } = row;
  const failure = failureOf(call.state.ec2, row);
  if (failure) {
    const [FailureCode, FailureMessage] = failure;
    Object.assign(fields, { State: 'failed', FailureCode, FailureMessage });
    deleteInterface(call, row.address.NetworkInterfaceId);
    call.after(VISIBLE_MS, 'ec2.nat-gateway', { id: row.id, to: 'vanished' });
    return;
  }

  const { address, eni } = endsOf(call.state.ec2, row);
  if (address && eni) associate(call, address, eni);
  fields.State = 'available';
}

/** What a gateway connects: an Elastic IP address, where it has one, and its interface. */
function endsOf({ elasticIps, interfaces }: Ec2State, { address }: NatGatewayRow) {
  return {
    address: elasticIps.get(address.AllocationId ?? ''),
    eni: interfaces.get(address.NetworkInterfaceId),
  };
}

function failureOf(ec2: Ec2State, row: NatGatewayRow): readonly [code: string, message: string] | undefined {
  const { VpcId, ConnectivityType } = row.fields;
  if (ConnectivityType === 'private') return undefined;
  if (![...ec2.internetGateways.values()].some(({ vpcId }) => vpcId === VpcId)) {
    return ['Gateway.NotAttached', `Network ${VpcId} has no Internet gateway attached`];
  }

  const { address, eni } = endsOf(ec2, row);
  if (!address || !eni) {
    const message = `Elastic IP address ${row.address.AllocationId} could not be associated with this NAT gateway`;
    return ['InvalidAllocationID.NotFound', message];
  }
  if (address.associationId === undefined) return undefined;

  return ['Resource.AlreadyAssociated', `Elastic IP address ${address.id} is already associated`];
}

function end(call: AwsCall, row: NatGatewayRow): void {
  const { NetworkInterfaceId } = row.address;
  const { address } = endsOf(call.state.ec2, row);
  if (address?.interfaceId === NetworkInterfaceId) disassociate(call, address);
  deleteInterface(call, NetworkInterfaceId);
  Object.assign(row.fields, { State: 'deleted', DeleteTime: new Date(call.now) });
}

/** A NAT gateway as the API shows it. */
export function natGatewayView({ state: { ec2 } }: AwsCall, row: NatGatewayRow): NatGateway {
  const { id, fields, address, tags } = row;
  const { address: elastic } = endsOf(ec2, row);
  const isOver = fields.State === 'failed' || fields.State === 'deleted';
  const shown: NatGatewayAddress = {
    ...address,
    AssociationId: elastic?.interfaceId === address.NetworkInterfaceId ? elastic.associationId : undefined,
    PublicIp: elastic?.publicIp,
    IsPrimary: true,
    Status: isOver ? undefined : fields.State === 'pending' ? 'associating' : 'succeeded',
  };
  return { NatGatewayId: id, ...fields, NatGatewayAddresses: [shown], Tags: tagList(tags) };
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
    InstanceId: eni?.attachment?.InstanceId,
    Tags: tagList(row.tags),
  };
}
