import { describe, expect, it } from 'vitest';
import { newAccount, newGroup, newVpc, refusal } from './account.js';

const PARTNERS = { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 3 };
const newList = (more: object = {}) => {
  const { ec2 } = newAccount();
  const { PrefixList } = ec2('CreateManagedPrefixList', { ...PARTNERS, ...more });
  const PrefixListId: string = PrefixList.PrefixListId;
  const entries = (TargetVersion?: number) =>
    ec2('GetManagedPrefixListEntries', { PrefixListId, TargetVersion }).Entries.map((row: any) => row.Cidr);
  const list = () => ec2('DescribeManagedPrefixLists', { PrefixListIds: [PrefixListId] }).PrefixLists[0];
  const modify = (input: object) => ec2('ModifyManagedPrefixList', { PrefixListId, ...input });
  return { ec2, PrefixListId, PrefixList, entries, list, modify };
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

  it('returns the same list for the same token', () => {
    const { ec2, PrefixListId } = newList({ ClientToken: 'once' });
    expect(ec2('CreateManagedPrefixList', { ...PARTNERS, ClientToken: 'once' }).PrefixList.PrefixListId).toBe(
      PrefixListId,
    );
  });
});

describe('ModifyManagedPrefixList', () => {
  it('creates a new version of new entries, and can restore an old one', () => {
    const { ec2, PrefixListId, entries, list, modify } = newList({ Entries: cidrs('10.0.0.0/8') });
    const change = { CurrentVersion: 1, AddEntries: cidrs('192.0.2.0/24'), RemoveEntries: cidrs('10.0.0.0/8') };
    expect(modify(change).PrefixList).toMatchObject({ State: 'modify-in-progress', Version: 2 });
    expect(list()).toMatchObject({ State: 'modify-complete', Version: 2 });
    expect([entries(), entries(1)]).toEqual([['192.0.2.0/24'], ['10.0.0.0/8']]);
    expect(() => modify(change)).toThrow(refusal('PrefixListVersionMismatch'));
    ec2('RestoreManagedPrefixListVersion', { PrefixListId, CurrentVersion: 2, PreviousVersion: 1 });
    expect(list().Version).toBe(3);
    expect(entries()).toEqual(['10.0.0.0/8']);
  });

  it('changes name and size without a new version', () => {
    const { modify, list } = newList();
    modify({ PrefixListName: 'others', MaxEntries: 9 });
    expect(list()).toMatchObject({ PrefixListName: 'others', MaxEntries: 9, Version: 1 });
  });

  it.each<[object, string, string]>([
    [{ AddEntries: cidrs('192.0.2.0/24') }, 'MissingParameter', 'entries without a version'],
    [{ CurrentVersion: 1, RemoveEntries: cidrs('192.0.2.0/24') }, 'InvalidParameterValue', 'not in the list'],
    [
      { CurrentVersion: 1, AddEntries: cidrs('192.0.2.0/24'), MaxEntries: 9 },
      'InvalidParameterCombination',
      'entries and size',
    ],
    [{ MaxEntries: 1 }, 'PrefixListMaxEntriesExceeded', 'a smaller size than entries'],
  ])('refuses %j with %s: %s', (input, code) => {
    const { modify, list } = newList({ Entries: cidrs('10.0.0.0/8', '11.0.0.0/8') });
    expect(() => modify(input)).toThrow(refusal(code));
    expect(list()).toMatchObject({ Version: 1, MaxEntries: 3 });
  });
});

describe('users of a list', () => {
  it('aws B3: make its deletion fail afterwards', () => {
    const { ec2, PrefixListId, list } = newList();
    const GroupId = newGroup(ec2, newVpc(ec2), 'web');
    const permission = { IpProtocol: '-1', PrefixListIds: [{ PrefixListId }] };
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [permission] });
    expect(ec2('GetManagedPrefixListAssociations', { PrefixListId }).PrefixListAssociations).toEqual([
      { ResourceId: GroupId, ResourceOwner: '111122223333' },
    ]);
    const remove = () => ec2('DeleteManagedPrefixList', { PrefixListId });
    expect(remove().PrefixList.State).toBe('delete-in-progress');
    expect(list().State).toBe('delete-failed');
    ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions: [permission] });
    expect(remove().PrefixList.State).toBe('delete-in-progress');
    expect(remove).toThrow(refusal('InvalidPrefixListID.NotFound'));
  });
});

describe('a list whose size is increased', () => {
  it('keeps its size where a group that references it would have too many rules', () => {
    const { ec2, PrefixListId, list, modify } = newList();
    const GroupId = newGroup(ec2, newVpc(ec2), 'web');
    const permission = { IpProtocol: '-1', PrefixListIds: [{ PrefixListId }] };
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [permission] });
    expect(modify({ MaxEntries: 61 }).PrefixList.State).toBe('modify-in-progress');
    expect(list()).toMatchObject({
      State: 'modify-failed',
      MaxEntries: 3,
      StateMessage: expect.stringContaining('rules'),
    });
    modify({ MaxEntries: 60 });
    expect(list()).toMatchObject({ State: 'modify-complete', MaxEntries: 60 });
    expect(list().StateMessage).toBeUndefined();
  });
});

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
