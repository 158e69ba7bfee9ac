import type { NetworkInterface, NetworkInterfaceAssociation } from '@aws-sdk/client-ec2';
import type { InterfaceRow } from '../state.js';
import type { AwsCall } from '../../operation/operation.js';
import { tagList } from '../request/family.js';

type Held = Pick<InterfaceRow, 'attachment' | 'requesterManaged'>;

/**
 * An interface is in use while it is attached to something, and for as long as a service has it for itself. Whether its
 * address is registered as a target does not matter.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html (status)
 */
function interfaceStatus(row: Held): 'available' | 'in-use' {
  return isHeld(row) ? 'in-use' : 'available';
}

/** Whether an interface cannot be deleted: something is attached to it, or a service has it for itself. */
export function isHeld({ attachment, requesterManaged }: Held): boolean {
  return attachment !== undefined || requesterManaged;
}

/** A network interface as the API shows it. */
export function interfaceView(call: AwsCall, row: InterfaceRow): NetworkInterface {
  const dns = (address: string): string | undefined => privateDnsName(call, row, address);
  return {
    NetworkInterfaceId: row.id,
    InterfaceType: row.interfaceType as NetworkInterface['InterfaceType'],
    Description: row.description,
    Status: interfaceStatus(row),
    SubnetId: row.subnetId,
    VpcId: row.vpcId,
    AvailabilityZone: row.zoneName,
    AvailabilityZoneId: row.zoneId,
    OwnerId: row.ownerId,
    MacAddress: row.macAddress,
    PrivateIpAddress: row.privateIpAddress,
    PrivateDnsName: dns(row.privateIpAddress),
    PrivateIpAddresses: row.addresses.map((address) => ({
      PrivateIpAddress: address,
      PrivateDnsName: dns(address),
      Primary: address === row.privateIpAddress,
      Association: address === row.privateIpAddress ? association(call, row) : undefined,
    })),
    Ipv6Address: row.ipv6Addresses[0],
    Ipv6Addresses: row.ipv6Addresses.map((address) => ({ Ipv6Address: address, IsPrimaryIpv6: false })),
    Ipv4Prefixes: prefixesOf(row, 4)?.map((Ipv4Prefix) => ({ Ipv4Prefix })),
    Ipv6Prefixes: prefixesOf(row, 6)?.map((Ipv6Prefix) => ({ Ipv6Prefix })),
    Ipv6Native: row.privateIpAddress === '' ? true : undefined,
    Association: association(call, row),
    Groups: row.groupIds.map((id) => ({ GroupId: id, GroupName: call.state.ec2.securityGroups.get(id)?.name })),
    SourceDestCheck: row.sourceDestCheck,
    RequesterId: row.requesterId,
    RequesterManaged: row.requesterManaged,
    Operator: { Managed: row.operator !== undefined, Principal: row.operator },
    Attachment: row.attachment,
    TagSet: tagList(row.tags),
  };
}

function prefixesOf({ prefixes = [] }: InterfaceRow, family: 4 | 6): readonly string[] | undefined {
  const own = prefixes.filter((block) => block.includes(':') === (family === 6));
  return own.length > 0 ? own : undefined;
}

/** The name that private DNS has for an address, in a VPC whose hosts have names. */
export function privateDnsName(call: AwsCall, row: InterfaceRow, address: string): string | undefined {
  if (call.state.ec2.vpcs.get(row.vpcId)?.enableDnsHostnames !== true) return undefined;

  const domain = call.region === 'us-east-1' ? 'ec2.internal' : `${call.region}.compute.internal`;
  return `ip-${address.replaceAll('.', '-')}.${domain}`;
}

/** The name that public DNS has for an address. */
function publicDnsName(call: AwsCall, row: InterfaceRow): string | undefined {
  if (row.publicIpAddress === undefined) return undefined;
  if (call.state.ec2.vpcs.get(row.vpcId)?.enableDnsHostnames !== true) return undefined;

  const domain = call.region === 'us-east-1' ? 'compute-1' : `${call.region}.compute`;
  return `ec2-${row.publicIpAddress.replaceAll('.', '-')}.${domain}.amazonaws.com`;
}

function association(call: AwsCall, row: InterfaceRow): NetworkInterfaceAssociation | undefined {
  if (row.publicIpAddress === undefined) return undefined;

  return {
    IpOwnerId: row.requesterId ?? 'amazon',
    PublicIp: row.publicIpAddress,
    PublicDnsName: publicDnsName(call, row),
  };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html (Filter.N) */
export const INTERFACE_FILTERS = `addresses.association.owner-id=private-ip-addresses.association.ip-owner-id
  addresses.association.public-ip=private-ip-addresses.association.public-ip
  addresses.primary=private-ip-addresses.primary addresses.private-ip-address=private-ip-addresses.private-ip-address
  association.allocation-id association.association-id association.ip-owner-id association.public-dns-name
  association.public-ip attachment.attach-time attachment.attachment-id attachment.delete-on-termination
  attachment.device-index attachment.instance-id attachment.instance-owner-id attachment.status availability-zone
  availability-zone-id group-id=groups.group-id group-name=groups.group-name interface-type
  ipv6-addresses.ipv6-address mac-address network-interface-id operator.managed operator.principal owner-id
  private-dns-name private-ip-address=private-ip-addresses.private-ip-address requester-id requester-managed
  source-dest-check status subnet-id vpc-id`;
