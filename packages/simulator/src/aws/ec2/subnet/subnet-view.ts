import type { Subnet } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { SubnetRow } from '../state.js';
import { freeAddressCount } from '../vpc/network.js';
import { tagListOrNone } from '../request/tags.js';

/** `arn:aws:ec2:us-east-1:111122223333:subnet/subnet-…` */
export function subnetArn(call: AwsCall, row: SubnetRow): string {
  return `arn:${call.partition}:ec2:${call.region}:${row.ownerId}:subnet/${row.id}`;
}

/** A subnet as the API shows it. */
export function subnetView(call: AwsCall, row: SubnetRow): Subnet {
  return {
    SubnetId: row.id,
    SubnetArn: subnetArn(call, row),
    VpcId: row.vpcId,
    OwnerId: row.ownerId,
    State: row.state,
    AvailabilityZone: row.zoneName,
    AvailabilityZoneId: row.zoneId,
    CidrBlock: row.cidrBlock === '' ? undefined : row.cidrBlock,
    AvailableIpAddressCount: freeAddressCount(call.state, row.id),
    Ipv6CidrBlockAssociationSet: row.ipv6CidrBlocks.map(({ associationId, cidrBlock, state }) => ({
      AssociationId: associationId,
      Ipv6CidrBlock: cidrBlock,
      Ipv6CidrBlockState: { State: state },
      Ipv6AddressAttribute: 'public',
      IpSource: 'amazon',
    })),
    DefaultForAz: row.isDefault,
    MapPublicIpOnLaunch: row.mapPublicIpOnLaunch,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: row.assignIpv6AddressOnCreation,
    EnableDns64: row.enableDns64,
    EnableLniAtDeviceIndex: row.enableLniAtDeviceIndex,
    Ipv6Native: row.ipv6Native,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: row.hostnameType,
      EnableResourceNameDnsARecord: row.enableResourceNameDnsA,
      EnableResourceNameDnsAAAARecord: row.enableResourceNameDnsAaaa,
    },
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: tagListOrNone(row.tags),
  };
}
