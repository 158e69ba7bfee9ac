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
  for (const text of blocksIn(draft)) if (isPart(subnet, text) && isFree(text)) return undefined;
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

function* blocksIn(draft: DraftRegion): Generator<string> {
  for (const { rules } of draft.all('securityGroups'))
    for (const { cidrBlock } of rules) if (cidrBlock !== undefined) yield cidrBlock;
  for (const { entries = [] } of draft.all('networkAcls')) for (const { cidrBlock } of entries) yield cidrBlock;
  for (const { cidrBlocks = [] } of draft.all('prefixLists')) yield* cidrBlocks;
  for (const { routes = [] } of draft.all('routeTables'))
    for (const { cidrBlock } of routes) if (cidrBlock !== undefined) yield cidrBlock;
}
