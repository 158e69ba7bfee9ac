import { newAccount as newNetwork, type Refusal } from '../load-balancing/account.js';

type Row = Readonly<Record<string, any>>;

/** Until new tasks run, and their targets have passed the first health check. */
export const HEALTHY_MS = 90_000;
/** Until the tasks of before have drained for 300 s, and stopped. */
export const DRAINED_MS = 400_000;

/** A task definition for Fargate with a container called `web` that listens at 8080. */
export const DEFINITION: Row = {
  family: 'orders',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [
    { name: 'web', image: 'public.ecr.aws/nginx/nginx:1.27', portMappings: [{ containerPort: 8080 }] },
  ],
};

/** One simulated account on manual time, with a cluster called `shop`, and a load balancer with a target group. */
export async function newAccount(options: Parameters<typeof newNetwork>[0] = {}) {
  const account = newNetwork(options);
  const ecs = (operation: string, input: Row = {}): any => account.call('ecs', operation, input);
  const groupId = account.group('tasks');
  // The load balancer, which has the VPC's default group, checks the tasks.
  account.ec2('AuthorizeSecurityGroupIngress', {
    GroupId: groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  const balancer = account.balancer('alb');
  const group = account.targetGroup('orders');
  const listener = account.listener(balancer, group);
  await account.advance(180_000); // the load balancer is active
  ecs('CreateCluster', { clusterName: 'shop' });
  ecs('RegisterTaskDefinition', DEFINITION);
  const network = (input: Row = {}): Row => ({
    awsvpcConfiguration: {
      subnets: account.subnetIds,
      securityGroups: [groupId],
      assignPublicIp: 'ENABLED',
      ...input,
    },
  });
  const describe = (serviceName = 'orders'): Row =>
    ecs('DescribeServices', { cluster: 'shop', services: [serviceName], include: ['TAGS'] }).services[0];
  return {
    ...account,
    ecs,
    answer: (operation: string, input: Row, service: any = 'ecs') => account.call(service, operation, input),
    balancer,
    group,
    listener,
    groupId,
    network,
    refusal: (operation: string, input: Row = {}): Refusal => account.refusalOf('ecs', operation, input),
    /** Two tasks behind the target group, unless the input says otherwise. */
    input: (input: Row = {}): Row => ({
      cluster: 'shop',
      serviceName: 'orders',
      taskDefinition: 'orders',
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: network(),
      loadBalancers: [{ targetGroupArn: group['TargetGroupArn'], containerName: 'web', containerPort: 8080 }],
      ...input,
    }),
    describe,
    update: (input: Row): Row => ecs('UpdateService', { cluster: 'shop', service: 'orders', ...input }).service,
    events: (): string[] => describe()['events'].map(({ message }: Row) => message),
    tasks(desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING', serviceName = 'orders'): Row[] {
      const { taskArns } = ecs('ListTasks', { cluster: 'shop', serviceName, desiredStatus });
      return taskArns.length === 0 ? [] : ecs('DescribeTasks', { cluster: 'shop', tasks: taskArns }).tasks;
    },
    targets: (): { id: string; port: number; state: string }[] =>
      account
        .elb('DescribeTargetHealth', { TargetGroupArn: group['TargetGroupArn'] })
        .TargetHealthDescriptions.map(({ Target, TargetHealth }: Row) => ({
          id: Target.Id,
          port: Target.Port,
          state: TargetHealth.State,
        })),
    /** The interfaces of tasks, by their addresses. */
    addresses: (): string[] =>
      account
        .interfaces()
        .filter(({ Description }) => Description.includes(':attachment/'))
        .map(({ PrivateIpAddress }) => PrivateIpAddress),
  };
}

export const addressOf = (task: Row): string => task['containers'][0].networkInterfaces[0].privateIpv4Address;
