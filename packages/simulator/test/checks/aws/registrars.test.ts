import { beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, REGION, type AwsStage } from './account.js';
import { both, said, service, tcp, useService } from './moves.js';

type Input = Readonly<Record<string, unknown>>;

const TASK = {
  family: 'orders',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'web', image: 'example.com/orders:1', portMappings: [{ containerPort: 8080 }] }],
};

/** The subnets of tasks get a path to the registry of their image. */
function openRegistry({ ec2, parts }: AwsStage): void {
  const { InternetGatewayId } = ec2('CreateInternetGateway', {}).InternetGateway;
  ec2('AttachInternetGateway', { InternetGatewayId, VpcId: parts.vpc });
  ec2('CreateRoute', { RouteTableId: parts.table, GatewayId: InternetGatewayId, DestinationCidrBlock: '0.0.0.0/0' });
}

/** The machines leave the target group, and an ECS service registers tasks in it. */
async function startService(stage: AwsStage, input: Input = {}): Promise<void> {
  const { call, elb, parts, wait } = stage;
  elb('DeregisterTargets', { TargetGroupArn: parts.targetGroup, Targets: parts.machines.map((Id) => ({ Id })) });
  await wait();
  call('ecs', 'CreateCluster', { clusterName: 'shop' });
  call('ecs', 'RegisterTaskDefinition', TASK);
  call('ecs', 'CreateService', {
    cluster: 'shop',
    serviceName: 'orders-tasks',
    taskDefinition: 'orders',
    desiredCount: 1,
    launchType: 'FARGATE',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [parts.subnets.lbA, parts.subnets.lbB],
        securityGroups: [parts.groups.app],
        assignPublicIp: 'ENABLED',
      },
    },
    loadBalancers: [{ targetGroupArn: parts.targetGroup, containerName: 'web', containerPort: 8080 }],
    ...input,
  });
}

const update = ({ call }: AwsStage, input: Input): void =>
  void call('ecs', 'UpdateService', { cluster: 'shop', service: 'orders-tasks', ...input });

const operations = (stage: AwsStage, from: number): readonly string[] =>
  stage.simulation
    .journal()
    .slice(from)
    .filter(({ service }) => service === 'ecs')
    .map(({ operation }) => operation);

describe('a target group of an ECS service without a healthy target', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  beforeAll(async () => {
    scene = await awsScene();
  });

  it('says that no task is wanted, and passes once one is', async () => {
    const stage = awsStage(scene);
    openRegistry(stage);
    await startService(stage, { desiredCount: 0 });
    await stage.wait();
    expect(await said(stage)).toEqual(
      both('fail', 'orders-tasks registers them, and its desired count is 0', 'Set the desired count of orders-tasks'),
    );
    update(stage, { desiredCount: 1 });
    await stage.wait();
    for (const finding of await said(stage)) expect(finding).toMatchObject({ verdict: 'pass' });
  });

  it('is unknown while tasks start', async () => {
    const stage = awsStage(scene);
    openRegistry(stage);
    await startService(stage);
    expect(await said(stage)).toEqual(
      both('unknown', 'whether the tasks that orders-tasks is starting answer', 'Wait until orders-tasks has started'),
    );
    await stage.wait();
    for (const finding of await said(stage)) expect(finding).toMatchObject({ verdict: 'pass' });
  });

  it('says why tasks stop, as ECS says it of a stopped task', async () => {
    const stage = awsStage(scene);
    await startService(stage);
    await stage.wait();
    expect(await said(stage)).toEqual(both('fail', 'CannotPullContainerError: ', 'Correct the cause'));
    openRegistry(stage);
    await stage.wait();
    await stage.wait();
    for (const finding of await said(stage)) expect(finding).toMatchObject({ verdict: 'pass' });
  });

  it('says why tasks cannot be placed, as an event of the service says it', async () => {
    const stage = awsStage(scene);
    stage.call('ecs', 'RegisterTaskDefinition', { ...TASK, requiresCompatibilities: ['EC2'] });
    const awsvpcConfiguration = { subnets: [stage.parts.subnets.lbA], securityGroups: [stage.parts.groups.app] };
    await startService(stage, { launchType: 'EC2', networkConfiguration: { awsvpcConfiguration } });
    await stage.wait();
    const from = stage.simulation.journal().length;
    expect(await said(stage)).toEqual(both('fail', 'unable to place a task because no container instance', 'Correct'));
    expect(new Set(operations(stage, from))).toEqual(new Set(['ListClusters', 'ListServices', 'DescribeServices']));
  });

  it('names the rule that health checks of its tasks lack, also while none is registered', async () => {
    const stage = awsStage(scene);
    openRegistry(stage);
    const { groups } = stage.parts;
    stage.refuse(groups.app, tcp(8080, { UserIdGroupPairs: [{ GroupId: groups.balancer }] }));
    await startService(stage);
    const { call, elb, parts, simulation } = stage;
    const targets = (): readonly { readonly id: string; readonly state: string }[] =>
      elb('DescribeTargetHealth', { TargetGroupArn: parts.targetGroup }).TargetHealthDescriptions.map(
        ({ Target, TargetHealth }: any) => ({ id: Target.Id, state: TargetHealth.State }),
      );
    const failed = (): boolean =>
      JSON.stringify(call('ecs', 'DescribeServices', { cluster: 'shop', services: ['orders-tasks'] })).includes(
        'is unhealthy in',
      );
    const seen = new Set<string>();
    for (let at = 0; at < 24; at += 1) {
      // Health checks do not follow security groups in the simulation: the targets answer none.
      for (const { id } of targets())
        simulation.plant(REGION, {
          kind: 'target-health',
          targetGroupArn: parts.targetGroup,
          targetId: id,
          state: 'unhealthy',
          reason: 'Target.Timeout',
        });
      await simulation.advance(15_000);
      if (!failed()) continue;
      seen.add([...new Set(targets().map(({ state }) => state))].toSorted().join(' '));
      for (const finding of await said(stage))
        expect(finding).toEqual({
          verdict: 'fail',
          message: expect.stringContaining('health checks do not reach them'),
          remedy: expect.stringContaining(groups.app),
        });
    }
    expect([...seen]).toEqual(expect.arrayContaining(['draining', 'draining initial']));
  });

  it('fails as before where ECS may not be read', async () => {
    const stage = awsStage(scene);
    await startService(stage, { desiredCount: 0 });
    await stage.wait();
    stage.simulation.faults.add({ service: 'ecs', operation: 'ListClusters', kind: 'deny' });
    expect(await said(stage)).toEqual(both('fail', 'no targets', 'Register a target'));
    const { gaps } = await stage.report();
    expect(JSON.stringify(gaps)).toContain('ecs:ListClusters');
  });

  it('says of a Cloud Map service, too, that no task is wanted, and passes once one is', async () => {
    const stage = awsStage(scene);
    openRegistry(stage);
    const { call, wait } = stage;
    const id = await useService(stage);
    for (const { Id } of call('servicediscovery', 'ListInstances', { ServiceId: id }).Instances)
      call('servicediscovery', 'DeregisterInstance', { ServiceId: id, InstanceId: Id });
    await wait();
    const registryArn = service(stage).Arn;
    await startService(stage, {
      desiredCount: 0,
      loadBalancers: [],
      serviceRegistries: [{ registryArn, containerName: 'web', containerPort: 8080 }],
    });
    const [none] = await stage.say('target/cloud-map');
    expect(none).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('orders-tasks registers them, and its desired count is 0'),
    });
    update(stage, { desiredCount: 1 });
    const [starting] = await stage.say('target/cloud-map');
    expect(starting).toMatchObject({ verdict: 'unknown' });
    await wait();
    const [found] = await stage.say('target/cloud-map');
    expect(found).toMatchObject({ verdict: 'pass' });
  });

  it('is read for a check alone, and for none where targets are healthy', async () => {
    const stage = awsStage(scene);
    const from = stage.simulation.journal().length;
    await stage.report();
    expect(operations(stage, from)).toEqual([]);
    await startService(stage, { desiredCount: 0 });
    const start = stage.simulation.journal().length;
    await stage.apply();
    expect(operations(stage, start)).toEqual([]);
  });
});
