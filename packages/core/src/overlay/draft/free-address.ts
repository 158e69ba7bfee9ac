import { formatAddress } from '../../cidr/ip-address.js';
import { contains, parsePrefix, type Prefix } from '../../cidr/prefix.js';
import { keptAddresses } from '../../cidr/reserved.js';
import { rangeOf } from '../../cidr/range.js';
import type { DraftRegion } from './draft-region.js';

/**
 * An address that an interface of a subnet may get, where it does not matter which one: no rule, entry, prefix list or
 * route is about a part of the subnet, but for addresses that others have. Undefined where it does, or the subnet is full.
 */
export function freeAddress(draft: DraftRegion, subnetId: string): string | undefined {
  const block = draft.get('subnets', subnetId)?.cidrBlock;
  if (block === undefined) return undefined;

  const subnet = parsePrefix(block);
  const taken = new Set(draft.all('interfaces').flatMap(({ addresses }) => addresses));
  const isFree = (text: string): boolean => !taken.has(text.replace(/\/(?:32|128)$/, ''));
  for (const text of blocksIn(draft, subnetId)) if (isPart(subnet, text) && isFree(text)) return undefined;
  const kept = keptAddresses(subnet, draft.kept).ranges;
  const { first, last } = rangeOf(subnet);
  for (let value = first.value; value <= last.value; value += 1n) {
    if (kept.some((range) => range.first.value <= value && value <= range.last.value)) continue;

    const text = formatAddress({ family: first.family, value });
    if (!taken.has(text)) return text;
  }
  return undefined;
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
function* blocksIn(draft: DraftRegion, subnetId: string): Generator<string> {
  const lists = new Map(draft.all('prefixLists').map(({ id, cidrBlocks = [] }) => [id, cidrBlocks] as const));
  const rules = draft
    .all('securityGroups')
    .flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
  const routes = draft.all('routeTables').flatMap((table) => table.routes ?? []);
  for (const { cidrBlock, prefixListId = '' } of [...rules, ...routes])
    yield* cidrBlock === undefined ? (lists.get(prefixListId) ?? []) : [cidrBlock];

  const others = draft.all('subnets').filter(({ id }) => id !== subnetId);
  for (const { id, entries = [] } of draft.all('networkAcls'))
    if (others.some(({ networkAclId }) => networkAclId === id)) for (const { cidrBlock } of entries) yield cidrBlock;
}
