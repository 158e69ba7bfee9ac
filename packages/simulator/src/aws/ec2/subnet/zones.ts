import type { Subnet } from '@aws-sdk/client-ec2';
import type { SubnetRow, VpcRow } from '../state.js';
import type { TagRow } from '../../state/given.js';
import type { Birthplace } from '../birthplace.js';

/** A place that subnets can be in, as one account sees it. */
export interface Zone {
  /** `us-east-1a`: which zone that is differs from account to account. */
  readonly name: string;
  /** `use1-az1`: the same zone in all accounts. */
  readonly id: string;
  readonly region: string;
  readonly type: 'availability-zone' | 'local-zone';
  /** `us-east-1`, or `us-west-2-lax-1` for a local zone. */
  readonly group: string;
  readonly optIn: 'opt-in-not-required' | 'not-opted-in';
  readonly parentName: string | undefined;
  readonly parentId: string | undefined;
}

export interface RegionFacts {
  readonly name: string;
  /** What its zones' ids begin with: `use1`. */
  readonly short: string;
  readonly zones: readonly number[];
  /** Regions opened since 2019 must be enabled first. */
  readonly optIn: 'opt-in-not-required' | 'not-opted-in';
  /** Metropolitan zones that belong to it: name of the place, short name, how many. */
  readonly local: readonly (readonly [place: string, zones: number])[];
}

const THREE = [1, 2, 3];
const region = (
  name: string,
  short: string,
  zones: readonly number[] = THREE,
  optIn: RegionFacts['optIn'] = 'opt-in-not-required',
  local: RegionFacts['local'] = [],
): RegionFacts => ({ name, short, zones, optIn, local });

/**
 * Regions and their zones. Not every zone is open to every account (us-west-1 shows two of three); the numbers are those
 * that accounts see. Local zones are a choice, not all.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const REGIONS: readonly RegionFacts[] = [
  region('us-east-1', 'use1', [1, 2, 3, 4, 5, 6], 'opt-in-not-required', [['bos', 1]]),
  region('us-east-2', 'use2'),
  region('us-west-1', 'usw1', [1, 3]),
  region('us-west-2', 'usw2', [1, 2, 3, 4], 'opt-in-not-required', [['lax', 2]]),
  region('ca-central-1', 'cac1', [1, 2, 4]),
  region('ca-west-1', 'caw1', THREE, 'not-opted-in'),
  region('mx-central-1', 'mxc1', THREE, 'not-opted-in'),
  region('sa-east-1', 'sae1'),
  region('eu-central-1', 'euc1'),
  region('eu-central-2', 'euc2', THREE, 'not-opted-in'),
  region('eu-west-1', 'euw1'),
  region('eu-west-2', 'euw2'),
  region('eu-west-3', 'euw3'),
  region('eu-north-1', 'eun1'),
  region('eu-south-1', 'eus1', THREE, 'not-opted-in'),
  region('eu-south-2', 'eus2', THREE, 'not-opted-in'),
  region('me-south-1', 'mes1', THREE, 'not-opted-in'),
  region('me-central-1', 'mec1', THREE, 'not-opted-in'),
  region('il-central-1', 'ilc1', THREE, 'not-opted-in'),
  region('af-south-1', 'afs1', THREE, 'not-opted-in'),
  region('ap-east-1', 'ape1', THREE, 'not-opted-in'),
  region('ap-south-1', 'aps1'),
  region('ap-south-2', 'aps2', THREE, 'not-opted-in'),
  region('ap-northeast-1', 'apne1', [1, 2, 4]),
  region('ap-northeast-2', 'apne2', [1, 2, 3, 4]),
  region('ap-northeast-3', 'apne3'),
  region('ap-southeast-1', 'apse1'),
  region('ap-southeast-2', 'apse2'),
  region('ap-southeast-3', 'apse3', THREE, 'not-opted-in'),
  region('ap-southeast-4', 'apse4', THREE, 'not-opted-in'),
  region('ap-southeast-5', 'apse5', THREE, 'not-opted-in'),
  region('ap-southeast-7', 'apse7', THREE, 'not-opted-in'),
  region('us-gov-west-1', 'usgw1'),
  region('us-gov-east-1', 'usge1'),
  region('cn-north-1', 'cnn1', [1, 2, 4]),
  region('cn-northwest-1', 'cnnw1'),
];

const BY_NAME = new Map(REGIONS.map((facts) => [facts.name, facts]));

/** Every region, in all partitions. */
export function allRegions(): readonly RegionFacts[] {
  return REGIONS;
}

/** Whether the region exists, in any partition. A signature for another is refused. */
export function isRegion(name: string): boolean {
  return BY_NAME.has(name);
}

/**
 * The zones of a region as an account sees them, its availability zones first. Letters are dealt to zones by the
 * account's number, so that two accounts need not mean the same by `us-east-1a`. None for a region that does not exist.
 */
export function zonesOf(regionName: string, account: string): readonly Zone[] {
  const facts = BY_NAME.get(regionName);
  if (facts === undefined) return [];

  const shift = dealtFrom(account, regionName) % facts.zones.length;
  const zones = facts.zones.map((_, index): Zone => {
    const number = facts.zones[(index + shift) % facts.zones.length] ?? 1;
    return {
      name: `${regionName}${letter(index)}`,
      id: `${facts.short}-az${number}`,
      region: regionName,
      type: 'availability-zone',
      group: regionName,
      optIn: 'opt-in-not-required',
      parentName: undefined,
      parentId: undefined,
    };
  });
  return [...zones, ...facts.local.flatMap(([place, count]) => localZones(facts, place, count, zones[0]))];
}

function localZones(facts: RegionFacts, place: string, count: number, parent: Zone | undefined): Zone[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${facts.name}-${place}-1${letter(index)}`,
    id: `${facts.short}-${place}1-az${index + 1}`,
    region: facts.name,
    type: 'local-zone',
    group: `${facts.name}-${place}-1`,
    optIn: 'not-opted-in',
    parentName: parent?.name,
    parentId: parent?.id,
  }));
}

const letter = (index: number): string => 'abcdefgh'.charAt(index);

function dealtFrom(account: string, regionName: string): number {
  let sum = 0;
  for (const character of `${account}/${regionName}`) sum = (sum * 31 + character.charCodeAt(0)) % 65_521;
  return sum;
}

interface NewSubnet {
  readonly cidrBlock: string;
  readonly ipv6CidrBlock?: string | undefined;
  readonly ipv6Native?: boolean | undefined;
  readonly zone: Zone;
  readonly isDefault: boolean;
  readonly tags: TagRow;
}

/** What a subnet has where nothing else is chosen. */
export const DEFAULT_FIELDS = {
  State: 'available',
  DefaultForAz: false,
  MapPublicIpOnLaunch: false,
  MapCustomerOwnedIpOnLaunch: false,
  AssignIpv6AddressOnCreation: false,
  EnableDns64: false,
  Ipv6Native: false,
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: 'ip-name',
    EnableResourceNameDnsARecord: false,
    EnableResourceNameDnsAAAARecord: false,
  },
  BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
} as const satisfies Subnet;

/** What differs in a subnet without IPv4. */
const NATIVE = {
  AssignIpv6AddressOnCreation: true,
  Ipv6Native: true,
  PrivateDnsNameOptionsOnLaunch: {
    HostnameType: 'resource-name',
    EnableResourceNameDnsARecord: false,
    EnableResourceNameDnsAAAARecord: true,
  },
} as const satisfies Subnet;

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
    fields: {
      ...DEFAULT_FIELDS,
      DefaultForAz: wanted.isDefault,
      MapPublicIpOnLaunch: wanted.isDefault,
      ...(native && NATIVE),
    },
    usedAddresses: 0,
    tags: wanted.tags,
  };
  place.ec2.subnets.set(row.id, row);
  for (const acl of place.ec2.networkAcls.values()) {
    if (acl.vpcId === vpc.id && acl.isDefault) acl.associations.push({ id: place.id('aclassoc-'), subnetId: row.id });
  }
  return row;
}
