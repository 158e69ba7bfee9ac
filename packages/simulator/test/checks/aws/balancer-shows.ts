import type { AwsStage } from './account.js';
import { from, setHealth, tcp } from './moves.js';
import { callBalancer, calls } from './ways.js';
import { follow } from '../follow-aws.js';
import { type Show, together } from '../show.js';

/** Until the health of targets shows what changed: before, it contradicts what the rules say. */
const SETTLED_MS = 600_000;

async function followed(stage: AwsStage, remedies: string): Promise<void> {
  follow(stage, remedies);
  await stage.simulation.advance(SETTLED_MS);
}

/** Shows of `path/load-balancer`. */
export const BALANCER_SHOWS: readonly Show<AwsStage>[] = together<AwsStage>({ calls, check: 'path/load-balancer' }, [
  {
    how: 'no listener on the port',
    setting: async (stage) => {
      stage.admit(stage.parts.groups.balancer, tcp(80, from('10.20.0.0/16')));
      listen(stage);
      await callBalancer(stage);
      // Load balancers that no target names are read only with the whole region.
      stage.whole = true;
    },
    breaks: ({ elb, parts }) => {
      const { Listeners } = elb('DescribeListeners', { LoadBalancerArn: parts.balancer });
      elb('DeleteListener', { ListenerArn: Listeners.find(({ Port }: { Port: number }) => Port === 80).ListenerArn });
    },
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['Add a listener on port 80 to orders-alb'],
    heals: listen,
    denied: ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancingv2', 'DescribeListeners'],
  },
  {
    how: 'nobody healthy',
    breaks: (stage) => setHealth(stage, 'unhealthy'),
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['Make a target of orders pass its health check'],
    heals: (stage) => setHealth(stage),
    denied: ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancingv2', 'DescribeTargetHealth'],
  },
  {
    how: 'nobody registered',
    breaks: async ({ elb, parts, wait }) => {
      const Targets = parts.machines.map((Id) => ({ Id }));
      elb('DeregisterTargets', { TargetGroupArn: parts.targetGroup, Targets });
      await wait();
    },
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['Register a target with orders'],
    heals: async ({ elb, parts, wait }) => {
      elb('RegisterTargets', { TargetGroupArn: parts.targetGroup, Targets: [{ Id: parts.machines[0] }] });
      await wait();
    },
  },
  {
    how: 'the targets’ group does not allow it inbound',
    breaks: async ({ refuse, parts, simulation }) => {
      refuse(parts.groups.app, tcp(8080, { UserIdGroupPairs: [{ GroupId: parts.groups.balancer }] }));
      await simulation.advance(SETTLED_MS);
    },
    evidence: ({ parts }) => [parts.targetGroup],
    remedy: ['Add an inbound rule to sg-', 'tcp 8080 from sg-'],
    heals: followed,
    denied: ['ec2:DescribeSecurityGroups', 'ec2', 'DescribeSecurityGroups'],
  },
  {
    how: 'its own group does not allow it outbound',
    breaks: async ({ ec2, parts, simulation }) => {
      const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
      ec2('RevokeSecurityGroupEgress', { GroupId: parts.groups.balancer, IpPermissions });
      await simulation.advance(SETTLED_MS);
    },
    evidence: ({ parts }) => [parts.groups.balancer],
    remedy: ['Add an outbound rule to sg-'],
    heals: followed,
  },
]);

function listen({ elb, parts }: AwsStage): void {
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: parts.targetGroup }];
  elb('CreateListener', { LoadBalancerArn: parts.balancer, Protocol: 'HTTP', Port: 80, DefaultActions });
}
