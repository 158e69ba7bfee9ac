import type { GroupRule } from '@postern/core/internal/adapter';
import { expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

it.each([
  ['ingress', { cidr: '10.9.0.0/16' }],
  ['egress', { cidr: '10.9.0.0/16' }],
  ['ingress', { cidr: '2001:db8::/32' }],
  ['ingress', 'group'],
  ['egress', 'group'],
] as const)('a rule of a security group: %s from or to %j is added once and removed once', async (direction, peer) => {
  const { driver, ctx, world, call, simulation } = await simulated();
  const [groupId = ''] = world.securityGroupIds;
  const { GroupId: peerGroupId } = call('ec2', 'CreateSecurityGroup', {
    GroupName: 'peer',
    Description: 'x',
    VpcId: call('ec2', 'DescribeSecurityGroups', { GroupIds: [groupId] }).SecurityGroups[0].VpcId,
  });
  await simulation.advance(60_000);
  const rules = () => JSON.stringify(call('ec2', 'DescribeSecurityGroups', { GroupIds: [groupId] }).SecurityGroups);
  const before = rules();
  const rule: GroupRule = {
    groupId,
    direction,
    fromPort: 8080,
    toPort: 8081,
    ...(peer === 'group' ? { peerGroupId } : peer),
  };
  const { groupRules } = driver;
  const has = () => groupRules?.has(rule, ctx);
  expect(await has()).toBe(false);
  await groupRules?.allow(rule, 'for a move', ctx);
  await groupRules?.allow(rule, 'for a move', ctx);
  expect([await has(), rules().includes('for a move')]).toEqual([true, true]);
  expect(await groupRules?.has({ ...rule, toPort: 8080 }, ctx)).toBe(false);
  await groupRules?.revoke(rule, ctx);
  await groupRules?.revoke(rule, ctx);
  expect([await has(), rules()]).toEqual([false, before]);
});
