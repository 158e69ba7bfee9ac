import { describe, expect, it } from 'vitest';
import { freeAddressCount } from '../../../src/aws/ec2/vpc/network.js';
import {
  DELETION_MS,
  IDLE_MS,
  INTERFACES_MS,
  PROVISIONING_MS,
  useVpcLink,
} from '../../../src/aws/http-apis/control/vpc-link.js';
import { availableLink, newAccount, OTHER_ACCOUNT, type Account } from './account.js';

const DAY = 86_400_000;

const link = (account: Account, more: Record<string, unknown> = {}) => ({
  Name: 'orders',
  SubnetIds: account.subnets.map(({ id }) => id),
  SecurityGroupIds: [account.group.id],
  ...more,
});

describe('a VPC link', () => {
  it('is PENDING for minutes, then AVAILABLE with an interface in each subnet', async () => {
    const account = newAccount();
    const free = account.subnets.map(({ id }) => freeAddressCount(account.state, id));
    const made = account.call('CreateVpcLink', link(account, { Tags: { team: 'payments' } }));
    expect(made).toEqual({
      CreatedDate: new Date('2026-06-01T00:00:00Z'),
      Name: 'orders',
      SecurityGroupIds: [account.group.id],
      SubnetIds: account.subnets.map(({ id }) => id),
      Tags: { team: 'payments' },
      VpcLinkId: expect.stringMatching(/^[a-z0-9]{6}$/),
      VpcLinkStatus: 'PENDING',
      VpcLinkStatusMessage: 'VPC link is provisioning ENIs',
      VpcLinkVersion: 'V2',
    });
    await account.advance(PROVISIONING_MS - 1);
    expect(account.call('GetVpcLink', made)).toMatchObject({ VpcLinkStatus: 'PENDING' });
    await account.advance(1);
    expect(account.call('GetVpcLink', made)).toMatchObject({
      VpcLinkStatus: 'AVAILABLE',
      VpcLinkStatusMessage: 'VPC link is ready to route traffic',
    });
    expect(account.interfaces()).toHaveLength(3);
    for (const row of account.interfaces()) {
      expect(row).toMatchObject({
        interfaceType: 'api_gateway_managed',
        groupIds: [account.group.id],
        requesterManaged: true,
      });
      expect(row.tags).toMatchObject({ VpcLinkId: made.VpcLinkId, Owner: expect.any(String) });
    }
    expect(account.subnets.map(({ id }) => freeAddressCount(account.state, id))).toEqual(
      free.map((count) => count - 1),
    );
  });

  it('has the default group of its VPC when it is created without one', async () => {
    const account = newAccount();
    account.call('CreateVpcLink', link(account, { SecurityGroupIds: undefined }));
    await account.advance(INTERFACES_MS);
    expect(account.interfaces().map(({ groupIds }) => groupIds)).toEqual(account.subnets.map(() => [account.group.id]));
  });

  it('becomes FAILED when a subnet has no free address, and releases its addresses', async () => {
    const account = newAccount();
    account.subnets[2]!.usedAddresses += freeAddressCount(account.state, account.subnets[2]!.id);
    const made = account.call('CreateVpcLink', link(account));
    await account.advance(PROVISIONING_MS);
    const { VpcLinkStatus, VpcLinkStatusMessage } = account.call('GetVpcLink', made);
    expect(VpcLinkStatus).toBe('FAILED');
    expect(VpcLinkStatusMessage).toMatch(/^Failed to provision ENIs: .*free addresses/);
    expect(account.interfaces()).toEqual([]);
  });

  it('becomes FAILED when its group is deleted meanwhile', async () => {
    const account = newAccount();
    const made = account.call('CreateVpcLink', link(account));
    account.state.ec2.securityGroups.delete(account.group.id);
    await account.advance(PROVISIONING_MS);
    expect(account.call('GetVpcLink', made)).toMatchObject({ VpcLinkStatus: 'FAILED' });
  });

  it.each([['orders'], ['*']])('becomes FAILED when the world sets it, by name: %s', async (name) => {
    const account = newAccount();
    account.state.apiGateway.failingVpcLinks.set(name, 'no luck today');
    const made = account.call('CreateVpcLink', link(account));
    await account.advance(PROVISIONING_MS);
    expect(account.call('GetVpcLink', made)).toMatchObject({
      VpcLinkStatus: 'FAILED',
      VpcLinkStatusMessage: 'no luck today',
    });
    account.call('DeleteVpcLink', made);
    await account.advance(DELETION_MS);
    expect(account.refusal('GetVpcLink', made)).toMatchObject({ status: 404 });
  });

  it('becomes INACTIVE after sixty days without traffic, and is reactivated with other addresses', async () => {
    const account = newAccount();
    const id = await availableLink(account);
    await account.advance(30 * DAY);
    expect(useVpcLink(account.context(), id)).toBe(true);
    await account.advance(IDLE_MS - 1);
    expect(account.call('GetVpcLink', { VpcLinkId: id }).VpcLinkStatus).toBe('AVAILABLE');
    await account.advance(1);
    expect(account.call('GetVpcLink', { VpcLinkId: id }).VpcLinkStatus).toBe('INACTIVE');
    expect(account.interfaces()).toEqual([]);

    expect(useVpcLink(account.context(), id)).toBe(false);
    expect(account.call('GetVpcLink', { VpcLinkId: id }).VpcLinkStatus).toBe('PENDING');
    await account.advance(PROVISIONING_MS);
    expect(account.interfaces()).toHaveLength(3);
    expect(useVpcLink(account.context(), id)).toBe(true);
    await account.advance(IDLE_MS);
    expect(account.call('GetVpcLink', { VpcLinkId: id }).VpcLinkStatus).toBe('INACTIVE');
  });

  it('is DELETING for minutes, then deleted with its interfaces', async () => {
    const account = newAccount();
    const VpcLinkId = await availableLink(account);
    expect(account.call('DeleteVpcLink', { VpcLinkId })).toEqual({});
    await account.advance(DELETION_MS - 1);
    expect(account.call('GetVpcLink', { VpcLinkId }).VpcLinkStatus).toBe('DELETING');
    expect(account.call('DeleteVpcLink', { VpcLinkId })).toEqual({});
    expect(account.interfaces()).toHaveLength(3);
    await account.advance(1);
    expect(account.refusal('GetVpcLink', { VpcLinkId })).toMatchObject({ code: 'NotFoundException', status: 404 });
    expect(account.refusal('DeleteVpcLink', { VpcLinkId })).toMatchObject({ code: 'NotFoundException', status: 404 });
    expect(account.interfaces()).toEqual([]);
    await account.advance(IDLE_MS);
  });

  it('can be deleted before it is ready', async () => {
    const account = newAccount();
    const made = account.call('CreateVpcLink', link(account));
    await account.advance(INTERFACES_MS);
    account.call('DeleteVpcLink', made);
    await account.advance(DELETION_MS);
    expect(account.call('GetVpcLinks', {}).Items).toEqual([]);
    expect(account.interfaces()).toEqual([]);
  });

  it('changes its name and nothing else', async () => {
    const account = newAccount();
    const VpcLinkId = await availableLink(account);
    const before = account.call('GetVpcLink', { VpcLinkId });
    expect(account.call('UpdateVpcLink', { VpcLinkId, Name: 'renamed' })).toEqual({ ...before, Name: 'renamed' });
    expect(account.call('GetVpcLink', { VpcLinkId })).toEqual({ ...before, Name: 'renamed' });
  });

  it('need not have a unique name', () => {
    const account = newAccount();
    account.call('CreateVpcLink', link(account));
    account.call('CreateVpcLink', link(account));
    expect(account.call('GetVpcLinks', {}).Items).toHaveLength(2);
  });
});

describe('CreateVpcLink refuses', () => {
  it.each<[string, (account: Account) => Record<string, unknown>, string | RegExp]>([
    ['an empty name', () => ({ Name: '' }), /'name'.*greater than or equal to 1/],
    ['a name of 129 characters', () => ({ Name: 'n'.repeat(129) }), /'name'.*less than or equal to 128/],
    ['no subnets', () => ({ SubnetIds: [] }), /subnet/],
    ['an unknown subnet', () => ({ SubnetIds: ['subnet-0'] }), "The subnet ID 'subnet-0' does not exist"],
    ['a group that does not exist', () => ({ SecurityGroupIds: ['sg-0'] }), "The security group 'sg-0' does not exist"],
    ['a tag that AWS reserves', () => ({ Tags: { 'aws:cloudformation:stack-name': 'x' } }), /aws:/],
    [
      'subnets of two VPCs',
      ({ state, subnets: [first] }) => {
        state.ec2.subnets.set('subnet-1', { ...first!, id: 'subnet-1', vpcId: 'vpc-1' });
        return { SubnetIds: [first!.id, 'subnet-1'] };
      },
      'All subnets must belong to the same VPC',
    ],
    [
      'a group of another VPC',
      ({ state, group, subnets: [first] }) => {
        state.ec2.securityGroups.set('sg-1', { ...group, id: 'sg-1', vpcId: 'vpc-1' });
        return { SubnetIds: [first!.id], SecurityGroupIds: ['sg-1'] };
      },
      /^Security group sg-1 and subnet subnet-\w+ belong to different networks\.$/,
    ],
    [
      'a shared subnet without a group',
      ({ state, subnets: [first] }) => {
        state.ec2.subnets.set(first!.id, { ...first!, ownerId: OTHER_ACCOUNT });
        return { SecurityGroupIds: [] };
      },
      'For a shared subnet, at least one security-group-id should be provided',
    ],
    [
      'eleven subnets',
      ({ state, subnets: [first] }) => {
        const ids = Array.from({ length: 11 }, (_, index) => `subnet-${index}`);
        for (const id of ids) state.ec2.subnets.set(id, { ...first!, id });
        return { SubnetIds: ids };
      },
      /Limit is 10/,
    ],
    ['six groups', () => ({ SecurityGroupIds: Array.from({ length: 6 }, () => 'sg-0') }), /\(5\)/],
  ])('%s', (_, change, message) => {
    const account = newAccount();
    const refusal = account.refusal('CreateVpcLink', link(account, change(account)));
    expect(refusal).toMatchObject({ code: 'BadRequestException', status: 400 });
    if (typeof message === 'string') expect(refusal?.message).toBe(message);
    else expect(refusal?.message).toMatch(message);
    expect(account.call('GetVpcLinks', {}).Items).toEqual([]);
  });

  it.each([
    ['us-east-1', 'use1-az3'],
    ['eu-west-3', 'euw3-az2'],
    ['ca-central-1', 'cac1-az4'],
    ['ap-northeast-2', 'apne2-az4'],
    ['ap-east-1', 'ape1-az1'],
  ])('a zone without the service: %s %s', (region, zone) => {
    const account = newAccount({ region });
    const subnet = { ...account.subnets[0]!, zoneId: zone };
    account.state.ec2.subnets.set(subnet.id, subnet);
    expect(account.refusal('CreateVpcLink', link(account))).toEqual({
      code: 'BadRequestException',
      status: 400,
      message: `Subnet '${subnet.id}' is in Availability Zone '${zone}' where service is not available`,
    });
  });

  it('no zone of a region that the documentation does not list', () => {
    const account = newAccount({ region: 'il-central-1' });
    expect(account.call('CreateVpcLink', link(account)).VpcLinkStatus).toBe('PENDING');
  });

  it('an eleventh link, with 400 and not 429; not with a raised quota', () => {
    const account = newAccount();
    for (let index = 0; index < 10; index += 1) account.call('CreateVpcLink', link(account));
    expect(account.refusal('CreateVpcLink', link(account))).toEqual({
      code: 'BadRequestException',
      status: 400,
      message: 'There are too many Vpc Links defined for this account. Limit is 10.',
    });
    const raised = newAccount({ quotas: { 'vpc-links': 11 } });
    for (let index = 0; index < 11; index += 1) raised.call('CreateVpcLink', link(raised));
    expect(raised.refusal('CreateVpcLink', link(raised))?.message).toMatch(/Limit is 11\.$/);
  });
});

it('DeleteVpcLink: is refused while a route uses the link, and names the route', async () => {
  const account = newAccount();
  const VpcLinkId = await availableLink(account);
  const { ApiId } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  const { IntegrationId } = account.call('CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    IntegrationUri: account.addListener(),
    PayloadFormatVersion: '1.0',
  });
  const words = (users: string) =>
    `Cannot delete vpc link. Vpc link '${VpcLinkId}', is referenced in [${users}] in format of [Method:Resource].`;
  expect(account.refusal('DeleteVpcLink', { VpcLinkId })).toEqual({
    code: 'BadRequestException',
    status: 400,
    message: words(`ANY:${IntegrationId}`),
  });
  const target = { ApiId, Target: `integrations/${IntegrationId}` };
  const first = account.call('CreateRoute', { ...target, RouteKey: 'ANY /orders/{proxy+}' });
  const second = account.call('CreateRoute', { ...target, RouteKey: 'GET /orders' });
  expect(account.refusal('DeleteVpcLink', { VpcLinkId })?.message).toBe(
    words(`ANY:${first.RouteId}, GET:${second.RouteId}`),
  );
  account.call('DeleteApi', { ApiId });
  expect(account.refusal('DeleteVpcLink', { VpcLinkId })).toBeUndefined();
});
