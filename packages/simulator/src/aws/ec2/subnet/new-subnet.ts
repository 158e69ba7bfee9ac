import type { SubnetRow, VpcRow } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import type { Birthplace } from '../birthplace.js';
import type { Zone } from './zones.js';

interface NewSubnet {
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string | undefined;
  readonly ipv6Native?: boolean | undefined;
  readonly zone: Zone;
  readonly isDefault: boolean;
  readonly tags: TagRow;
}

/** Makes a subnet, which its VPC's default network ACL guards. Default subnets give instances public addresses. */
export function newSubnet(place: Birthplace, vpc: VpcRow, wanted: NewSubnet): SubnetRow {
  const native = wanted.ipv6Native ?? false;
  const row: SubnetRow = {
    id: place.id('subnet-'),
    vpcId: vpc.id,
    ownerId: place.account,
    cidrBlock: wanted.cidrBlock,
    ipv6CidrBlocks:
      wanted.ipv6CidrBlock === undefined
        ? []
        : [{ associationId: place.id('subnet-cidr-assoc-'), cidrBlock: wanted.ipv6CidrBlock, state: 'associated' }],
    zoneId: wanted.zone.id,
    zoneName: wanted.zone.name,
    isDefault: wanted.isDefault,
    state: 'available',
    mapPublicIpOnLaunch: wanted.isDefault,
    assignIpv6AddressOnCreation: native,
    enableDns64: false,
    ipv6Native: native,
    hostnameType: native ? 'resource-name' : 'ip-name',
    enableResourceNameDnsA: false,
    enableResourceNameDnsAaaa: native,
    enableLniAtDeviceIndex: undefined,
    usedAddresses: 0,
    tags: wanted.tags,
  };
  place.ec2.subnets.set(row.id, row);
  for (const acl of place.ec2.networkAcls.values()) {
    if (acl.vpcId === vpc.id && acl.isDefault) acl.associations.push({ id: place.id('aclassoc-'), subnetId: row.id });
  }
  return row;
}
