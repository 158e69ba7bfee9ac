import { describe, expect, it } from 'vitest';
import { addressOf, DEFINITION, DRAINED_MS, HEALTHY_MS, newAccount } from './account.js';

/** Ten times the unhealthy threshold, with new tasks and their draining between. */
const HOUR_MS = 3_600_000;
const NOT_FOUND = { service: 'shop/orders', port: 8080, behavior: { status: 404 } };

describe('tasks that do not become healthy', () => {
  it('are replaced while the container answers health checks with another code', async () => {
    const account = await newAccount();
    account.sim.backends.add(NOT_FOUND);
    await account.advance(HOUR_MS);
    account.ecs('CreateService', account.input({ desiredCount: 1 }));
    await account.advance(HEALTHY_MS);
    expect(account.targets().map(({ state }) => state)).not.toContain('healthy');
    await account.advance(600_000);
    const service = account.describe();
    expect(service['deployments']).toMatchObject([{ rolloutState: 'IN_PROGRESS' }]);
    expect(service['deployments'][0].failedTasks).toBeGreaterThan(3);
    const arn = account.group['TargetGroupArn'];
    expect(account.events()).toContain(
      `(service orders) (port 8080) is unhealthy in (target-group ${arn}) due to (reason Health checks failed with these codes: [404]).`,
    );
    expect(account.tasks('STOPPED')[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${arn})`,
    });
    account.sim.backends.remove();
    await account.advance(HOUR_MS);
    expect(account.describe()['deployments']).toMatchObject([{ rolloutState: 'COMPLETED' }]);
    expect(account.targets()).toMatchObject([{ state: 'healthy' }]);
  });

  it('keep running for the grace period', async () => {
    const account = await newAccount();
    account.sim.backends.add(NOT_FOUND);
    await account.advance(HOUR_MS);
    account.ecs('CreateService', account.input({ desiredCount: 1, healthCheckGracePeriodSeconds: 600 }));
    await account.advance(500_000);
    expect(account.targets()).toMatchObject([{ state: 'unhealthy' }]);
    expect(account.tasks('STOPPED')).toEqual([]);
    await account.advance(200_000);
    expect(account.tasks('STOPPED')).not.toEqual([]);
  });

  it('are replaced where they have been healthy before', async () => {
    const account = await newAccount();
    account.ecs('CreateService', account.input({ desiredCount: 1 }));
    await account.advance(HEALTHY_MS);
    expect(account.targets()).toMatchObject([{ state: 'healthy' }]);
    account.sim.backends.add(NOT_FOUND);
    await account.advance(120_000);
    expect(account.tasks('STOPPED')).toHaveLength(1);
    expect(account.describe()['deployments']).toMatchObject([{ rolloutState: 'COMPLETED', failedTasks: 0 }]);
  });

  it('are replaced while no rule admits the load balancer, and stay once one does', async () => {
    const account = await newAccount();
    const arn = account.group['TargetGroupArn'];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    account.ecs('CreateService', account.input({ desiredCount: 1 }));
    await account.advance(HEALTHY_MS);
    expect(account.targets()).toMatchObject([{ state: 'healthy' }]);
    account.ec2('RevokeSecurityGroupIngress', { GroupId: account.groupId, IpPermissions });
    await account.advance(59_000);
    expect(account.tasks('STOPPED')).toEqual([]);
    await account.advance(300_000);
    expect(account.events()).toContain(
      `(service orders) (port 8080) is unhealthy in (target-group ${arn}) due to (reason Request timed out).`,
    );
    expect(account.tasks('STOPPED')).not.toEqual([]);
    account.ec2('AuthorizeSecurityGroupIngress', { GroupId: account.groupId, IpPermissions });
    await account.advance(HOUR_MS);
    expect(account.targets()).toMatchObject([{ state: 'healthy' }]);
    expect(account.events()[0]).toBe('(service orders) has reached a steady state.');
  });

  it('end a deployment by its circuit breaker, which returns to the last completed one', async () => {
    const account = await newAccount();
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    account.ecs('CreateService', account.input({ deploymentConfiguration }));
    await account.advance(HEALTHY_MS);
    const before = account.tasks().map(addressOf).sort();
    const { VpcId, RouteTables } = { VpcId: account.vpcId, ...account.ec2('DescribeRouteTables') };
    const table = RouteTables.find((one: { VpcId: string }) => one.VpcId === VpcId);
    account.ec2('DeleteRoute', { RouteTableId: table.RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
    const { deployments } = account.update({ forceNewDeployment: true });
    await account.advance(HOUR_MS / 4);
    const [back] = account.describe()['deployments'];
    expect(back.id).not.toBe(deployments[0].id);
    expect(back.rolloutStateReason).toBe(`ECS deployment circuit breaker: rolling back to deploymentId ${back.id}.`);
    expect(account.events()).toContain(
      `(service orders) (deployment ${deployments[0].id}) deployment failed: tasks failed to start.`,
    );
    expect(account.targets().map(({ id }) => id).sort()).toEqual(before); // prettier-ignore
  });
});

describe('a deployment that its circuit breaker ended', () => {
  it.each([
    ['at least three tasks', { desiredCount: 2 }, 100, 4],
    ['half the desired count', { desiredCount: 10 }, 10, 5],
  ])(
    'after %s failed starts no more tasks where there is none to return to',
    async (_, input, maximumPercent, failedTasks) => {
      const account = await newAccount();
      const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true }, maximumPercent };
      const networkConfiguration = account.network({ assignPublicIp: 'DISABLED' });
      account.ecs('CreateService', account.input({ deploymentConfiguration, networkConfiguration, ...input }));
      await account.advance(HOUR_MS / 2);
      const failed = { rolloutState: 'FAILED', failedTasks, pendingCount: 0 };
      expect(account.describe()['deployments']).toMatchObject([failed]);
      await account.advance(HOUR_MS / 2);
      expect(account.describe()['deployments']).toMatchObject([failed]);
      expect(account.tasks()).toEqual([]);
    },
  );
});

const PULLING = { ...DEFINITION, executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole' };

describe('a task without a path to the registry', () => {
  const failing = async (image: string) => {
    const account = await newAccount();
    const [container] = DEFINITION['containerDefinitions'];
    account.ecs('RegisterTaskDefinition', { ...PULLING, containerDefinitions: [{ ...container, image }] });
    const networkConfiguration = account.network({ assignPublicIp: 'DISABLED' });
    account.ecs('CreateService', account.input({ networkConfiguration, desiredCount: 1 }));
    await account.advance(600_000);
    return account;
  };

  it.each([
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1',
      /^ResourceInitializationError: unable to pull secrets or registry auth/,
    ],
    ['nginx:1.27', /^CannotPullContainerError: .*nginx:1\.27/],
  ])('stops: %s', async (image, reason) => {
    const account = await failing(image);
    const [task] = account.tasks('STOPPED');
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    expect(task?.['stoppedReason']).toMatch(reason);
    expect(account.describe()).toMatchObject({ runningCount: 0, deployments: [{ rolloutState: 'IN_PROGRESS' }] });
    expect(account.targets()).toEqual([]);
  });

  it.each([
    ['a NAT gateway in a public subnet', 'public.ecr.aws/nginx/nginx:1.27', 1],
    ['endpoints for an image of Amazon ECR', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1', 1],
    ['endpoints for another image', 'nginx', 0],
  ])('with %s', async (what, image, running) => {
    const account = await newAccount();
    const { ec2 } = account;
    const { SubnetId } = ec2('CreateSubnet', { VpcId: account.vpcId, CidrBlock: '172.31.200.0/24' }).Subnet;
    const { RouteTableId } = ec2('CreateRouteTable', { VpcId: account.vpcId }).RouteTable;
    ec2('AssociateRouteTable', { RouteTableId, SubnetId });
    if (what.startsWith('endpoints')) {
      for (const name of ['ecr.api', 'ecr.dkr']) {
        ec2('CreateVpcEndpoint', {
          VpcId: account.vpcId,
          ServiceName: `com.amazonaws.eu-west-1.${name}`,
          VpcEndpointType: 'Interface',
          SubnetIds: [SubnetId],
          PrivateDnsEnabled: true,
        });
      }
      ec2('CreateVpcEndpoint', {
        VpcId: account.vpcId,
        ServiceName: 'com.amazonaws.eu-west-1.s3',
        RouteTableIds: [RouteTableId],
      });
    } else {
      const { AllocationId } = ec2('AllocateAddress', { Domain: 'vpc' });
      const { NatGateway } = ec2('CreateNatGateway', { SubnetId: account.subnetIds[0], AllocationId });
      const NatGatewayId = NatGateway.NatGatewayId;
      ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId });
    }
    await account.advance(600_000);
    const [container] = DEFINITION['containerDefinitions'];
    account.ecs('RegisterTaskDefinition', { ...PULLING, containerDefinitions: [{ ...container, image }] });
    const networkConfiguration = account.network({ subnets: [SubnetId], assignPublicIp: 'DISABLED' });
    account.ecs('CreateService', account.input({ networkConfiguration, desiredCount: 1, loadBalancers: [] }));
    await account.advance(HEALTHY_MS);
    expect(account.describe()['runningCount']).toBe(running);
  });

  it('is started less often the longer it fails, and runs once there is a path', async () => {
    const account = await failing('nginx');
    await account.advance(6 * HOUR_MS);
    expect(account.describe()['deployments'][0].failedTasks).toBeLessThan(25);
    account.update({ networkConfiguration: account.network() });
    await account.advance(HEALTHY_MS + DRAINED_MS);
    expect(account.describe()).toMatchObject({ runningCount: 1, deployments: [{ rolloutState: 'COMPLETED' }] });
  });
});
