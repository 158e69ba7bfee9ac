import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, refusal } from './account.js';

const PARTNERS = { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 3 };
const newList = (more: object = {}) => {
  const account = newAccount();
  const { ec2 } = account;
  const { PrefixList } = ec2('CreateManagedPrefixList', { ...PARTNERS, ...more });
  const PrefixListId: string = PrefixList.PrefixListId;
  const entries = (TargetVersion?: number) =>
    ec2('GetManagedPrefixListEntries', { PrefixListId, TargetVersion }).Entries.map((row: any) => row.Cidr);
  const list = () => ec2('DescribeManagedPrefixLists', { PrefixListIds: [PrefixListId] }).PrefixLists[0];
  const modify = (input: object) => ec2('ModifyManagedPrefixList', { PrefixListId, ...input });
  return { ...account, PrefixListId, PrefixList, entries, list, modify };
};
const cidrs = (...Cidrs: string[]) => Cidrs.map((Cidr) => ({ Cidr }));

describe('CreateManagedPrefixList', () => {
  it('has its entries as version 1', () => {
    const { PrefixList, list, entries } = newList({ Entries: [{ Cidr: '10.1.2.3/16', Description: 'one' }] });
    expect(PrefixList.State).toBe('create-in-progress');
    expect(list()).toMatchObject({ ...PARTNERS, State: 'create-complete', Version: 1, OwnerId: '111122223333' });
    expect(list().PrefixListArn).toBe(`arn:aws:ec2:us-east-1:111122223333:prefix-list/${PrefixList.PrefixListId}`);
    expect(entries()).toEqual(['10.1.0.0/16']);
  });

  it.each<[object, string, string]>([
    [{ AddressFamily: 'IPv5' }, 'InvalidParameterValue', 'no such family'],
    [{ MaxEntries: 0 }, 'InvalidParameterValue', 'no entries'],
    [{ MaxEntries: 1001 }, 'InvalidParameterValue', 'more entries than allowed'],
    [{ PrefixListName: 'com.amazonaws.mine' }, 'InvalidParameterValue', "a name of AWS's own"],
    [{ Entries: cidrs('2001:db8::/32') }, 'InvalidParameterValue', 'of the other family'],
    [{ Entries: cidrs('10.0.0.0/8', '10.1.0.0/8') }, 'InvalidParameterValue', 'the same twice'],
    [
      { Entries: cidrs('10.0.0.0/8', '11.0.0.0/8', '12.0.0.0/8', '13.0.0.0/8') },
      'PrefixListMaxEntriesExceeded',
      'too many',
    ],
  ])('refuses %j with %s: %s', (more, code) => {
    expect(() => newList(more)).toThrow(refusal(code));
  });
});

answers('CreateManagedPrefixList', () => newList({ ClientToken: 'once' }))`
  returns the same list for the same token
    CreateManagedPrefixList ${{ ...PARTNERS, ClientToken: 'once' }} -> {PrefixList.PrefixListId: $PrefixListId}
`;

answers('ModifyManagedPrefixList', () => newList({ Entries: cidrs('10.0.0.0/8') }))`
  creates a new version of new entries, and keeps the old one
    modify {CurrentVersion: 1, AddEntries: ${cidrs('192.0.2.0/24')}, RemoveEntries: ${cidrs('10.0.0.0/8')}}
      -> {PrefixList: {State: modify-in-progress, Version: 2}}
    list -> {State: modify-complete, Version: 2}
    entries == [192.0.2.0/24]
    entries 1 == [10.0.0.0/8]
    modify {CurrentVersion: 1, AddEntries: ${cidrs('192.0.2.0/24')}, RemoveEntries: ${cidrs('10.0.0.0/8')}}
      !PrefixListVersionMismatch
    GetManagedPrefixListEntries {PrefixListId: $PrefixListId, TargetVersion: 9} !InvalidPrefixListVersion.NotFound
`;

answers('ModifyManagedPrefixList', newList)`
  changes name and size without a new version
    modify {PrefixListName: others, MaxEntries: 9}
    list -> {PrefixListName: others, MaxEntries: 9, Version: 1}
`;

answers('ModifyManagedPrefixList', () => newList({ Entries: cidrs('10.0.0.0/8', '11.0.0.0/8') }))`
  refuses wrong input
    modify {AddEntries: ${cidrs('192.0.2.0/24')}} !MissingParameter # entries without a version
    modify {CurrentVersion: 1, RemoveEntries: ${cidrs('192.0.2.0/24')}} !InvalidParameterValue # not in the list
    # entries and size
    modify {CurrentVersion: 1, AddEntries: ${cidrs('192.0.2.0/24')}, MaxEntries: 9} !InvalidParameterCombination
    modify {MaxEntries: 1} !PrefixListMaxEntriesExceeded # a smaller size than entries
    list -> {Version: 1, MaxEntries: 3}
`;

answers('users of a list', newList)`
  aws B3: make its deletion fail afterwards
    vpc = newVpc
    GroupId = newGroup [$vpc, web]
    AuthorizeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [{IpProtocol: '-1',
      PrefixListIds: [{PrefixListId: $PrefixListId}]}]}
    DeleteManagedPrefixList {PrefixListId: $PrefixListId} -> {PrefixList.State: delete-in-progress}
    list -> {State: delete-failed}
    RevokeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [{IpProtocol: '-1',
      PrefixListIds: [{PrefixListId: $PrefixListId}]}]}
    DeleteManagedPrefixList {PrefixListId: $PrefixListId} -> {PrefixList.State: delete-in-progress}
    DeleteManagedPrefixList {PrefixListId: $PrefixListId} !InvalidPrefixListID.NotFound
`;

answers('a list whose size is increased', newList)`
  keeps its size where a group that references it would have too many rules
    vpc = newVpc
    GroupId = newGroup [$vpc, web]
    AuthorizeSecurityGroupIngress {GroupId: $GroupId, IpPermissions: [{IpProtocol: '-1',
      PrefixListIds: [{PrefixListId: $PrefixListId}]}]}
    modify {MaxEntries: 61} -> {PrefixList.State: modify-in-progress}
    list -> {State: modify-failed, MaxEntries: 3, StateMessage: ${expect.stringContaining('rules')}}
    modify {MaxEntries: 60}
    list -> {State: modify-complete, MaxEntries: 60}
    list -> {StateMessage: absent}
`;

describe("AWS's own lists", () => {
  it('can be read and referenced, not changed', () => {
    const { ec2 } = newAccount();
    const Filters = [{ Name: 'prefix-list-name', Values: ['com.amazonaws.us-east-1.s3'] }];
    const [list] = ec2('DescribeManagedPrefixLists', { Filters }).PrefixLists;
    expect(list).toMatchObject({
      OwnerId: 'AWS',
      PrefixListArn: `arn:aws:ec2:us-east-1:aws:prefix-list/${list.PrefixListId}`,
    });
    expect(list.MaxEntries).toBeUndefined();
    const [{ Cidrs }] = ec2('DescribePrefixLists', { Filters }).PrefixLists;
    expect(Cidrs).toEqual(
      ec2('GetManagedPrefixListEntries', { PrefixListId: list.PrefixListId }).Entries.map((row: any) => row.Cidr),
    );
    const remove = () => ec2('DeleteManagedPrefixList', { PrefixListId: list.PrefixListId });
    expect(remove).toThrow(refusal('OperationNotPermitted'));
  });

  it('are all that DescribePrefixLists returns', () => {
    const { ec2, PrefixListId } = newList();
    const ids = ec2('DescribePrefixLists').PrefixLists.map((row: any) => row.PrefixListId);
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).not.toContain(PrefixListId);
  });
});
