import type { RegionSnapshot, PosternError, LinkRequest } from '@postern/core/internal/library';
import { INSTANCE_CIDRS, chooseInstanceCidr, meet } from './blocks.js';
import type { SecurityGroup, Subnet } from '@postern/core/internal/snapshot';
import { oneNetwork, freeAddresses, onePerZone, refused } from '../../cloud/subnet-refusals.js';

/**
 * Returns what CreateInstance would refuse, or what would leave an instance that never works, from a snapshot alone. Pure.
 * Codes: `NAME_NOT_ALLOWED`, `INVALID_INPUT`, `INSTANCE_CIDR_NOT_ALLOWED`, `CIDR_CONFLICT`, `SUBNETS_OF_SEVERAL_NETWORKS`,
 * `ZONE_NOT_SERVED`, `SECURITY_GROUPS_OF_SEVERAL_TYPES`, `WRONG_NETWORK`, `ADDRESSES_EXHAUSTED`.
 */
export function instanceRefusals(
  request: LinkRequest,
  region: Pick<RegionSnapshot, 'region' | 'subnets' | 'securityGroups' | 'networks' | 'zones'>,
): readonly PosternError[] {
  const subnets = request.subnetIds.flatMap((id) => region.subnets.filter((subnet) => subnet.id === id));
  const groups = region.securityGroups.filter(({ id }) => request.securityGroupIds.includes(id));
  return [
    ...name(request),
    ...oneNetwork(subnets),
    ...zones(subnets, region),
    ...groupCount(request),
    ...groupTypes(groups),
    ...groupNetworks(groups, subnets),
    ...instanceCidr(request, subnets, region),
    ...freeAddresses(subnets),
  ];
}

/** Terraform's provider accepts only these (resource_alicloud_api_gateway_instance.go). */
function name({ name: text }: LinkRequest): readonly PosternError[] {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(text)) return [];

  const fitting = text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64);
  return [
    refused(
      'NAME_NOT_ALLOWED',
      `an instance cannot be named ${JSON.stringify(text)}`,
      `Write name: ${fitting || 'orders'}; ASCII letters, digits, _ and - are accepted.`,
      { name: text },
    ),
  ];
}

/** An instance has one vSwitch in each of its zones. Only zones of API Gateway have instances. */
function zones(subnets: readonly Subnet[], region: Pick<RegionSnapshot, 'zones'>): readonly PosternError[] {
  return [...onePerZone(subnets), ...unservedZones(subnets, servedZones(region))];
}

function unservedZones(subnets: readonly Subnet[], served: readonly string[] | undefined): readonly PosternError[] {
  if (served === undefined) return [];

  return subnets
    .filter(({ zone }) => !served.includes(zone))
    .map(({ id, zone }) =>
      refused(
        'ZONE_NOT_SERVED',
        `${id} is in ${zone}, where API Gateway instances are not available`,
        `Use vSwitches in ${served.join(', ')}.`,
        { subnetId: id, zone, servedZones: served },
      ),
    );
}

/** Each zone has one group: the same for all, or one for each. */
function groupCount({ subnetIds, securityGroupIds }: LinkRequest): readonly PosternError[] {
  const count = securityGroupIds.length;
  if (count === 1 || count === subnetIds.length) return [];

  return [
    refused(
      'INVALID_INPUT',
      `an instance has one security group in each zone; got ${count} for ${subnetIds.length} vSwitches`,
      'Write one security group for all vSwitches, or one for each vSwitch in the same order.',
    ),
  ];
}

/** One interface cannot have both types, and what backends have to allow differs: a basic group can name another, an advanced one cannot. */
function groupTypes(groups: readonly SecurityGroup[]): readonly PosternError[] {
  const types = new Map<string, string[]>();
  for (const group of groups) {
    const type = typeOfGroup(group);
    if (type !== undefined) types.set(type, [...(types.get(type) ?? []), group.id]);
  }
  if (types.size <= 1) return [];

  const parts = [...types].map(([type, ids]) => `${type}: ${ids.join(', ')}`);
  return [
    refused(
      'SECURITY_GROUPS_OF_SEVERAL_TYPES',
      `the security groups are of different types (${parts.join('; ')})`,
      'Use basic groups only, or advanced groups only.',
      { types: Object.fromEntries(types) },
    ),
  ];
}

function groupNetworks(groups: readonly SecurityGroup[], subnets: readonly Subnet[]): readonly PosternError[] {
  const networks = [...new Set(subnets.map(({ networkId }) => networkId))];
  const [network] = networks;
  if (networks.length !== 1 || network === undefined) return [];

  return groups
    .filter((group) => group.networkId !== network)
    .map((group) =>
      refused(
        'WRONG_NETWORK',
        `${group.id} belongs to ${group.networkId}, the vSwitches to ${network}`,
        `Use a security group of ${network}.`,
        { securityGroupId: group.id, networkId: group.networkId, expected: network },
      ),
    );
}

function instanceCidr(
  { native }: LinkRequest,
  subnets: readonly Subnet[],
  { networks }: Pick<RegionSnapshot, 'networks'>,
): readonly PosternError[] {
  const asked = native?.['instanceCidr'];
  if (asked !== undefined && !INSTANCE_CIDRS.some((block) => block === asked)) {
    return [
      refused(
        'INSTANCE_CIDR_NOT_ALLOWED',
        `${String(asked)} cannot be the CIDR block of an instance`,
        `Write the one of ${INSTANCE_CIDRS.join(' and ')} that does not overlap a vSwitch of the instance.`,
        { instanceCidr: String(asked), allowed: INSTANCE_CIDRS },
      ),
    ];
  }

  const blocks = subnets.map(({ cidrBlock }) => cidrBlock);
  const vpc = networks.filter(({ id }) => subnets.some(({ networkId }) => networkId === id));
  const chosen = chooseInstanceCidr(
    asked,
    blocks,
    vpc.flatMap(({ cidrBlocks }) => cidrBlocks),
  );
  const own = chosen ?? INSTANCE_CIDRS[0];
  const other = INSTANCE_CIDRS.find((block) => !blocks.some((text) => meet(block, text)));
  return subnets
    .filter(({ cidrBlock }) => meet(own, cidrBlock))
    .map(({ id, cidrBlock }) =>
      refused(
        'CIDR_CONFLICT',
        `${id} (${cidrBlock}) overlaps the instance CIDR block ${own}; the instance would never work`,
        other === undefined
          ? `Use vSwitches that do not overlap ${INSTANCE_CIDRS.join(' and ')}.`
          : `Write instanceCidr: ${other}.`,
        { subnetId: id, cidrBlock, instanceCidr: own },
      ),
    );
}

/** The zones that serve instances according to a snapshot; undefined where it has none. */
function servedZones({ zones = [] }: Pick<RegionSnapshot, 'zones'>): readonly string[] | undefined {
  const served = zones.filter(({ servesLinks }) => servesLinks === true).map(({ id }) => id);
  return served.length === 0 ? undefined : served.toSorted();
}

/** `normal` (basic) or `enterprise`, where it is known. */
function typeOfGroup({ kind, raw }: SecurityGroup): string | undefined {
  if (kind !== undefined) return kind === 'basic' ? 'normal' : kind;

  const type = (raw as { readonly SecurityGroupType?: unknown } | null)?.SecurityGroupType;
  return typeof type === 'string' && type !== '' ? type : undefined;
}
