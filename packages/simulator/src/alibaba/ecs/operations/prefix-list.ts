import { readBlock } from '../../../simulation/addresses.js';
import { ecsFamily } from '../../vpc/request/family.js';
import { newId, checkName, seconds, clientToken, tags, TOKENS } from '../../vpc/request/text-rules.js';
import { admits, admitsAny } from '../../vpc/request/lists.js';
import { getPrefixList } from '../../vpc/request/lookups.js';
import { hasTags, namedTagPairs, readTags } from '../../vpc/request/tags.js';
import { AlibabaError } from '../../operation/operation.js';
import { pageByToken } from '../../operation/page.js';
import type { PrefixListRow, AlibabaNetworkState, PrefixListEntryRow } from '../../vpc/state.js';
import { listOf, neededText, oneOf, required, text, texts, whole } from '../../operation/parameters.js';

/** Prefix lists. */
export const prefixListActions = ecsFamily({
  CreatePrefixList: {
    parameters: {
      PrefixListName: neededText,
      AddressFamily: { ...neededText, values: ['IPv4', 'IPv6'] },
      MaxEntries: required({ ...whole, range: [1, 200] }),
      Description: text,
      Entry: listOf({ Cidr: neededText, Description: text }, 200),
      Tag: tags,
      ClientToken: clientToken,
    },
    run(call, { PrefixListName, AddressFamily, MaxEntries, Description = '', Entry = [], Tag }) {
      checkName('PrefixList', PrefixListName);
      const bounds = { addressFamily: AddressFamily === 'IPv6' ? 'IPv6' : 'IPv4', maxEntries: MaxEntries } as const;
      const row: PrefixListRow = {
        id: newId(call, 'pl'),
        name: PrefixListName,
        description: Description,
        ...bounds,
        entries: readPrefixListEntries(bounds, [], Entry),
        createdAt: call.now,
        tags: readTags(Tag),
      };
      call.state.network.prefixLists.set(row.id, row);
      return { PrefixListId: row.id };
    },
  },

  ModifyPrefixList: {
    parameters: {
      PrefixListId: neededText,
      PrefixListName: text,
      Description: text,
      AddEntry: listOf({ Cidr: neededText, Description: text }, 200),
      RemoveEntry: listOf({ Cidr: neededText }, 200),
    },
    run({ state }, { PrefixListId, PrefixListName, Description, AddEntry = [], RemoveEntry = [] }) {
      const row = getPrefixList(state, PrefixListId);
      checkName('PrefixList', PrefixListName);
      const removed = RemoveEntry.map(({ Cidr = '' }) => readBlock(Cidr)?.text);
      const kept = row.entries.filter(({ cidrBlock }) => !removed.includes(cidrBlock));
      row.entries = readPrefixListEntries(row, kept, AddEntry);
      row.name = PrefixListName ?? row.name;
      row.description = Description ?? row.description;
      return {};
    },
  },

  DeletePrefixList: {
    parameters: { PrefixListId: neededText },
    run({ state }, { PrefixListId }) {
      const { id } = getPrefixList(state, PrefixListId);
      if (prefixListUsers(state.network, id).length > 0) {
        const message = 'The specified prefix list is associated with resources.'; // [?] the words
        throw new AlibabaError('DependencyViolation.PrefixList', message, 403);
      }

      state.network.prefixLists.delete(id);
      return {};
    },
  },

  DescribePrefixLists: {
    parameters: {
      PrefixListId: { ...texts, length: [0, 100] },
      PrefixListName: text,
      AddressFamily: oneOf('IPv4', 'IPv6'),
      Tag: tags,
      ...TOKENS,
    },
    run({ state: { network } }, { PrefixListId, PrefixListName, AddressFamily, Tag, ...asked }) {
      const rows = [...network.prefixLists.values()].filter(
        (row) =>
          admitsAny(PrefixListId, [row.id]) &&
          admits(PrefixListName, row.name) &&
          admits(AddressFamily, row.addressFamily) &&
          hasTags(row.tags, Tag),
      );
      const { items, NextToken } = pageByToken(rows, asked, {
        operation: { product: 'Ecs', name: 'DescribePrefixLists' },
        defaultSize: 10,
        largest: 100,
        key: ({ id }) => id,
      });
      return {
        NextToken,
        PrefixLists: {
          PrefixList: items.map((row) => ({
            AddressFamily: row.addressFamily,
            AssociationCount: prefixListUsers(network, row.id).length,
            CreationTime: seconds(row.createdAt),
            Description: row.description,
            MaxEntries: row.maxEntries,
            PrefixListId: row.id,
            PrefixListName: row.name,
            Tags: { Tag: namedTagPairs(row.tags) },
          })),
        },
      };
    },
  },

  DescribePrefixListAttributes: {
    parameters: { PrefixListId: neededText },
    run({ state }, { PrefixListId }) {
      const row = getPrefixList(state, PrefixListId);
      return {
        AddressFamily: row.addressFamily,
        CreationTime: seconds(row.createdAt),
        Description: row.description,
        Entries: { Entry: row.entries.map((entry) => ({ Cidr: entry.cidrBlock, Description: entry.description })) },
        MaxEntries: row.maxEntries,
        PrefixListId: row.id,
        PrefixListName: row.name,
      };
    },
  },
});

/**
 * Reads entries of a prefix list. A single address becomes a block; host bits are cleared.
 * @throws {AlibabaError} `InvalidEntryCidr.Malformed` [?], `InvalidEntryCidr.Duplicated` [?], `LimitExceed.Entry` [?]
 */
function readPrefixListEntries(
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
function prefixListUsers({ securityGroups }: AlibabaNetworkState, prefixListId: string): string[] {
  return [...securityGroups.values()]
    .filter(({ rules }) => rules.some(({ peer }) => peer.kind === 'prefixList' && peer.prefixListId === prefixListId))
    .map(({ id }) => id);
}
