import {
  amount,
  blocks,
  isSet,
  sendsChanges,
  several,
  single,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { partitionOf } from '../../cloud/arn.js';
import { decided, isOpen, nameOf, onChange, stays } from './calls.js';

const PROVIDERS_NAMES = { cluster: 'cluster_name' };

function putProviders(values: ActValues, caller: Caller): void {
  const input = caller.fill('ecs.PutClusterCapacityProviders', values, PROVIDERS_NAMES);
  caller.call('ecs.PutClusterCapacityProviders', {
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    ...input,
  });
}

/** What decides how a task runs, and not whether calls reach it. */
const OF_RUNNING = ['enable_fault_injection', 'ipc_mode', 'pid_mode'];

/** Any role will do where it is not known which: that there is one is what counts. */
function roles(values: ActValues, caller: Caller): Input {
  const any = `arn:${partitionOf(caller.region)}:iam::${caller.account}:role/any`;
  const given = Object.entries({ executionRoleArn: 'execution_role_arn', taskRoleArn: 'task_role_arn' });
  const all = given.map(([member, name]) => [member, isOpen(values[name]) ? any : word(values[name])]);
  return Object.fromEntries(all.filter(([, arn]) => arn !== undefined));
}

function taskDefinition(values: ActValues, caller: Caller): Input {
  const filled = caller.fill('ecs.RegisterTaskDefinition', decided(values, ...OF_RUNNING), {
    containerDefinitions: '-',
    executionRoleArn: '-',
    taskRoleArn: '-',
    volumes: 'volume',
  });
  const input = { ...filled, ...roles(values, caller) };
  const containers = single(values['container_definitions']);
  const definitions =
    typeof containers === 'string'
      ? JSON.parse(containers)
      : caller.fill('ecs.RegisterTaskDefinition', { container_definitions: containers })['containerDefinitions'];
  return { family: caller.unique('family-'), ...input, containerDefinitions: definitions };
}

/** A task definition is named by its family and revision: former revisions are registered, too. */
const MOST_REVISIONS = 1000;

function registerFormer(before: ActValues, caller: Caller): void {
  const input = taskDefinition(before, caller);
  const revision = Math.min(amount(before['revision']) ?? 1, MOST_REVISIONS);
  for (let at = 1; at <= revision; at += 1) caller.call('ecs.RegisterTaskDefinition', input);
}

const SERVICE_NAMES = {
  serviceName: 'name',
  networkConfiguration: '-',
  deploymentConfiguration: '-',
  healthCheckGracePeriodSeconds: '-',
  loadBalancers: 'load_balancer',
  placementStrategy: 'ordered_placement_strategy',
  role: '-',
  propagateTags: '-',
  enableECSManagedTags: '-',
};

function networkOf(values: ActValues): Input {
  const [network] = blocks(values['network_configuration']);
  if (network === undefined) return {};

  const isPublic = isSet(network['assign_public_ip']) || word(network['assign_public_ip']) === 'ENABLED';
  const awsvpcConfiguration = {
    subnets: several(network['subnets']),
    securityGroups: several(network['security_groups']),
    assignPublicIp: isPublic ? 'ENABLED' : 'DISABLED',
  };
  return { networkConfiguration: { awsvpcConfiguration } };
}

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/service.go (a grace period of 0 is not sent) */
function serviceMembers(values: ActValues): Input {
  const maximumPercent = amount(values['deployment_maximum_percent']);
  const minimumHealthyPercent = amount(values['deployment_minimum_healthy_percent']);
  const strategy = word(blocks(values['deployment_configuration'])[0]?.['strategy']);
  const deployment = [maximumPercent, minimumHealthyPercent, strategy].some((one) => one !== undefined);
  const seconds = amount(values['health_check_grace_period_seconds']) ?? 0;
  return {
    ...networkOf(values),
    ...(deployment && { deploymentConfiguration: { maximumPercent, minimumHealthyPercent, strategy } }),
    ...(seconds > 0 && { healthCheckGracePeriodSeconds: seconds }),
  };
}

/** A snapshot has no clusters: what runs on Fargate needs nothing of its cluster, so that is taken to exist. */
function withCluster(input: Input, caller: Caller): Input {
  const { cluster, launchType, capacityProviderStrategy: strategy } = input;
  const providers = blocks(strategy).flatMap((one) => word(one['capacityProvider']) ?? []);
  const isOfFargate =
    launchType === 'FARGATE' || (providers.length > 0 && providers.every((one) => one.startsWith('FARGATE')));
  const clusterName = (word(cluster) ?? 'default').replace(/^.*\//, '');
  if (isOfFargate && caller.call('ecs.DescribeClusters', { clusters: [clusterName] }).clusters.length === 0)
    caller.call('ecs.CreateCluster', { clusterName, capacityProviders: providers });
  return input;
}

const ofService = ({ cluster, name }: ActValues): Input => ({ cluster, service: name });

/** A service that changes: its tasks take the place of the targets that the snapshot has, which are those of its former tasks. */
async function formerService(before: ActValues, caller: Caller): Promise<void> {
  const groups = blocks(before['load_balancer']).flatMap((block) => word(block['target_group_arn']) ?? []);
  const targetsOf = (TargetGroupArn: string): readonly Answer[] =>
    caller.call('elasticloadbalancingv2.DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions ?? [];
  const found = groups.map((group) => [group, targetsOf(group).map(({ Target }) => Target)] as const);
  const input = withCluster(caller.fill('ecs.CreateService', before, SERVICE_NAMES), caller);
  caller.call('ecs.CreateService', { ...input, ...serviceMembers(before), serviceName: word(before['name']) });
  await caller.wait(FORMER_MS);
  for (const [TargetGroupArn, Targets] of found)
    if (Targets.length > 0) caller.call('elasticloadbalancingv2.DeregisterTargets', { TargetGroupArn, Targets });
}

/** Where tasks run is the cloud's choice, so there is one in each subnet. None where none is wanted. */
function spreadOver(values: ActValues, desired: unknown): unknown {
  const [network] = blocks(values['network_configuration']);
  const count = network === undefined ? 0 : several(network['subnets']).length;
  return typeof desired === 'number' && desired > 0 ? Math.max(desired, count) : desired;
}

/** Whether tasks get their image is not judged: where nothing leads out of their network, the report says it. */
function noteImages(values: ActValues, _: unknown, caller: Caller): void {
  const [network] = blocks(values['network_configuration']);
  const subnets = network === undefined ? [] : several(network['subnets']);
  if (subnets.length === 0 || isSet(network?.['assign_public_ip'])) return;

  const tables: readonly Answer[] = caller.call('ec2.DescribeRouteTables', {}).RouteTables ?? [];
  const isOf = (table: Answer, subnet: unknown): boolean =>
    table.Associations?.some((one: Answer) => one.SubnetId === subnet) === true;
  const leadsOut = (subnet: unknown): boolean => {
    const [{ VpcId = undefined } = {}] = caller.call('ec2.DescribeSubnets', { SubnetIds: [subnet] }).Subnets ?? [];
    const main = tables.find(
      (one) => one.VpcId === VpcId && one.Associations?.some((each: Answer) => each.Main === true),
    );
    const table = tables.find((one) => isOf(one, subnet)) ?? main;
    return table?.Routes?.some((one: Answer) => one.DestinationCidrBlock === '0.0.0.0/0') !== false;
  };
  if (!subnets.some(leadsOut))
    caller.note(
      `${caller.address}: its tasks have no public address and no route out of the network. They get their image by VPC endpoints alone, which is not judged`,
    );
}

/** Until tasks run and are healthy. */
const FORMER_MS = 180_000;

const service: Act = {
  operation: 'ecs.CreateService',
  names: SERVICE_NAMES,
  optional: ['platformVersion', 'launchType', 'availabilityZoneRebalancing'],
  gives: ['name', 'cluster'],
  input: (input, values, caller) => ({
    ...withCluster(input, caller),
    ...serviceMembers(values),
    serviceName: nameOf(values, caller),
    desiredCount: input['schedulingStrategy'] === 'DAEMON' ? undefined : spreadOver(values, input['desiredCount']),
    // The first tasks of such a service are started as those of any other: what CodeDeploy does later is in no plan.
    deploymentController: undefined,
  }),
  outputs: ({ service: made }) => ({ id: made.serviceArn, arn: made.serviceArn, name: made.serviceName }),
  after: noteImages,
  readyMs: 120_000,
  update: sendsChanges('ecs.UpdateService', {
    names: { ...SERVICE_NAMES, cluster: '-', forceNewDeployment: '-' },
    of: ofService,
    members: serviceMembers,
    always: ({ force_new_deployment: isForced }) => (isSet(isForced) ? { forceNewDeployment: true } : {}),
  }),
  // The provider scales a service to nothing before it deletes it.
  remove: (before, caller) => {
    caller.call('ecs.UpdateService', { ...ofService(before), desiredCount: 0 });
    caller.call('ecs.DeleteService', { ...ofService(before), force: true });
  },
  goneMs: 600_000,
  owners: ['cluster'],
  feeds: ['load_balancer', 'service_registries'],
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/service.go (retryServiceCreate)
  repeated: /does not have an associated load balancer/,
  isConsumer: true,
  former: formerService,
};

const PROVIDER_NAMES = { autoScalingGroupProvider: 'auto_scaling_group_provider' };

/** Clusters, task definitions and services. */
export const ecsActs: Readonly<Record<string, Act>> = {
  aws_ecs_cluster: {
    gives: ['name'],
    create: (values, caller) => {
      const { capacityProviders, defaultCapacityProviderStrategy } = caller.fill('ecs.CreateCluster', values, {
        clusterName: '-',
      });
      const { cluster: made } = caller.call('ecs.CreateCluster', {
        clusterName: nameOf(values, caller, 'cluster-'),
        capacityProviders,
        defaultCapacityProviderStrategy,
      });
      return { id: made.clusterArn, arn: made.clusterArn, name: made.clusterName };
    },
    // What of it changes in place changes nothing that calls notice.
    update: stays,
    remove: (before, caller) => void caller.call('ecs.DeleteCluster', { cluster: before['arn'] }),
    isUnseen: true,
  },
  aws_ecs_cluster_capacity_providers: {
    create: (values, caller) => {
      putProviders(values, caller);
      return { id: word(values['cluster_name']), cluster_name: word(values['cluster_name']) };
    },
    readyMs: 60_000,
    update: onChange(['capacity_providers', 'default_capacity_provider_strategy'], (before, values, caller) =>
      putProviders({ ...before, ...values }, caller),
    ),
    remove: (before, caller) => putProviders({ cluster_name: before['cluster_name'] }, caller),
    isUnseen: true,
  },
  aws_ecs_capacity_provider: {
    operation: 'ecs.CreateCapacityProvider',
    names: PROVIDER_NAMES,
    gives: ['name'],
    input: (input, values, caller) => ({ ...input, name: nameOf(values, caller) }),
    outputs: ({ capacityProvider }) => ({
      id: capacityProvider.capacityProviderArn,
      arn: capacityProvider.capacityProviderArn,
      name: capacityProvider.name,
    }),
    update: sendsChanges('ecs.UpdateCapacityProvider', {
      names: PROVIDER_NAMES,
      of: ({ name }) => ({ name }),
    }),
    remove: (before, caller) => void caller.call('ecs.DeleteCapacityProvider', { capacityProvider: before['name'] }),
    isUnseen: true,
  },
  aws_ecs_task_definition: {
    gives: ['revision', 'family', 'arn_without_revision'],
    create: (values, caller) => {
      const { taskDefinition: made } = caller.call('ecs.RegisterTaskDefinition', taskDefinition(values, caller));
      return {
        id: made.family,
        arn: made.taskDefinitionArn,
        family: made.family,
        revision: made.revision,
        arn_without_revision: String(made.taskDefinitionArn).replace(/:\d+$/, ''),
      };
    },
    update: stays,
    remove: (before, caller) => void caller.call('ecs.DeregisterTaskDefinition', { taskDefinition: before['arn'] }),
    prior: registerFormer,
  },
  aws_ecs_service: service,
};
