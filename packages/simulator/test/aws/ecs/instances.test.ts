import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { forward } from '../load-balancing/account.js';
import { HEALTHY_MS, newAccount } from './account.js';

const MINUTE = 60_000;
const TEMPLATE = { ImageId: 'ami-0a1b2c3d4e5f60718', InstanceType: 't3.small' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const userData = (cluster: string): string =>
  base64(`#!/bin/bash\necho ECS_CLUSTER=${cluster} >> /etc/ecs/ecs.config\n`);

/** An account with a service whose tasks run on instances in `mode`, and a scaling group whose instances are of `cluster`. */
async function stack(
  mode: 'bridge' | 'host' | 'awsvpc',
  cluster = 'shop',
  hostPort?: number,
  UserData = userData(cluster),
) {
  const account = await newAccount();
  const { ecs, ec2, call, groupId } = account;
  const asg = (operation: string, input: object): any => call('autoscaling', operation, input);
  ec2('CreateLaunchTemplate', {
    LaunchTemplateName: 'shop',
    LaunchTemplateData: { ...TEMPLATE, SecurityGroupIds: [groupId], UserData },
  });
  asg('CreateAutoScalingGroup', {
    AutoScalingGroupName: 'shop',
    LaunchTemplate: { LaunchTemplateName: 'shop' },
    MinSize: 0,
    MaxSize: 4,
    DesiredCapacity: 1,
    VPCZoneIdentifier: account.subnetIds.join(','),
  });
  await account.advance(2 * MINUTE);
  ecs('RegisterTaskDefinition', {
    family: 'machines',
    networkMode: mode,
    memory: '512',
    containerDefinitions: [
      { name: 'web', image: 'public.ecr.aws/nginx/nginx:1.27', portMappings: [{ containerPort: 8080, hostPort }] },
    ],
  });
  const group = account.targetGroup('machines', { TargetType: mode === 'awsvpc' ? 'ip' : 'instance' });
  account.elb('CreateListener', {
    LoadBalancerArn: account.balancer['LoadBalancerArn'],
    Protocol: 'HTTP',
    Port: 8081,
    DefaultActions: [forward(group)],
  });
  await account.advance(3 * MINUTE);
  const create = (input: object = {}): void =>
    ecs(
      'CreateService',
      account.input({
        serviceName: 'orders',
        taskDefinition: 'machines',
        launchType: 'EC2',
        loadBalancers: [{ targetGroupArn: group['TargetGroupArn'], containerName: 'web', containerPort: 8080 }],
        networkConfiguration: mode === 'awsvpc' ? account.network({ assignPublicIp: undefined }) : undefined,
        ...input,
      }),
    );
  const targets = (): { Id: string; Port: number }[] =>
    account
      .elb('DescribeTargetHealth', { TargetGroupArn: group['TargetGroupArn'] })
      .TargetHealthDescriptions.map(({ Target }: any) => ({ Id: Target.Id, Port: Target.Port }));
  const instance: string = asg('DescribeAutoScalingGroups', {}).AutoScalingGroups[0].Instances[0].InstanceId;
  return { ...account, asg, create, targets, instance };
}

describe('tasks on instances', () => {
  it('have a port of the instance once', async () => {
    const { create, targets, instance, advance, events } = await stack('bridge', 'shop', 8080);
    create();
    await advance(HEALTHY_MS);
    expect(targets()).toEqual([{ Id: instance, Port: 8080 }]);
    expect(events().join('\n')).toContain('is already using a port required by your task');
  });

  it.each([
    ['launches, one for each port', 4, 2],
    ['may launch', 1, 1],
  ])('run on as many instances as a capacity provider %s', async (_, MaxSize, count) => {
    const { asg, ecs, create, targets, advance } = await stack('bridge', 'shop', 8080);
    const [group] = asg('DescribeAutoScalingGroups', {}).AutoScalingGroups;
    asg('UpdateAutoScalingGroup', { AutoScalingGroupName: 'shop', MaxSize });
    const capacityProviders = ['machines'];
    const managedScaling = { status: 'ENABLED' };
    const autoScalingGroupProvider = { autoScalingGroupArn: group.AutoScalingGroupARN, managedScaling };
    ecs('CreateCapacityProvider', { name: 'machines', autoScalingGroupProvider });
    const strategy = [{ capacityProvider: 'machines', weight: 1 }];
    ecs('PutClusterCapacityProviders', {
      cluster: 'shop',
      capacityProviders,
      defaultCapacityProviderStrategy: strategy,
    });
    create({ launchType: undefined, capacityProviderStrategy: strategy });
    await advance(10 * MINUTE);
    expect(new Set(targets().map(({ Id }) => Id)).size).toBe(count);
  });

  it.each([
    ['of Bottlerocket', '[settings.ecs]\ncluster = "shop"\n'],
    ['of Windows', '<powershell>\nInitialize-ECSAgent -Cluster shop -EnableTaskIAMRole\n</powershell>'],
  ])('run on instances %s', async (_, text) => {
    const { create, targets, instance, advance } = await stack('bridge', 'shop', 8080, base64(text));
    create();
    await advance(HEALTHY_MS);
    expect(targets()).toEqual([{ Id: instance, Port: 8080 }]);
  });

  it('have addresses of their own where the network mode is awsvpc', async () => {
    const { create, targets, advance, addresses } = await stack('awsvpc');
    create();
    await advance(HEALTHY_MS);
    expect(targets().map(({ Id }) => Id)).toEqual(addresses());
  });
});

answers('tasks on instances', () => stack('bridge'))`
  get ports of the instance, and are registered with its ID
    create
    advance ${HEALTHY_MS}
    targets == [{Id: $instance, Port: 32768}, {Id: $instance, Port: 32769}]
    tasks -> [{launchType: EC2, attachments: [], containers: [{networkBindings: [{hostPort: 32768}]}]}, {}]
    DescribeClusters {clusters: [shop]} -> {clusters: [{registeredContainerInstancesCount: 1}]}
  are spread over the instances
    asg [UpdateAutoScalingGroup, {AutoScalingGroupName: shop, DesiredCapacity: 2}]
    advance ${3 * MINUTE}
    create
    advance ${HEALTHY_MS}
    targets -> {Port: [32768, 32768]}
  run on those of a capacity provider
    asg [DescribeAutoScalingGroups, {}]
    CreateCapacityProvider {name: machines, autoScalingGroupProvider: {autoScalingGroupArn: $AutoScalingGroupARN}}
    DescribeCapacityProviders {capacityProviders: [machines]}
      -> {capacityProviders: [{name: machines, type: EC2_AUTOSCALING,
      autoScalingGroupProvider: {managedDraining: ENABLED}}]}
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [machines],
      defaultCapacityProviderStrategy: [{capacityProvider: machines, weight: 1}]}
    DeleteCapacityProvider {capacityProvider: machines} !ClientException /in use/
    create {launchType: absent, capacityProviderStrategy: [{capacityProvider: machines, weight: 1}]}
    advance ${HEALTHY_MS}
    targets -> {Id: [$instance, $instance]}
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [FARGATE], defaultCapacityProviderStrategy: []}
      !ResourceInUseException /in use and cannot be removed/
    # One that no service uses is removed.
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [machines, FARGATE],
      defaultCapacityProviderStrategy: []}
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [machines], defaultCapacityProviderStrategy: []}
      -> {cluster: {capacityProviders: [machines]}}
`;

answers('tasks on instances', () => stack('bridge', 'other'))`
  wait for an instance of their cluster
    create
    advance ${10 * MINUTE}
    events == [${expect.stringContaining('No Container Instances were found in your cluster.')}]
    ec2:CreateLaunchTemplateVersion {LaunchTemplateName: shop, LaunchTemplateData: {<<: ${TEMPLATE},
      UserData: ${userData('shop')}}}
    asg [UpdateAutoScalingGroup, {AutoScalingGroupName: shop, LaunchTemplate: {LaunchTemplateName: shop,
      Version: $Latest}, DesiredCapacity: 2}]
    advance ${10 * MINUTE}
    targets -> {Port: [32768, 32769]}
`;
