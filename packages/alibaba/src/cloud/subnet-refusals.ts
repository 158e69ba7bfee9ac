import type { ErrorCode } from '@postern/core/internal/library';
import { InvalidInputError, type PosternError, groupedPairs } from '@postern/core/internal/kinds';
import type { Subnet } from '@postern/core/internal/snapshot';

/** A link is in one network. */
export function oneNetwork(subnets: readonly Subnet[]): readonly PosternError[] {
  const networks = groupedPairs(subnets.map(({ id, networkId }) => [networkId, id] as const));
  if (networks.size <= 1) return [];

  const parts = [...networks].map(([network, ids]) => `${network}: ${ids.join(', ')}`);
  return [
    refused(
      'SUBNETS_OF_SEVERAL_NETWORKS',
      `the vSwitches are in ${networks.size} VPCs (${parts.join('; ')})`,
      'Use the vSwitches of one VPC, the one that the backends are in.',
      { networks: Object.fromEntries(networks) },
    ),
  ];
}

/** A zone has one vSwitch. */
export function onePerZone(subnets: readonly Subnet[]): readonly PosternError[] {
  const errors: PosternError[] = [];
  const first = new Map<string, string>();
  for (const { id, zone } of subnets) {
    const other = first.get(zone);
    if (other === undefined) first.set(zone, id);
    else {
      errors.push(
        refused('INVALID_INPUT', `${id} and ${other} are both in ${zone}`, 'Keep one vSwitch for each zone.', {
          subnetId: id,
          zone,
        }),
      );
    }
  }
  return errors;
}

/** A link needs a free address in each of its subnets. */
export function freeAddresses(subnets: readonly Subnet[]): readonly PosternError[] {
  return subnets
    .filter(({ freeAddresses: free }) => free === 0)
    .map(({ id, cidrBlock }) =>
      refused(
        'ADDRESSES_EXHAUSTED',
        `${id} (${cidrBlock}) has no free address`,
        `Free an address in ${id}, or use another vSwitch.`,
        { subnetId: id },
      ),
    );
}

/** A request that the cloud would refuse. */
export function refused(
  code: ErrorCode,
  message: string,
  remedy: string,
  details?: Readonly<Record<string, unknown>>,
): InvalidInputError {
  return new InvalidInputError(code, message, { remedy, details });
}
