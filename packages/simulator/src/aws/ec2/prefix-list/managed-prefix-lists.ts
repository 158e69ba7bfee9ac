import type { PrefixListRow } from '../state.js';
import type { Birthplace } from '../birthplace.js';

interface ManagedList {
  /** The name, with the region's in place of `*`. */
  readonly name: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  /** The weight that the list has in a security group's or a route table's quota. */
  readonly maxEntries: number;
  /** Examples from the services' published ranges. The real lists change every week. */
  readonly cidrs: readonly string[];
}

/**
 * The lists that AWS manages in every region.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const MANAGED: readonly ManagedList[] = [
  { name: 'com.amazonaws.*.s3', addressFamily: 'IPv4', maxEntries: 1, cidrs: ['52.216.0.0/15', '54.231.0.0/16'] },
  {
    name: 'com.amazonaws.*.dynamodb',
    addressFamily: 'IPv4',
    maxEntries: 1,
    cidrs: ['52.94.0.0/22', '52.119.224.0/20'],
  },
  { name: 'com.amazonaws.*.s3express', addressFamily: 'IPv4', maxEntries: 6, cidrs: ['16.15.192.0/18'] },
  { name: 'com.amazonaws.*.vpc-lattice', addressFamily: 'IPv4', maxEntries: 10, cidrs: ['169.254.171.0/24'] },
  { name: 'com.amazonaws.*.ipv6.vpc-lattice', addressFamily: 'IPv6', maxEntries: 10, cidrs: ['fd00:ec2:80::/64'] },
  {
    name: 'com.amazonaws.*.ec2-instance-connect',
    addressFamily: 'IPv4',
    maxEntries: 2,
    cidrs: ['18.206.107.24/29'],
  },
  {
    name: 'com.amazonaws.global.cloudfront.origin-facing',
    addressFamily: 'IPv4',
    maxEntries: 55,
    cidrs: ['120.52.22.96/27', '130.176.0.0/17', '205.251.249.0/24'],
  },
  { name: 'com.amazonaws.global.groundstation', addressFamily: 'IPv4', maxEntries: 5, cidrs: ['15.248.68.0/22'] },
];

/** Makes the lists that AWS manages. Their ids have eight digits, as the old ones of S3 do. */
export function newManagedPrefixLists(place: Birthplace): void {
  for (const { name, addressFamily, maxEntries, cidrs } of MANAGED) {
    const row: PrefixListRow = {
      id: `pl-${place.id('').slice(0, 8)}`,
      name: name.replace('*', place.region),
      ownerId: 'AWS',
      addressFamily,
      maxEntries,
      version: 1,
      state: 'create-complete',
      stateMessage: undefined,
      versions: [cidrs.map((cidr) => ({ cidr, description: undefined }))],
      tags: {},
    };
    place.ec2.prefixLists.set(row.id, row);
  }
}
