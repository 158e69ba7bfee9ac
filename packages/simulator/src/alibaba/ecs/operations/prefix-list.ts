import { readBlock } from '../../../simulation/addresses.js';
import { ecsFamily, newId, checkName, seconds, clientToken, tags, TOKENS } from '../../vpc/request/text-rules.js';
import { admitsAny, admitsShown, getPrefixList } from '../../vpc/request/lists.js';
import { hasTags, namedTagPairs, readTags } from '../../vpc/request/tags.js';
import { shown, AlibabaError } from '../../operation/operation.js';
import type { PrefixListRow, AlibabaNetworkState, PrefixListEntryRow } from '../../vpc/state.js';
import {
  pageByToken,
  listOf,
  neededText,
  oneOf,
  required,
  text,
  texts,
  whole,
  action,
} from '../../operation/family.js';

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
      const bounds = { AddressFamily: AddressFamily === 'IPv6' ? 'IPv6' : 'IPv4', MaxEntries } as const;
      const row: PrefixListRow = {
        AddressFamily: bounds.AddressFamily,
        CreationTime: seconds(call.now),
        Description,
        MaxEntries,
        PrefixListId: newId(call, 'pl'),
        PrefixListName,
        entries: readPrefixListEntries(bounds, [], Entry),
        tags: readTags(Tag),
      };
      call.state.network.prefixLists.set(row.PrefixListId, row);
      return { PrefixListId: row.PrefixListId };
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
      const kept = row.entries.filter(({ Cidr }) => !removed.includes(Cidr));
      row.entries = readPrefixListEntries(row, kept, AddEntry);
      row.PrefixListName = PrefixListName ?? row.PrefixListName;
      row.Description = Description ?? row.Description;
      return {};
    },
  },

  DeletePrefixList: action({ PrefixListId: neededText }, ({ state }, { PrefixListId }) => {
    getPrefixList(state, PrefixListId);
    if (prefixListUsers(state.network, PrefixListId).length > 0) {
      const message = 'The specified prefix list is associated with resources.'; // [?] the words
      throw new AlibabaError('DependencyViolation.PrefixList', message, 403);
    }

    state.network.prefixLists.delete(PrefixListId);
    return {};
  }),

  DescribePrefixLists: {
    parameters: {
      PrefixListId: { ...texts, length: [0, 100] },
      PrefixListName: text,
      AddressFamily: oneOf('IPv4', 'IPv6'),
      Tag: tags,
      ...TOKENS,
    },
    run({ state: { network } }, { PrefixListId, Tag, ...asked }) {
      const rows = [...network.prefixLists.values()].filter(
        (row) =>
          admitsAny(PrefixListId, [row.PrefixListId]) &&
          admitsShown(asked, row, 'PrefixListName', 'AddressFamily') &&
          hasTags(row.tags, Tag),
      );
      const { items, NextToken } = pageByToken(rows, asked, {
        operation: { product: 'Ecs', name: 'DescribePrefixLists' },
        defaultSize: 10,
        largest: 100,
        key: (row) => row.PrefixListId,
      });
      return {
        NextToken,
        PrefixLists: {
          PrefixList: items.map((row) => {
            const { AddressFamily, ...rest } = shown(row);
            const AssociationCount = prefixListUsers(network, row.PrefixListId).length;
            return { AddressFamily, AssociationCount, ...rest, Tags: { Tag: namedTagPairs(row.tags) } };
          }),
        },
      };
    },
  },

  DescribePrefixListAttributes: action({ PrefixListId: neededText }, ({ state }, { PrefixListId }) => {
    const row = getPrefixList(state, PrefixListId);
    const { AddressFamily, CreationTime, Description, ...rest } = shown(row);
    return { AddressFamily, CreationTime, Description, Entries: { Entry: row.entries }, ...rest };
  }),
});

/**
 * Reads entries of a prefix list. A single address becomes a block; host bits are cleared.
 * @throws {AlibabaError} `InvalidEntryCidr.Malformed` [?], `InvalidEntryCidr.Duplicated` [?], `LimitExceed.Entry` [?]
 */
function readPrefixListEntries(
  { AddressFamily, MaxEntries }: Pick<PrefixListRow, 'AddressFamily' | 'MaxEntries'>,
  old: readonly PrefixListEntryRow[],
  given: readonly { readonly Cidr?: string | undefined; readonly Description?: string | undefined }[],
): PrefixListEntryRow[] {
  const entries = [...old];
  for (const { Cidr = '', Description = '' } of given) {
    const block = readBlock(Cidr);
    if (!block || (block.family === 4) !== (AddressFamily === 'IPv4')) {
      throw new AlibabaError('InvalidEntryCidr.Malformed', 'The specified parameter Entry.Cidr is not valid.');
    }
    if (entries.some((entry) => entry.Cidr === block.text)) {
      throw new AlibabaError('InvalidEntryCidr.Duplicated', 'The specified parameter Entry.Cidr is duplicated.');
    }

    entries.push({ Cidr: block.text, Description });
  }
  if (entries.length > MaxEntries) {
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
