import { beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, type AwsStage } from './account.js';
import { act, both, said } from './moves.js';

type Input = Readonly<Record<string, unknown>>;

const GROUP = { AutoScalingGroupName: 'web' };
const IMAGE = { ImageId: 'ami-0a1b2c3d4e5f60718', InstanceType: 't3.micro' };

const scaling = ({ call }: AwsStage, operation: string, input: Input = {}): any =>
  call('autoscaling', operation, { ...GROUP, ...input });

/** The listener forwards to a target group of instances, and an Auto Scaling group registers its instances there. */
function startGroup(stage: AwsStage, input: Input = {}, template: Input = {}): void {
  const { ec2, elb, parts } = stage;
  const target = { Name: 'web', VpcId: parts.vpc, Protocol: 'HTTP', Port: 8080, TargetType: 'instance' };
  const TargetGroupArn: string = elb('CreateTargetGroup', target).TargetGroups[0].TargetGroupArn;
  act(stage, { Type: 'forward', TargetGroupArn });
  const LaunchTemplateData = { ...IMAGE, SecurityGroupIds: [parts.groups.app], ...template };
  ec2('CreateLaunchTemplate', { LaunchTemplateName: 'web', LaunchTemplateData });
  scaling(stage, 'CreateAutoScalingGroup', {
    LaunchTemplate: { LaunchTemplateName: 'web', Version: '$Latest' },
    MinSize: 0,
    MaxSize: 2,
    DesiredCapacity: 1,
    VPCZoneIdentifier: `${parts.subnets.lbA},${parts.subnets.lbB}`,
    TargetGroupARNs: [TargetGroupArn],
    ...input,
  });
}

/** The operations that explain a group without targets. */
const operations = (stage: AwsStage, from: number): readonly string[] =>
  stage.simulation
    .journal()
    .slice(from)
    .filter(({ service, operation }) => service === 'autoscaling' || operation === 'DescribeLaunchTemplateVersions')
    .map(({ operation }) => operation);

describe('a target group of an Auto Scaling group without a healthy target', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  beforeAll(async () => {
    scene = await awsScene();
  });

  const passes = async (stage: AwsStage): Promise<void> => {
    for (const finding of await said(stage)) expect(finding).toMatchObject({ verdict: 'pass' });
  };

  it('says that no instance is wanted, is unknown while one starts, and passes once it runs', async () => {
    const stage = awsStage(scene);
    startGroup(stage, { DesiredCapacity: 0 });
    await stage.wait();
    expect(await said(stage)).toEqual(
      both('fail', 'web registers them, and its desired count is 0', 'Set the desired count of web above 0'),
    );
    scaling(stage, 'SetDesiredCapacity', { DesiredCapacity: 1 });
    expect(await said(stage)).toEqual(
      both('unknown', 'whether the instances that web is starting answer', 'Wait until web has started its instances'),
    );
    await stage.wait();
    await passes(stage);
  });

  it('says why launches fail, and no more once a launch succeeds', async () => {
    const stage = awsStage(scene);
    const { vpc } = stage.network('10.60.0.0/16');
    const elsewhere = { VpcId: vpc, GroupName: 'elsewhere', Description: 'elsewhere' };
    startGroup(stage, {}, { SecurityGroupIds: [stage.ec2('CreateSecurityGroup', elsewhere).GroupId] });
    await stage.wait();
    expect(await said(stage)).toEqual(
      both('fail', 'web registers them, and its instances fail: ', 'Correct the cause for which instances of web fail'),
    );
    expect(JSON.stringify(await said(stage))).toContain('Launching EC2 instance failed');
    const LaunchTemplateData = { ...IMAGE, SecurityGroupIds: [stage.parts.groups.app] };
    stage.ec2('CreateLaunchTemplateVersion', { LaunchTemplateName: 'web', LaunchTemplateData });
    scaling(stage, 'SetDesiredCapacity', { DesiredCapacity: 1 });
    await stage.wait();
    await passes(stage);
    // The failure before the launch explains nothing of a second launch.
    const { AutoScalingGroups } = scaling(stage, 'DescribeAutoScalingGroups');
    const [{ InstanceId }] = AutoScalingGroups[0].Instances;
    scaling(stage, 'TerminateInstanceInAutoScalingGroup', { InstanceId, ShouldDecrementDesiredCapacity: false });
    expect(await said(stage)).toEqual(both('unknown', 'whether the instances that web is starting', 'Wait until'));
  });

  it('says that its subnets are in another VPC', async () => {
    const stage = awsStage(scene);
    const { vpc, subnet } = stage.network('10.61.0.0/16');
    startGroup(stage, { VPCZoneIdentifier: subnet }, { SecurityGroupIds: [] });
    await stage.wait();
    expect(await said(stage)).toEqual(
      both('fail', `its subnets are in ${vpc}, not in ${stage.parts.vpc}`, `Give web subnets in ${stage.parts.vpc}`),
    );
  });

  it.each([
    ['Launch', 0],
    ['AddToLoadBalancer', 1],
  ])('says that the process %s is suspended', async (process, running) => {
    const stage = awsStage(scene);
    startGroup(stage, { DesiredCapacity: 0 });
    scaling(stage, 'SuspendProcesses', { ScalingProcesses: [process] });
    scaling(stage, 'SetDesiredCapacity', { DesiredCapacity: 1 });
    await stage.wait();
    expect(scaling(stage, 'DescribeAutoScalingGroups').AutoScalingGroups[0].Instances).toHaveLength(running);
    expect(await said(stage)).toEqual(both('fail', `the process ${process} is suspended (User suspended`, 'Correct'));
  });

  it.each([
    ['autoscaling:DescribeAutoScalingGroups', 0],
    ['autoscaling:DescribeScalingActivities', 1],
    ['ec2:DescribeLaunchTemplateVersions', 1],
  ])('fails as before where %s is denied', async (permission, desired) => {
    const stage = awsStage(scene);
    startGroup(stage, { DesiredCapacity: desired });
    const [service, operation = ''] = permission.split(':');
    stage.simulation.faults.add({ service, operation, kind: 'deny' });
    expect(await said(stage)).toEqual(both('fail', 'no targets', 'Register a target'));
    const { gaps } = await stage.report();
    expect(JSON.stringify(gaps)).toContain(permission);
  });

  it('is read for a check alone, and for none where targets are healthy', async () => {
    const stage = awsStage(scene);
    const from = stage.simulation.journal().length;
    await stage.report();
    startGroup(stage, { DesiredCapacity: 0 });
    await stage.apply();
    expect(operations(stage, from)).toEqual([]);
    await stage.say('target/healthy');
    expect(operations(stage, from)).toEqual(['DescribeAutoScalingGroups', 'DescribeLaunchTemplateVersions']);
  });
});
