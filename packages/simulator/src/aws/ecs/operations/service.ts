import type { CreateServiceRequest, DeploymentConfiguration, Service } from '@aws-sdk/client-ecs';
import { type AwsCall, notSimulated } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import { invalidParameter, refuse, serviceNotActive, family, listed } from '../request.js';
import { arnOf, described, findService, getCluster, getService, nameOf, servicesOf } from '../find.js';
import { deploy, serviceView } from '../service/deployments.js';
import { taskSource } from '../service/task-source.js';
import type { ServiceRow, ServiceSettings } from '../state.js';
import { mergedTags } from '../tags.js';
import { wake } from '../task/task-life.js';
import { limited } from '../../operation/family.js';

const COUNT = { range: [0, Number.MAX_SAFE_INTEGER] } as const;
/** "Valid values are 0 to 1440 minutes (24 hours)." (API_LinearConfiguration) */
const MINUTES = { range: [0, 1440] } as const;
const SETTINGS = {
  desiredCount: COUNT,
  'deploymentConfiguration.maximumPercent': COUNT,
  'deploymentConfiguration.minimumHealthyPercent': COUNT,
  'networkConfiguration.awsvpcConfiguration.assignPublicIp': { values: ['ENABLED', 'DISABLED'] },
  propagateTags: { values: ['NONE', 'SERVICE', 'TASK_DEFINITION'] },
  'deploymentConfiguration.strategy': { values: ['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY'] },
  'deploymentConfiguration.bakeTimeInMinutes': MINUTES,
  'deploymentConfiguration.linearConfiguration.stepPercent': { range: [3, 100] },
  'deploymentConfiguration.linearConfiguration.stepBakeTimeInMinutes': MINUTES,
  'deploymentConfiguration.canaryConfiguration.canaryPercent': { range: [0.1, 100] },
  'deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes': MINUTES,
} as const;

/** Of both requests: what would change how tasks are reached or replaced in ways that are not simulated. */
const NOT_SIMULATED = ['volumeConfigurations', 'vpcLatticeConfigurations', 'gatewayConnectors', 'monitoring'] as const;

/** "services: A list of services to describe. You may specify up to 10 services" (API_DescribeServices) */
const MOST_DESCRIBED = 10;

/** Services: tasks that are kept running, in the target groups and registries that the service names. */
export const serviceOperations = family({
  /** Creates a service. Its tasks start at once. The same client token answers the same service. */
  CreateService: {
    limits: {
      serviceName: { pattern: /^[\w-]{1,255}$/ },
      launchType: { values: ['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'] },
      tags: { length: [0, 50] },
      ...SETTINGS,
    },
    run(call, input) {
      refuse(input, [...NOT_SIMULATED]);
      refuseWays(input);
      if (input.schedulingStrategy === 'DAEMON') throw notSimulated('The scheduling strategy DAEMON');

      const cluster = getCluster(call.state, input.cluster);
      const before = findService(call.state, cluster, input.serviceName);
      if (before !== undefined && before.fields.status !== 'INACTIVE') {
        if (input.clientToken !== undefined && input.clientToken === before.clientToken) {
          return { service: serviceView(call, before, true) };
        }

        throw invalidParameter('Creation of service was not idempotent.');
      }

      const source = taskSource(call, cluster, input);
      const { clusterName, clusterArn } = cluster.fields;
      const key = `${clusterName}/${input.serviceName}`;
      const row: ServiceRow = {
        fields: {
          serviceArn: arnOf(call, 'service', key),
          serviceName: input.serviceName,
          clusterArn,
          status: 'ACTIVE',
          desiredCount: input.desiredCount ?? 0,
          events: [],
          createdAt: new Date(call.now),
          createdBy: call.caller.arn,
          schedulingStrategy: 'REPLICA',
          ...newSettings(call, input),
        },
        cluster: clusterName,
        clientToken: input.clientToken,
        deployments: [],
        completed: undefined,
        steady: false,
        nextLook: undefined,
        watchedUntil: 0,
        tags: mergedTags({}, input.tags),
      };
      call.state.ecs.services.set(key, row);
      deploy(call, row, source);
      wake(call, key);
      return { service: serviceView(call, row, true) };
    },
  },

  /**
   * Changes a service. What tasks are started with, or `forceNewDeployment`, starts a deployment; the desired count does not.
   * @throws {ServiceError} `ServiceNotFoundException`, `ServiceNotActiveException`, `InvalidParameterException`
   */
  UpdateService: limited(SETTINGS, (call, input) => {
    refuse(input, [...NOT_SIMULATED]);
    refuseWays(input);
    const cluster = getCluster(call.state, input.cluster);
    const row = getService(call.state, cluster, input.service);
    if (row.fields.status !== 'ACTIVE') throw serviceNotActive();

    const before = row.deployments[0]?.source;
    const source = taskSource(call, cluster, input, before);
    const { desiredCount = row.fields.desiredCount } = input;
    row.fields = { ...row.fields, desiredCount, ...settingsOf(input, row.fields.deploymentConfiguration) };
    const isNew = JSON.stringify(source) !== JSON.stringify(before);
    if (isNew || input.forceNewDeployment === true) deploy(call, row, source);
    row.steady = false;
    wake(call, `${row.cluster}/${row.fields.serviceName}`);
    return { service: serviceView(call, row, true) };
  }),

  /** Deletes a service: it drains, and is INACTIVE when its last task has stopped. */
  DeleteService(call, input) {
    const cluster = getCluster(call.state, input.cluster);
    const row = getService(call.state, cluster, input.service);
    if (row.fields.status === 'INACTIVE') throw serviceNotActive();
    if (row.fields.desiredCount > 0 && input.force !== true) {
      throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
    }

    row.fields = { ...row.fields, status: 'DRAINING', desiredCount: 0 };
    row.steady = false;
    wake(call, `${row.cluster}/${row.fields.serviceName}`);
    return { service: serviceView(call, row, true) };
  },

  /** Services by name or ARN, deleted ones too: they are INACTIVE. */
  DescribeServices: {
    limits: { 'include[]': { values: ['TAGS'] } },
    run(call, { cluster: clusterName, services, include = [] }) {
      const cluster = getCluster(call.state, clusterName);
      if (services.length === 0) throw invalidParameter('Services cannot be empty.');
      if (services.length > MOST_DESCRIBED) throw invalidParameter('Services can have at most 10 items.'); // [U]

      const { rows, failures } = described(
        services,
        (name) => findService(call.state, cluster, name),
        (name) => arnOf(call, 'service', `${cluster.fields.clusterName}/${nameOf(name)}`),
      );
      return { services: rows.map((row) => serviceView(call, row, include.includes('TAGS'))), failures };
    },
  },

  /** ARNs of the services that are not deleted. A page has 10 unless the caller asks for more. */
  ListServices: {
    limits: { launchType: { values: ['EC2', 'EXTERNAL', 'FARGATE', 'MANAGED_INSTANCES'] } },
    run(call, input, name) {
      const cluster = getCluster(call.state, input.cluster);
      const rows = servicesOf(call.state, cluster.fields.clusterName).filter(
        ({ deployments: [primary] }) =>
          (input.launchType === undefined || primary?.source.launchType === input.launchType) &&
          input.schedulingStrategy !== 'DAEMON',
      );
      const arns = rows.map(({ fields }) => fields.serviceArn);
      return listed('serviceArns', name, arns, input, 10);
    },
  },
});

/** @throws {ServiceError} `NotImplemented` */
function refuseWays({
  deploymentController: controller,
  deploymentConfiguration,
  serviceConnectConfiguration: connect,
}: Pick<
  Given<CreateServiceRequest>,
  'deploymentController' | 'deploymentConfiguration' | 'serviceConnectConfiguration'
>): void {
  if (controller !== undefined && controller.type !== 'ECS')
    throw notSimulated(`The deployment controller ${controller.type}`);

  const {
    alarms,
    lifecycleHooks = [],
    strategy,
    linearConfiguration,
    canaryConfiguration,
  } = deploymentConfiguration ?? {};
  for (const [only, given] of Object.entries({ LINEAR: linearConfiguration, CANARY: canaryConfiguration }))
    if (given !== undefined && strategy !== undefined && strategy !== only)
      throw invalidParameter(`${only.toLowerCase()}Configuration is only valid when the strategy is ${only}.`); // [U]

  if (alarms?.enable === true) throw notSimulated('Deployment alarms');
  if (lifecycleHooks.length > 0) throw notSimulated('A lifecycle hook of deployments');
  if (connect?.enabled === true) throw notSimulated('Service Connect');
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (defaults) */
function newSettings(call: AwsCall, input: Given<CreateServiceRequest>): ServiceSettings & Pick<Service, 'roleArn'> {
  const role = `arn:${call.partition}:iam::${call.account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;
  const hasBalancer = (input.loadBalancers ?? []).length > 0;
  return {
    enableECSManagedTags: false,
    enableExecuteCommand: false,
    propagateTags: 'NONE',
    availabilityZoneRebalancing: 'ENABLED',
    healthCheckGracePeriodSeconds: hasBalancer ? 0 : undefined,
    deploymentController: { type: 'ECS' },
    placementConstraints: [],
    placementStrategy: [],
    ...settingsOf(input, {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      strategy: 'ROLLING',
      bakeTimeInMinutes: 0,
    }),
    roleArn: hasBalancer ? role : undefined,
  };
}

const NAMES = [
  'availabilityZoneRebalancing',
  'deploymentController',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'healthCheckGracePeriodSeconds',
  'placementConstraints',
  'placementStrategy',
  'propagateTags',
] as const;

/** The settings that a request names. */
function settingsOf(input: ServiceSettings, before: DeploymentConfiguration | undefined): ServiceSettings {
  const named = NAMES.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
  const deploymentConfiguration = { ...before, ...input.deploymentConfiguration };
  return { ...Object.fromEntries(named), deploymentConfiguration };
}
