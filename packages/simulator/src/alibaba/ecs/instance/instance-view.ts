import type { AlibabaCall } from '../../operation/call.js';
import type { InstanceRow, InterfaceRow } from '../../vpc/state.js';
import { namedTagPairs } from '../../vpc/request/tags.js';
import { minutes, seconds } from '../../vpc/request/text-rules.js';

/** The addresses of an interface. */
function privateIpSets({ primaryIpAddress, secondaryIpAddresses = [] }: InterfaceRow) {
  return {
    PrivateIpSet: [
      { PrivateIpAddress: primaryIpAddress, Primary: true },
      ...secondaryIpAddresses.map((address) => ({ PrivateIpAddress: address, Primary: false })),
    ],
  };
}

/** An instance as DescribeInstances answers it. */
export function instanceView({ state: { network }, region }: AlibabaCall, row: InstanceRow) {
  const eni = network.interfaces.get(row.primaryInterfaceId);
  return {
    CreationTime: minutes(row.createdAt),
    DeletionProtection: row.deletionProtection,
    Description: row.description,
    EipAddress: { AllocationId: '', InternetChargeType: '', IpAddress: '' },
    HostName: row.hostName,
    ImageId: row.imageId,
    InnerIpAddress: { IpAddress: [] },
    InstanceChargeType: 'PostPaid',
    InstanceId: row.id,
    InstanceName: row.name,
    InstanceNetworkType: 'vpc',
    InstanceType: row.instanceType,
    InternetMaxBandwidthOut: 0,
    IoOptimized: true,
    NetworkInterfaces: {
      NetworkInterface: eni
        ? [
            {
              MacAddress: eni.macAddress,
              NetworkInterfaceId: eni.id,
              PrimaryIpAddress: eni.primaryIpAddress,
              PrivateIpSets: privateIpSets(eni),
              Type: eni.type,
            },
          ]
        : [],
    },
    OperationLocks: { LockReason: [] },
    PublicIpAddress: { IpAddress: [] },
    RegionId: region,
    SecurityGroupIds: { SecurityGroupId: eni?.securityGroupIds ?? [] },
    Status: row.status,
    Tags: { Tag: namedTagPairs(row.tags) },
    VpcAttributes: {
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: eni ? [eni.primaryIpAddress] : [] },
      VSwitchId: row.vSwitchId,
      VpcId: row.vpcId,
    },
    ZoneId: row.zoneId,
  };
}

/** Whether anything uses an interface. */
export function statusOf({ status }: InterfaceRow): 'Available' | 'InUse' {
  return status ?? 'InUse';
}

/** An interface as DescribeNetworkInterfaces answers it. */
export function interfaceView({ account }: AlibabaCall, row: InterfaceRow) {
  return {
    CreationTime: seconds(row.createdAt),
    DeleteOnRelease: row.instanceId !== undefined,
    Description: row.description,
    InstanceId: row.instanceId ?? '',
    MacAddress: row.macAddress,
    NetworkInterfaceId: row.id,
    NetworkInterfaceName: '',
    OwnerId: row.ownerId ?? account,
    Ipv6Sets: { Ipv6Set: (row.ipv6Addresses ?? []).map((address) => ({ Ipv6Address: address })) },
    PrivateIpAddress: row.primaryIpAddress,
    PrivateIpSets: privateIpSets(row),
    // No blocks are delegated here. The API contains both lists in any case [I].
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
    SecurityGroupIds: { SecurityGroupId: row.securityGroupIds },
    ServiceManaged: row.serviceManaged,
    ...(row.sourceDestCheck === undefined ? {} : { SourceDestCheck: row.sourceDestCheck }),
    Status: statusOf(row),
    Tags: { Tag: namedTagPairs(row.tags) },
    Type: row.type,
    VSwitchId: row.vSwitchId,
    VpcId: row.vpcId,
    ZoneId: row.zoneId,
  };
}
