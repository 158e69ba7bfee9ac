import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { aws } from '../../src/index.js';

const REGION = 'eu-west-1';

/** A network load balancer of this address type, whose listener for TCP has a rule where it can have one. */
async function region(IpAddressType: 'ipv4' | 'dualstack') {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const call = (service: 'ec2' | 'elasticloadbalancingv2', operation: string, input: object): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const elb = (operation: string, input: object): any => call('elasticloadbalancingv2', operation, input);
  const { Vpc } = call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true });
  const { VpcId } = Vpc;
  const prefix: string = Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock.replace('00::/56', '');
  const place = { VpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock: `${prefix}00::/64`, AvailabilityZone: 'eu-west-1a' };
  const { SubnetId } = call('ec2', 'CreateSubnet', place).Subnet;
  const group = (Name: string): string =>
    elb('CreateTargetGroup', { Name, Protocol: 'TCP', Port: 80, VpcId, TargetType: 'ip' }).TargetGroups[0]
      .TargetGroupArn;
  const to = (Name: string) => [{ Type: 'forward', TargetGroupArn: group(Name) }];
  const balancer = { Name: 'net', Type: 'network', Scheme: 'internal', Subnets: [SubnetId], IpAddressType };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const listener = { LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions: to('one') };
  const [{ ListenerArn }] = elb('CreateListener', listener).Listeners;
  if (IpAddressType === 'dualstack') {
    const Conditions = [{ Field: 'source-ip', SourceIpConfig: { IpAddressType: 'ipv4' } }];
    elb('CreateRule', { ListenerArn, Priority: 1, Conditions, Actions: to('other') });
  }
  await simulation.advance(600_000);
  const from = simulation.journal().length;
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const read = await driver.observe({ all: true, checks: true }, ctx);
  const called = simulation.journal().slice(from);
  return { read, called: called.map(({ operation }) => operation) };
}

it('the rules of a dual-stack network load balancer are read, and the groups that they forward to', async () => {
  const { read } = await region('dualstack');
  expect(read.loadBalancers).toMatchObject([{ kind: 'network', dualStack: true }]);
  expect(read.listeners).toMatchObject([
    { rules: [{ priority: 1, conditions: [{ kind: 'source', family: 'ipv4' }], actions: [{ kind: 'forward' }] }] },
  ]);
  expect(read.targetGroups).toHaveLength(2);
});

it('no rules are read of a network load balancer for IPv4 alone, which has none', async () => {
  const { read, called } = await region('ipv4');
  expect(read.loadBalancers).toMatchObject([{ kind: 'network', dualStack: false }]);
  expect(read.listeners?.[0]?.rules).toBeUndefined();
  expect(called).not.toContain('DescribeRules');
});
