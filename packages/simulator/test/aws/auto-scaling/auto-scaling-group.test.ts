import { expect, it } from 'vitest';
import { newAccount, newGroup, newSubnet, newVpc, refusal } from '../ec2/account.js';

const MINUTE = 60_000;

function stack() {
  const { ec2, sim } = newAccount();
  const of =
    (service: 'autoscaling' | 'elasticloadbalancingv2') =>
    (operation: string, input: object = {}): any =>
      sim.call({ service, operation, region: 'us-east-1' }, input);
  const [asg, elb] = [of('autoscaling'), of('elasticloadbalancingv2')];
  const VpcId = newVpc(ec2);
  const subnets = ['10.0.1.0/24', '10.0.2.0/24'].map((block) => newSubnet(ec2, VpcId, block));
  const group = newGroup(ec2, VpcId, 'web');
  const LaunchTemplateData = { ImageId: 'ami-0a1b2c3d4e5f60718', InstanceType: 't3.micro', SecurityGroupIds: [group] };
  ec2('CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData });
  const target = { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'instance' };
  const TargetGroupArn: string = elb('CreateTargetGroup', target).TargetGroups[0].TargetGroupArn;
  const AutoScalingGroupName = 'web';
  const create = (input: object = {}) =>
    asg('CreateAutoScalingGroup', {
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 2,
      VPCZoneIdentifier: subnets.join(','),
      TargetGroupARNs: [TargetGroupArn],
      Tags: [{ Key: 'Name', Value: 'web', PropagateAtLaunch: true }],
      ...input,
    });
  const row = (): any => asg('DescribeAutoScalingGroups', { AutoScalingGroupNames: ['web'] }).AutoScalingGroups[0];
  const targets = (): string[] =>
    elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions.map(({ Target }: any) => Target.Id);
  const running = (): any[] =>
    ec2('DescribeInstances', { Filters: [{ Name: 'instance-state-name', Values: ['running'] }] }).Reservations.flatMap(
      ({ Instances }: any) => Instances,
    );
  return { sim, ec2, asg, AutoScalingGroupName, group, subnets, create, row, targets, running, TargetGroupArn };
}

it('launches instances by its template, registers them, and scales out and in', async () => {
  const { sim, asg, AutoScalingGroupName, group, subnets, create, row, targets, running } = stack();
  create();
  expect(row().Instances).toMatchObject([{ LifecycleState: 'Pending' }, { LifecycleState: 'Pending' }]);
  expect(targets()).toEqual([]);
  await sim.advance(MINUTE);
  expect(running()).toMatchObject([
    { SecurityGroups: [{ GroupId: group }], Tags: expect.arrayContaining([{ Key: 'Name', Value: 'web' }]) },
    { InstanceType: 't3.micro' },
  ]);
  expect(subnets).toContain(running()[0].SubnetId);
  expect(targets()).toEqual(row().Instances.map(({ InstanceId }: any) => InstanceId));

  asg('SetDesiredCapacity', { AutoScalingGroupName, DesiredCapacity: 3 });
  await sim.advance(MINUTE);
  expect(targets()).toHaveLength(3);
  asg('UpdateAutoScalingGroup', { AutoScalingGroupName, MaxSize: 1 });
  expect(row()).toMatchObject({ DesiredCapacity: 1, MaxSize: 1 });
  await sim.advance(10 * MINUTE);
  expect(row().Instances).toHaveLength(1);
  expect(targets()).toEqual([row().Instances[0].InstanceId]);
  const [latest] = asg('DescribeScalingActivities', { AutoScalingGroupName }).Activities;
  expect(latest).toMatchObject({ StatusCode: 'Successful', Description: expect.stringContaining('Terminating') });
});

it('is deleted with its instances only by force', async () => {
  const { sim, asg, AutoScalingGroupName, create, row, running } = stack();
  create();
  await sim.advance(MINUTE);
  expect(() => asg('DeleteAutoScalingGroup', { AutoScalingGroupName })).toThrow(refusal('ResourceInUse'));
  asg('DeleteAutoScalingGroup', { AutoScalingGroupName, ForceDelete: true });
  expect(row().Status).toBe('Delete in progress');
  await sim.advance(MINUTE);
  expect(row()).toBeUndefined();
  expect(running()).toEqual([]);
});

it('registers at target groups that are attached, and deregisters at detached ones', async () => {
  const { sim, asg, AutoScalingGroupName, create, targets, TargetGroupArn } = stack();
  create({ TargetGroupARNs: [] });
  await sim.advance(MINUTE);
  const given = { AutoScalingGroupName, TargetGroupARNs: [TargetGroupArn] };
  asg('AttachLoadBalancerTargetGroups', given);
  expect(targets()).toHaveLength(2);
  asg('DetachLoadBalancerTargetGroups', given);
  expect(targets()).toEqual([]);
});

it('replaces an instance that is terminated through the group', async () => {
  const { sim, asg, create, row } = stack();
  create();
  await sim.advance(MINUTE);
  const [{ InstanceId }] = row().Instances;
  asg('TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
  await sim.advance(MINUTE);
  const ids = row().Instances.map((one: any) => one.InstanceId);
  expect(ids).toHaveLength(2);
  expect(ids).not.toContain(InstanceId);
});

it.each([
  [{ DesiredCapacity: 5 }, 'ValidationError', 'above max'],
  [{ MinSize: 3 }, 'ValidationError', 'below min'],
  [{ VPCZoneIdentifier: 'subnet-0123456789abcdef0' }, 'ValidationError', 'does not exist'],
  [{ LaunchTemplate: { LaunchTemplateName: 'absent' } }, 'ValidationError', 'launch template'],
  [{ LaunchTemplate: undefined }, 'ValidationError', 'LaunchTemplate'],
  [{ TargetGroupARNs: ['arn:aws:elasticloadbalancing:absent'] }, 'ValidationError', 'Target Groups'],
  [{ LaunchConfigurationName: 'old' }, 'NotImplemented', 'LaunchConfigurationName'],
])('refuses %j with %s', (input, code, message) => {
  expect(() => stack().create(input)).toThrow(refusal(code, message));
});
