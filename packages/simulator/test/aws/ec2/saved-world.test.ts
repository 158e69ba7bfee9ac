import { expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { newAccount, newGroup, newInterface, newSubnet, newVpc, refusal, tcp } from './account.js';

it('a network that was saved: continues elsewhere with the same addresses in use, and the same answers', () => {
  const { ec2, sim } = newAccount();
  const VpcId = newVpc(ec2);
  const SubnetId = newSubnet(ec2, VpcId, '10.0.0.0/28');
  const GroupId = newGroup(ec2, VpcId, 'web');
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions: [tcp(80, '10.0.0.0/8')] });
  newInterface(ec2, SubnetId, { Groups: [GroupId], PrivateIpAddress: '10.0.0.9', ClientToken: 'once' });
  const copy = simulate({ seed: 9 });
  copy.load(JSON.parse(JSON.stringify(sim.world())));
  const there = (operation: string, input: object = {}): any =>
    copy.call({ service: 'ec2', operation, region: 'us-east-1' }, input);
  for (const list of ['Vpcs', 'Subnets', 'SecurityGroups', 'SecurityGroupRules', 'NetworkInterfaces', 'RouteTables']) {
    expect(there(`Describe${list}`), list).toEqual(ec2(`Describe${list}`));
  }
  const again = (more: object) => newInterface(there, SubnetId, { PrivateIpAddress: '10.0.0.9', ...more });
  expect(() => again({})).toThrow(refusal('InvalidIPAddress.InUse'));
  expect(again({ Groups: [GroupId], ClientToken: 'once' }).PrivateIpAddress).toBe('10.0.0.9');
});
