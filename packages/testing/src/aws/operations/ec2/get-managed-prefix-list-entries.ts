import type { GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { versionNotFound } from '../../ec2/prefix-list/prefix-list-version.js';
import { entriesOf } from '../../ec2/prefix-list/prefix-list-view.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListEntries.html */
export const getManagedPrefixListEntries = ec2Operation({
  name: 'GetManagedPrefixListEntries',
  kind: 'read',
  run: (call, input: GetManagedPrefixListEntriesRequest): GetManagedPrefixListEntriesResult => {
    const list = getRow(call.state.ec2.prefixLists, need(input.PrefixListId, 'prefixListId'), ID.prefixList);
    const version = input.TargetVersion ?? list.version;
    const entries = entriesOf(list, version);
    if (entries === undefined) throw versionNotFound(list.id, version);
    const { rows, next } = pageRows(
      entries.map((entry) => ({ id: entry.cidr, ...entry })),
      input,
      { list: `GetManagedPrefixListEntries/${list.id}/${version}`, size: [1, 100], defaultSize: 100 },
    );
    return {
      Entries: rows.map(({ cidr, description }) => ({ Cidr: cidr, Description: description })),
      NextToken: next,
    };
  },
});
