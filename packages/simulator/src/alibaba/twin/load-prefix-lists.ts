import type { Building } from './building.js';

/** Prefix lists that rules of security groups name. */
export function loadPrefixLists({ snapshot, state, now, lack }: Building): void {
  for (const list of snapshot.prefixLists ?? []) {
    if (list.cidrBlocks === undefined) lack(`the entries of prefix list ${list.id}`);
    const blocks = list.cidrBlocks ?? [];
    state.network.prefixLists.set(list.id, {
      id: list.id,
      name: list.name ?? '',
      description: '',
      addressFamily: blocks.some((block) => block.includes(':')) ? 'IPv6' : 'IPv4',
      maxEntries: list.maxEntries ?? blocks.length,
      entries: blocks.map((cidrBlock) => ({ cidrBlock, description: '' })),
      createdAt: now,
      tags: {},
    });
  }
}
