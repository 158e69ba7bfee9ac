import type {
  CapacityProviderStrategyItem,
  LaunchType,
  LoadBalancer as WireLoadBalancer,
  NetworkConfiguration as WireNetwork,
  ServiceRegistry as WireRegistry,
} from '@aws-sdk/client-ecs';
import { type AwsCall, notSimulated } from '../../operation/operation.js';
import { findSecurityGroup, findSubnet } from '../../ec2/vpc/network.js';
import { runsOnFargate } from '../container-instances.js';
import { clientError, invalidParameter } from '../request.js';
import { getTaskDefinition, nameOf } from '../find.js';
import type { ClusterRow, LoadBalancer, ServiceRegistry, TaskDefinitionRow, TaskSource } from '../state.js';
import type { Given } from '../../state/given.js';
import type { TargetGroupRow } from '../../load-balancing/state.js';
import { listenerAt } from '../../load-balancing/find.js';

/** What a request says of the tasks that are to start. */
interface Asked {
  readonly taskDefinition?: string | undefined;
  readonly launchType?: LaunchType | undefined;
  readonly capacityProviderStrategy?: Given<CapacityProviderStrategyItem>[] | undefined;
  readonly platformVersion?: string | undefined;
  readonly networkConfiguration?: Given<WireNetwork> | undefined;
  readonly loadBalancers?: Given<WireLoadBalancer>[] | undefined;
  readonly serviceRegistries?: Given<WireRegistry>[] | undefined;
}

/**
 * Checks what tasks are to be started with, and completes it from what was before.
 * @throws {ServiceError} `InvalidParameterException`, `ClientException`, `PlatformUnknownException`
 */
export function taskSource(call: AwsCall, cluster: ClusterRow, asked: Asked, before?: TaskSource): TaskSource {
  if (asked.taskDefinition === undefined && before === undefined) throw clientError('TaskDefinition can not be blank.');

  const definition =
    asked.taskDefinition === undefined ? undefined : getTaskDefinition(call.state, asked.taskDefinition);
  const where = placement(cluster, asked, before);
  const isFargate = runsOnFargate(where);
  const source: TaskSource = {
    taskDefinition: definition?.fields.taskDefinitionArn ?? before?.taskDefinition ?? '',
    networkConfiguration: asked.networkConfiguration ?? before?.networkConfiguration,
    loadBalancers: asked.loadBalancers ?? before?.loadBalancers ?? [],
    serviceRegistries: asked.serviceRegistries ?? before?.serviceRegistries ?? [],
    launchType: where.launchType,
    capacityProviderStrategy: where.capacityProviderStrategy,
    platformVersion: isFargate ? (asked.platformVersion ?? before?.platformVersion ?? 'LATEST') : undefined,
  };
  const row = call.state.ecs.taskDefinitions.get(nameOf(source.taskDefinition));
  if (row === undefined) throw clientError('TaskDefinition not found.');

  checkNetwork(call, row, source, isFargate);
  for (const one of source.loadBalancers) checkLoadBalancer(call, row, one);
  for (const one of source.serviceRegistries) checkRegistry(call, row, one);
  return source;
}

/** EC2 is the launch type of a request that names none, unless the cluster has a default strategy. */
function placement(
  cluster: ClusterRow,
  { launchType, capacityProviderStrategy }: Asked,
  before: TaskSource | undefined,
): Pick<TaskSource, 'launchType' | 'capacityProviderStrategy'> {
  if (launchType === undefined && capacityProviderStrategy === undefined && before !== undefined) return before;
  if (launchType !== undefined && capacityProviderStrategy !== undefined && capacityProviderStrategy.length > 0) {
    throw invalidParameter(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  if (launchType === 'EXTERNAL' || launchType === 'MANAGED_INSTANCES')
    throw notSimulated(`The launch type ${launchType}`);

  const strategy =
    capacityProviderStrategy ?? (launchType === undefined ? cluster.fields.defaultCapacityProviderStrategy : []);
  const foreign = strategy.find(
    ({ capacityProvider = '' }) => !cluster.fields.capacityProviders.includes(capacityProvider),
  );
  if (foreign !== undefined) {
    throw invalidParameter(
      'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
    );
  }
  if (strategy.length > 0) return { launchType: undefined, capacityProviderStrategy: strategy };

  return { launchType: launchType ?? 'EC2', capacityProviderStrategy: [] };
}

function checkNetwork(call: AwsCall, row: TaskDefinitionRow, source: TaskSource, isFargate: boolean): void {
  if (isFargate && row.fields.compatibilities?.includes('FARGATE') !== true) {
    throw invalidParameter('Task definition does not support launch_type FARGATE.');
  }

  const { awsvpcConfiguration: network } = source.networkConfiguration ?? {};
  if (row.fields.networkMode !== 'awsvpc') {
    if (network === undefined) return;

    throw invalidParameter('Network Configuration is not valid for the given networkMode of this task definition.');
  }
  if (network === undefined) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }

  const { subnets, securityGroups = [], assignPublicIp } = network;
  if (subnets.length === 0) throw invalidParameter('subnets can not be empty.');
  if (subnets.length > 16) throw invalidParameter('subnets can have at most 16 items.'); // [U]
  if (securityGroups.length > 5) throw invalidParameter('securityGroups can have at most 5 items.'); // [U]
  if (assignPublicIp === 'ENABLED' && !isFargate) {
    throw invalidParameter('Assign public IP is not supported for this launch type.');
  }

  const vpcs = new Set(subnets.map((id) => vpcOfSubnet(call, id)));
  if (vpcs.size > 1) throw invalidParameter('All subnets must belong to the same VPC.'); // [U]

  for (const id of securityGroups) {
    const group = findSecurityGroup(call.state, id);
    if (group === undefined) {
      throw invalidParameter(
        `Error retrieving security group information for [${id}]: The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
      );
    }
    if (!vpcs.has(group.vpcId)) {
      throw invalidParameter('Security groups and subnets must belong to the same VPC.'); // [U]
    }
  }
}

/** @see https://github.com/aws/copilot-cli/issues/1639 (the form of the sentence) */
function vpcOfSubnet({ state }: AwsCall, id: string): string {
  const subnet = findSubnet(state, id);
  if (subnet !== undefined) return subnet.vpcId;

  throw invalidParameter(
    `Error retrieving subnet information for [${id}]: The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
  );
}

/** @see https://github.com/hashicorp/terraform/issues/32908 (no load balancer) */
function checkLoadBalancer(call: AwsCall, row: TaskDefinitionRow, given: LoadBalancer): void {
  const { targetGroupArn = '', containerName = '', containerPort = 0 } = given;
  if (given.loadBalancerName !== undefined) throw notSimulated('A Classic Load Balancer');

  const group = targetGroup(call, row, targetGroupArn);
  checkContainer(row, containerName, containerPort);
  if (group.attachedAt === undefined) {
    throw invalidParameter(
      `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
    );
  }

  const {
    alternateTargetGroupArn: alternate,
    productionListenerRule,
    testListenerRule,
  } = given.advancedConfiguration ?? {};
  if (alternate !== undefined) targetGroup(call, row, alternate);
  for (const arn of [productionListenerRule, testListenerRule])
    if (arn !== undefined && !call.state.loadBalancing.rules.has(arn) && !listenerAt(call.state, arn))
      throw invalidParameter(`The listener rule ${arn} does not exist.`); // [U]
}

function targetGroup({ state }: AwsCall, { fields }: TaskDefinitionRow, arn: string): TargetGroupRow {
  const group = state.loadBalancing.targetGroups.get(arn);
  if (group === undefined) throw invalidParameter(`The target group ${arn} does not exist.`); // [U]

  if (fields.networkMode === 'awsvpc' && group.fields.TargetType !== 'ip') {
    throw invalidParameter(
      `The provided target group ${arn} has target type ${group.fields.TargetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  }

  return group;
}

function checkContainer({ fields }: TaskDefinitionRow, name: string, port: number | undefined): void {
  const container = fields.containerDefinitions.find((one) => one.name === name);
  if (container === undefined) throw invalidParameter(`The container ${name} does not exist in the task definition.`);
  if (container.portMappings?.some(({ containerPort }) => containerPort === port) !== true) {
    throw invalidParameter(`The container ${name} did not have a container port ${port} defined.`);
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html */
function checkRegistry({ state }: AwsCall, row: TaskDefinitionRow, given: ServiceRegistry): void {
  const { registryArn = '', containerName, containerPort, port } = given;
  const service = state.cloudMap.services.get(nameOf(registryArn));
  if (service?.fields.Arn !== registryArn)
    throw invalidParameter(`The service registry ${registryArn} does not exist.`); // [U]

  if (containerName !== undefined) checkContainer(row, containerName, containerPort);
  const hasSrv = service.fields.DnsConfig?.DnsRecords.some(({ Type }) => Type === 'SRV');
  if (hasSrv && containerPort === undefined && port === undefined) {
    throw invalidParameter("A 'port', or 'containerName' and 'containerPort', must be specified for SRV records."); // [U]
  }
}
