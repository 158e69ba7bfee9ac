import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, normalInput } from './account.js';

const entries = (...blocks: string[]) => JSON.stringify(blocks.map((entry) => ({ entry, comment: 'office' })));

function listed(AclName = 'office') {
  const account = newAccount();
  const { AclId } = account.call('CreateAccessControlList', { AclName });
  const blocks = (): string[] =>
    account
      .call('DescribeAccessControlListAttribute', { AclId })
      .AclEntrys.AclEntry.map((row: { AclEntryIp: string }) => row.AclEntryIp);
  return { ...account, account, AclId: AclId as string, blocks };
}

describe('lists of callers', () => {
  it('have entries, which are added once, and a name, which is unique', () => {
    const { account, AclId, blocks } = listed();
    expect(AclId).toMatch(/^acl-\w{21}$/);
    account.call('AddAccessControlListEntry', { AclId, AclEntrys: entries('10.0.0.0/8', '192.168.1.0/24') });
    account.call('AddAccessControlListEntry', { AclId, AclEntrys: entries('10.0.0.0/8') });
    expect(blocks()).toEqual(['10.0.0.0/8', '192.168.1.0/24']);
    // As Terraform's provider writes them.
    const pascal = JSON.stringify([{ Entry: '10.0.0.0/8', Comment: 'office' }]);
    account.call('RemoveAccessControlListEntry', { AclId, AclEntrys: pascal });
    expect(blocks()).toEqual(['192.168.1.0/24']);
    const other = account.call('CreateAccessControlList', { AclName: 'six', AddressIPVersion: 'ipv6' });
    account.call('SetAccessControlListAttribute', { AclId, AclName: 'home' });
    expect(account.call('DescribeAccessControlLists')).toMatchObject({
      TotalCount: 2,
      Acls: {
        Acl: [
          { AclName: 'home', AddressIPVersion: 'ipv4' },
          { AclId: other.AclId, AddressIPVersion: 'ipv6' },
        ],
      },
    });
    expect(account.call('DescribeAccessControlLists', { AddressIPVersion: 'ipv6' })).toMatchObject({ TotalCount: 1 });
    const renaming = { AclId, AclName: 'six' };
    expect(account.refusal('SetAccessControlListAttribute', renaming)?.code).toBe('DuplicateAclName');
  });

  it.each([
    ['a name that exists', 'CreateAccessControlList', { AclName: 'office' }, 'DuplicateAclName'],
    [
      'an address without a length',
      'AddAccessControlListEntry',
      { AclEntrys: entries('10.0.0.1') },
      'InvalidAclEntrys',
    ],
    ['host bits', 'AddAccessControlListEntry', { AclEntrys: entries('10.0.0.1/8') }, 'InvalidAclEntrys'],
    ['the other family', 'AddAccessControlListEntry', { AclEntrys: entries('2408::/32') }, 'InvalidAclEntrys'],
    ['no JSON', 'AddAccessControlListEntry', { AclEntrys: 'none' }, 'InvalidAclEntrys'],
    ['an unknown list', 'DeleteAccessControlList', { AclId: 'acl-none' }, 'NotFoundAccessControlList'],
    ['the shared instance', 'EnableInstanceAccessControl', { InstanceId: 'api-shared-vpc-001' }, 'InvalidInstanceId'],
  ])('are refused: %s', (_, action, input, code) => {
    const { account, AclId } = listed();
    const more = action === 'EnableInstanceAccessControl' ? { AclId, AclType: 'white' } : {};
    const given = action === 'CreateAccessControlList' ? input : { AclId, ...more, ...input };
    expect(account.refusal(action, given)).toMatchObject({ code, status: 400 });
  });
});

answers('lists of callers', listed)`
  are used by instances, which shows, and stay as long
    InstanceId = runningInstance ${normalInput()}
    EnableInstanceAccessControl {InstanceId: $InstanceId, AclId: $AclId, AclType: black, AddressIPVersion: ipv6}
      !InvalidAddressIPVersion
    EnableInstanceAccessControl {InstanceId: $InstanceId, AclId: $AclId, AclType: black}
    instance $InstanceId -> {AclStatus: on, AclId: $AclId, AclName: office, AclType: black}
    DeleteAccessControlList {AclId: $AclId} !DependencyViolationAccessControlList
    DisableInstanceAccessControl {InstanceId: $InstanceId, AclId: $AclId}
    instance $InstanceId -> {AclStatus: off}
    DisableInstanceAccessControl {InstanceId: $InstanceId, AclId: $AclId} !InvalidAclId
    DeleteAccessControlList {AclId: $AclId}
`;
