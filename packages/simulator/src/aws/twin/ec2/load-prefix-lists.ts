import type { RegionSnapshot } from '@postern/core';
import type { AwsCall } from '../../operation/call.js';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { newManagedPrefixLists } from '../../ec2/prefix-list.js';
import type { Lack } from '../lack.js';

/** Prefix lists in use, and those of AWS that every region has. */
export function loadPrefixLists(call: AwsCall, { prefixLists }: RegionSnapshot, lack: Lack): void {
  const { ec2 } = call.state;
  newManagedPrefixLists(birthplaceOf(call));
  if (prefixLists === undefined) return lack(`the prefix lists of ${call.region} were not read`);
  for (const { id, name = id, cidrBlocks, maxEntries, account } of prefixLists) {
    if (cidrBlocks === undefined) lack(`the entries of prefix list ${id} were not read`);
    // Lists of an account may share a name. One of AWS is there already, with another ID.
    for (const row of ec2.prefixLists.values())
      if (row.name === name && row.ownerId === 'AWS') ec2.prefixLists.delete(row.id);
    const entries = (cidrBlocks ?? []).map((cidr) => ({ cidr, description: undefined }));
    ec2.prefixLists.set(id, {
      id,
      name,
      ownerId: account ?? call.account,
      addressFamily: entries.some(({ cidr }) => cidr.includes(':')) ? 'IPv6' : 'IPv4',
      maxEntries: maxEntries ?? Math.max(1, entries.length),
      version: 1,
      state: 'create-complete',
      stateMessage: undefined,
      versions: [entries],
      tags: {},
    });
  }
}
