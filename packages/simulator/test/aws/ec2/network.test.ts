import { describe, expect, it } from 'vitest';
import { AwsCloud } from '../../../src/aws/aws-cloud.js';
import {
  createInterface,
  defaultSecurityGroup,
  deleteInterface,
  findSecurityGroup,
  findSubnet,
  findVpc,
  freeAddressCount,
  interfaceByAddress,
} from '../../../src/aws/ec2/vpc/network.js';
import { World } from '../../../src/simulation/world/world.js';
import { refusal } from './account.js';

const NOW = Date.parse('2026-06-01T00:00:00Z');

/** A new account's us-east-1, and a call as other services' operations have it. */
function newCall() {
  const world = new World({ seed: 7, startMs: NOW, mode: 'manual' });
  const cloud = new AwsCloud(world, { account: '111122223333', throttle: false, quotas: new Map(), keys: undefined });
  world.clouds.push(cloud);
  const call = cloud.dispatcher.context('us-east-1');
  const [subnet] = call.state.ec2.subnets.values();
  const ec2 = (operation: string, input: object = {}): any =>
    cloud.dispatcher.call({ service: 'ec2', operation, region: 'us-east-1' }, input);
  return { call, subnet: subnet!, ec2 };
}
const LOAD_BALANCER = {
  groupIds: [],
  interfaceType: 'network_load_balancer',
  description: 'ELB net/shop/1',
  requesterId: 'amazon-aws',
  requesterManaged: true,
};

it('the network as other services read it: is found by id, or not at all', () => {
  const { call, subnet } = newCall();
  expect(findSubnet(call.state, subnet.id)).toBe(subnet);
  expect(findVpc(call.state, subnet.vpcId)?.isDefault).toBe(true);
  const group = defaultSecurityGroup(call.state, subnet.vpcId);
  expect(findSecurityGroup(call.state, group.id)).toBe(group);
  expect([findSubnet(call.state, 'x'), findVpc(call.state, 'x'), findSecurityGroup(call.state, 'x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(freeAddressCount(call.state, 'x')).toBe(0);
  expect(() => defaultSecurityGroup(call.state, 'x')).toThrow(refusal('InvalidVpcID.NotFound'));
});

describe('an interface that a service creates', () => {
  it('uses an address, is found by it, and releases it', () => {
    const { call, subnet } = newCall();
    const row = createInterface(call, { ...LOAD_BALANCER, subnetId: subnet.id });
    expect(freeAddressCount(call.state, subnet.id)).toBe(4090);
    expect(interfaceByAddress(call.state, subnet.vpcId, row.privateIpAddress)).toBe(row);
    expect(row.groupIds).toEqual([defaultSecurityGroup(call.state, subnet.vpcId).id]);
    deleteInterface(call, row.id);
    deleteInterface(call, row.id);
    expect(freeAddressCount(call.state, subnet.id)).toBe(4091);
    expect(interfaceByAddress(call.state, subnet.vpcId, row.privateIpAddress)).toBeUndefined();
  });

  it('has another address when it is created again, as a reactivated link has', () => {
    const { call, subnet } = newCall();
    const addresses = Array.from({ length: 8 }, () => {
      const row = createInterface(call, { ...LOAD_BALANCER, subnetId: subnet.id });
      deleteInterface(call, row.id);
      return row.privateIpAddress;
    });
    expect(new Set(addresses).size).toBeGreaterThan(1);
  });

  it.each([
    ['172.31.0.1', 'InvalidParameterValue', 'reserved'],
    ['10.0.0.9', 'InvalidParameterValue', 'outside the subnet'],
    ['172.31.0.20', 'InvalidIPAddress.InUse', 'taken'],
  ])('cannot have %s: %s, %s', (privateIpAddress, code) => {
    const { call } = newCall();
    const subnet = [...call.state.ec2.subnets.values()].find((row) => row.cidrBlock === '172.31.0.0/20')!;
    createInterface(call, { ...LOAD_BALANCER, subnetId: subnet.id, privateIpAddress: '172.31.0.20' });
    const again = () => createInterface(call, { ...LOAD_BALANCER, subnetId: subnet.id, privateIpAddress });
    expect(again).toThrow(refusal(code));
    expect(call.state.ec2.interfaces.size).toBe(1);
  });

  it('is shown with attachment and public address, is in use, and keeps its outbound rules', () => {
    const { call, subnet, ec2 } = newCall();
    const row = createInterface(call, {
      ...LOAD_BALANCER,
      subnetId: subnet.id,
      publicIpAddress: '203.0.113.7',
      attachment: {
        AttachmentId: 'ela-attach-0123456789abcdef0',
        InstanceOwnerId: 'amazon-aws',
        DeviceIndex: 1,
        Status: 'attached',
        DeleteOnTermination: false,
        AttachTime: new Date(NOW),
      },
    });
    const filters = {
      'attachment.attachment-id': 'ela-attach-0123456789abcdef0',
      'attachment.instance-owner-id': 'amazon-aws',
      'attachment.status': 'attached',
      'attachment.device-index': '1',
      'attachment.delete-on-termination': 'false',
      'attachment.attach-time': '2026-06-01T00:00:00.000Z',
      'association.public-ip': '203.0.113.7',
      'association.ip-owner-id': 'amazon-aws',
      'association.public-dns-name': 'ec2-203-0-113-7.compute-1.amazonaws.com',
      'addresses.association.public-ip': '203.0.113.7',
      'addresses.association.owner-id': 'amazon-aws',
      'requester-managed': 'true',
      'requester-id': 'amazon-aws',
      status: 'in-use',
    };
    for (const [Name, value] of Object.entries(filters)) {
      const found = ec2('DescribeNetworkInterfaces', { Filters: [{ Name, Values: [value] }] }).NetworkInterfaces;
      expect(found, Name).toMatchObject([{ NetworkInterfaceId: row.id, Status: 'in-use' }]);
      const none = ec2('DescribeNetworkInterfaces', { Filters: [{ Name, Values: [`x${value}`] }] }).NetworkInterfaces;
      expect(none, Name).toEqual([]);
    }
    const remove = () => ec2('DeleteNetworkInterface', { NetworkInterfaceId: row.id });
    expect(remove).toThrow(refusal('InvalidNetworkInterface.InUse'));
    const [{ InternetGatewayId }] = ec2('DescribeInternetGateways').InternetGateways;
    const detach = () => ec2('DetachInternetGateway', { InternetGatewayId, VpcId: subnet.vpcId });
    expect(detach).toThrow(refusal('DependencyViolation', 'mapped public address'));
    deleteInterface(call, row.id);
    expect(detach()).toEqual({});
  });
});
