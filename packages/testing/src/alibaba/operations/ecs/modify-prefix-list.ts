import { readBlock } from '../../../simulation/blocks.js';
import type { ModifyPrefixListRequest, ModifyPrefixListResponseBody } from '@alicloud/ecs20140526';
import { getPrefixList } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { listOf, neededText, text } from '../../network/request/parameters.js';
import { readPrefixListEntries } from '../../network/vpc/prefix-list-entries.js';
import { checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifyprefixlist */
export const modifyPrefixList = ecsAction<
  Given<ModifyPrefixListRequest, 'PrefixListId'>,
  Wire<ModifyPrefixListResponseBody>
>({
  name: 'ModifyPrefixList',
  kind: 'write',
  parameters: {
    PrefixListId: neededText,
    PrefixListName: text,
    Description: text,
    AddEntry: listOf({ Cidr: neededText, Description: text }, 200),
    RemoveEntry: listOf({ Cidr: neededText }, 200),
  },
  run: ({ state }, { PrefixListId, PrefixListName, Description, AddEntry = [], RemoveEntry = [] }) => {
    const row = getPrefixList(state, PrefixListId);
    checkName('PrefixList', PrefixListName);
    const removed = RemoveEntry.map(({ Cidr = '' }) => readBlock(Cidr)?.text);
    const kept = row.entries.filter(({ cidrBlock }) => !removed.includes(cidrBlock));
    row.entries = readPrefixListEntries(row, kept, AddEntry);
    row.name = PrefixListName ?? row.name;
    row.description = Description ?? row.description;
    return {};
  },
});
