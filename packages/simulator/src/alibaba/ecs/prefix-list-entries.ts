import { readBlock } from '../../simulation/blocks.js';
import { AlibabaError } from '../operation/service-error.js';
import type { AlibabaNetworkState, PrefixListEntryRow, PrefixListRow } from '../vpc/state.js';

/**
 * Reads entries of a prefix list. A single address becomes a block; host bits are cleared.
 * @throws {AlibabaError} `InvalidEntryCidr.Malformed` [?], `InvalidEntryCidr.Duplicated` [?], `LimitExceed.Entry` [?]
 */
export function readPrefixListEntries(
  { addressFamily, maxEntries }: Pick<PrefixListRow, 'addressFamily' | 'maxEntries'>,
  old: readonly PrefixListEntryRow[],
  given: readonly { readonly Cidr?: string | undefined; readonly Description?: string | undefined }[],
): PrefixListEntryRow[] {
  const entries = [...old];
  for (const { Cidr = '', Description = '' } of given) {
    const block = readBlock(Cidr);
    if (!block || (block.family === 4) !== (addressFamily === 'IPv4')) {
      throw new AlibabaError('InvalidEntryCidr.Malformed', 'The specified parameter Entry.Cidr is not valid.');
    }
    if (entries.some(({ cidrBlock }) => cidrBlock === block.text)) {
      throw new AlibabaError('InvalidEntryCidr.Duplicated', 'The specified parameter Entry.Cidr is duplicated.');
    }
    entries.push({ cidrBlock: block.text, description: Description });
  }
  if (entries.length > maxEntries) {
    throw new AlibabaError('LimitExceed.Entry', 'The number of entries exceeds the maximum of the prefix list.');
  }
  return entries;
}

/** The ids of the security groups whose rules use a prefix list. */
export function prefixListUsers({ securityGroups }: AlibabaNetworkState, prefixListId: string): string[] {
  return [...securityGroups.values()]
    .filter(({ rules }) => rules.some(({ peer }) => peer.kind === 'prefixList' && peer.prefixListId === prefixListId))
    .map(({ id }) => id);
}
