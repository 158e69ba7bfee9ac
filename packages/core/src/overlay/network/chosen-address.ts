import { contains, parsePrefix, type Prefix } from '../../cidr/prefix.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';

/**
 * Whether it matters which address of a subnet the cloud chooses for what is called there: a rule, an entry, a prefix list or a route is
 * about a part of the subnet, and not only about addresses that others have.
 */
export function isAboutPart(region: RegionSnapshot, subnetId: string): boolean {
  const block = region.subnets.find(({ id }) => id === subnetId)?.cidrBlock;
  if (block === undefined) return false;

  const subnet = parsePrefix(block);
  const taken = new Set(region.interfaces.flatMap(({ addresses }) => addresses));
  return [...blocksIn(region, subnetId)].some(
    (text) => isPart(subnet, text) && !taken.has(text.replace(/\/(?:32|128)$/, '')),
  );
}

function isPart(subnet: Prefix, text: string): boolean {
  try {
    const block = parsePrefix(text);
    return block.bits > subnet.bits && contains(subnet, block);
  } catch {
    return false;
  }
}

/**
 * What may look at an address that is called. Inbound rules of security groups look at the caller's, and these are stateful; a network
 * ACL does not filter traffic within its subnet.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html#VPC_Security_Comparison
 */
function* blocksIn(region: RegionSnapshot, subnetId: string): Generator<string> {
  const { securityGroups, networkAcls = [], prefixLists = [], routeTables = [], subnets } = region;
  const lists = new Map(prefixLists.map(({ id, cidrBlocks = [] }) => [id, cidrBlocks] as const));
  const rules = securityGroups.flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
  const routes = routeTables.flatMap((table) => table.routes ?? []);
  for (const { cidrBlock, prefixListId = '' } of [...rules, ...routes])
    yield* cidrBlock === undefined ? (lists.get(prefixListId) ?? []) : [cidrBlock];

  const others = subnets.filter(({ id }) => id !== subnetId);
  for (const { id, entries = [] } of networkAcls)
    if (others.some(({ networkAclId }) => networkAclId === id)) for (const { cidrBlock } of entries) yield cidrBlock;
}
