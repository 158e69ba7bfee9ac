import type { NetworkInterface, NetworkInterfaceAssociation, NetworkInterfaceAttachment } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { InterfaceAttachmentRow, InterfaceRow } from '../state.js';
import { interfaceStatus } from './interface-status.js';
import { tagList } from '../request/tags.js';

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
    Attachment: row.attachment && attachmentView(row.attachment),
    TagSet: tagList(row.tags),
  };
}

function prefixesOf({ prefixes = [] }: InterfaceRow, family: 4 | 6): readonly string[] | undefined {
  const own = prefixes.filter((block) => block.includes(':') === (family === 6));
  return own.length > 0 ? own : undefined;
}

/** An attachment as the API shows it. */
export function attachmentView(row: InterfaceAttachmentRow): NetworkInterfaceAttachment {
  return {
    AttachmentId: row.attachmentId,
    InstanceId: row.instanceId,
    InstanceOwnerId: row.instanceOwnerId,
    DeviceIndex: row.deviceIndex,
    NetworkCardIndex: 0,
    Status: row.status,
    DeleteOnTermination: row.deleteOnTermination,
    AttachTime: new Date(row.attachTimeMs),
  };
}

/** The name that private DNS has for an address, in a VPC whose hosts have names. */
export function privateDnsName(call: AwsCall, row: InterfaceRow, address: string): string | undefined {
  if (call.state.ec2.vpcs.get(row.vpcId)?.enableDnsHostnames !== true) return undefined;
  const domain = call.region === 'us-east-1' ? 'ec2.internal' : `${call.region}.compute.internal`;
  return `ip-${address.replaceAll('.', '-')}.${domain}`;
}

/** The name that public DNS has for an address. */
export function publicDnsName(call: AwsCall, row: InterfaceRow): string | undefined {
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
