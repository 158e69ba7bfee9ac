import { beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { DEFINITION, HEALTHY_MS, newAccount } from './account.js';

type Row = Readonly<Record<string, any>>;
type Account = Awaited<ReturnType<typeof newAccount>>;
let account: Account;
beforeAll(async () => {
  account = await newAccount();
  account.ecs('RegisterTaskDefinition', {
    ...DEFINITION,
    family: 'hosted',
    requiresCompatibilities: [],
    networkMode: 'bridge',
  });
});

const behind = (changes: Row): Row => ({
  loadBalancers: [
    { targetGroupArn: account.group['TargetGroupArn'], containerName: 'web', containerPort: 8080, ...changes },
  ],
});

describe('CreateService refuses', () => {
  const cases: readonly (readonly [what: string, input: () => Row, code: string, message: string | RegExp])[] = [
    ['a cluster that does not exist', () => ({ cluster: 'none' }), 'ClusterNotFoundException', 'Cluster not found.'],
    ['an unknown task definition', () => ({ taskDefinition: 'none' }), 'ClientException', 'TaskDefinition not found.'],
    [
      'a missing network',
      () => ({ networkConfiguration: undefined }),
      'InvalidParameterException',
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      'a subnet that does not exist',
      () => ({ networkConfiguration: account.network({ subnets: ['subnet-0123456789abcdef0'] }) }),
      'InvalidParameterException',
      /^Error retrieving subnet information for \[subnet-0123456789abcdef0\].*InvalidSubnetID\.NotFound/,
    ],
    [
      'a group that does not exist',
      () => ({ networkConfiguration: account.network({ securityGroups: ['sg-0123456789abcdef0'] }) }),
      'InvalidParameterException',
      /^Error retrieving security group information/,
    ],
    [
      'another container',
      () => behind({ containerName: 'api' }),
      'InvalidParameterException',
      'The container api does not exist in the task definition.',
    ],
    [
      'another port',
      () => behind({ containerPort: 9090 }),
      'InvalidParameterException',
      'The container web did not have a container port 9090 defined.',
    ],
    [
      'a target group without a load balancer',
      () => behind({ targetGroupArn: account.targetGroup('unused')['TargetGroupArn'] }),
      'InvalidParameterException',
      /does not have an associated load balancer\.$/,
    ],
    [
      'a target group for instances',
      () => behind({ targetGroupArn: account.targetGroup('instances', { TargetType: 'instance' })['TargetGroupArn'] }),
      'InvalidParameterException',
      /has target type instance, which is incompatible with the awsvpc network mode/,
    ],
    [
      'Fargate for a definition of another network mode',
      () => ({ taskDefinition: 'hosted', networkConfiguration: undefined, loadBalancers: [] }),
      'InvalidParameterException',
      'Task definition does not support launch_type FARGATE.',
    ],
    [
      'blue/green deployments',
      () => ({ deploymentController: { type: 'CODE_DEPLOY' } }),
      'NotImplemented',
      /CODE_DEPLOY/,
    ],
  ];
  it.each(cases)('%s', (_, input, code, message) => {
    const refusal = account.refusal('CreateService', account.input(input()));
    expect(refusal?.code).toBe(code);
    if (typeof message === 'string') expect(refusal?.message).toBe(message);
    else expect(refusal?.message).toMatch(message);
  });

  it('the name of another service, but not the same request with its token', async () => {
    const own = await newAccount();
    own.ecs('CreateService', own.input({ clientToken: 'once' }));
    expect(own.refusal('CreateService', own.input())?.message).toBe('Creation of service was not idempotent.');
    expect(own.refusal('CreateService', own.input({ clientToken: 'once' }))).toBeUndefined();
  });
});

describe('RegisterTaskDefinition', () => {
  it.each([
    [{ networkMode: 'bridge' }, 'Fargate only supports network mode ‘awsvpc’.'],
    [{ cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [
      { memory: '4096' },
      'No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.',
    ],
    [{ containerDefinitions: [] }, 'Container list cannot be empty.'],
    [
      {
        containerDefinitions: [{ name: 'web', image: 'nginx', portMappings: [{ containerPort: 8080, hostPort: 80 }] }],
      },
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [
      { containerDefinitions: [{ name: 'web', image: 'nginx', logConfiguration: { logDriver: 'awslogs' } }] },
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    ],
    [
      { containerDefinitions: [{ name: 'web', image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1' }] },
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    ],
  ])('refuses %j', (changes, message) => {
    expect(account.refusal('RegisterTaskDefinition', { ...DEFINITION, ...changes })).toMatchObject({
      code: 'ClientException',
      message,
    });
  });

  it('counts revisions, completes containers, and reads sizes in other units', () => {
    const sizes = { cpu: '.25 vCPU', memory: '0.5 GB', family: 'sized' };
    const { taskDefinition } = account.ecs('RegisterTaskDefinition', { ...DEFINITION, ...sizes });
    expect(taskDefinition).toMatchObject({
      revision: 1,
      cpu: '256',
      memory: '512',
      compatibilities: ['EC2', 'FARGATE'],
    });
    expect(taskDefinition.containerDefinitions[0].portMappings).toEqual([
      { containerPort: 8080, hostPort: 8080, protocol: 'tcp' },
    ]);
    expect(account.ecs('RegisterTaskDefinition', { ...DEFINITION, family: 'sized' }).taskDefinition.revision).toBe(2);
    account.ecs('DeregisterTaskDefinition', { taskDefinition: 'sized:2' });
    expect(account.ecs('DescribeTaskDefinition', { taskDefinition: 'sized' }).taskDefinition.revision).toBe(1);
    expect(account.refusal('CreateService', account.input({ taskDefinition: 'sized:2' }))?.message).toBe(
      'TaskDefinition is inactive',
    );
  });
});

answers('without Fargate', newAccount)`
  a service finds no container instance
    network = network {assignPublicIp: DISABLED}
    input = input {launchType: absent, networkConfiguration: $network}
    CreateService $input
    advance ${HEALTHY_MS}
    events == [${expect.stringContaining('No Container Instances were found in your cluster.')}]
    tasks == []
  a capacity provider of the cluster starts tasks, too
    input = input {launchType: absent, capacityProviderStrategy: [{capacityProvider: FARGATE_SPOT, weight: 1}]}
    CreateService $input !InvalidParameterException /not associated with the cluster/
    PutClusterCapacityProviders {cluster: shop, capacityProviders: [FARGATE, FARGATE_SPOT],
      defaultCapacityProviderStrategy: [{capacityProvider: FARGATE_SPOT, weight: 1}]}
    input2 = input {launchType: absent, desiredCount: 1}
    CreateService $input2
    advance ${HEALTHY_MS}
    tasks -> [{capacityProviderName: FARGATE_SPOT, lastStatus: RUNNING}]
`;
