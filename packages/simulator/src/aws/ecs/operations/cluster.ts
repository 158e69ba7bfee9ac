import type { CapacityProviderStrategyItem, Cluster, ClusterField } from '@aws-sdk/client-ecs';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { containerInstances, FARGATE_PROVIDERS } from '../container-instances.js';
import { invalidParameter, family, listed } from '../request.js';
import { arnOf, described, findCluster, getCluster, nameOf, servicesOf, tasksOf } from '../find.js';
import type { ClusterRow } from '../state.js';
import { mergedTags, tagList } from '../tags.js';

const SETTINGS = { 'settings[].name': { values: ['containerInsights'] } };

/** Clusters and their capacity providers. */
export const clusterOperations = family({
  /** Creates a cluster, at once. An active one of that name is answered as it is. */
  CreateCluster: {
    limits: { clusterName: { pattern: /^[\w-]{1,255}$/ }, tags: { length: [0, 50] }, ...SETTINGS },
    run(call, input) {
      const { clusterName: name = 'default', capacityProviders = [], defaultCapacityProviderStrategy = [] } = input;
      const before = call.state.ecs.clusters.get(name);
      if (before?.status === 'ACTIVE') return { cluster: clusterView(call, before, ALL) };

      checkProviders(call, capacityProviders, defaultCapacityProviderStrategy);
      const row: ClusterRow = {
        name,
        arn: arnOf(call, 'cluster', name),
        status: 'ACTIVE',
        capacityProviders,
        defaultStrategy: defaultCapacityProviderStrategy,
        configuration: input.configuration,
        settings: input.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
        serviceConnectDefaults: input.serviceConnectDefaults,
        tags: mergedTags({}, input.tags),
      };
      call.state.ecs.clusters.set(name, row);
      return { cluster: clusterView(call, row, ALL) };
    },
  },

  /** Clusters by name or ARN, deleted ones too. */
  DescribeClusters: {
    limits: { 'include[]': { values: ['ATTACHMENTS', 'CONFIGURATIONS', 'SETTINGS', 'STATISTICS', 'TAGS'] } },
    run(call, { clusters = ['default'], include = [] }) {
      const { rows, failures } = described(
        clusters,
        (name) => findCluster(call.state, name),
        (name) => arnOf(call, 'cluster', name),
      );
      return { clusters: rows.map((row) => clusterView(call, row, include)), failures };
    },
  },

  /** ARNs of the active clusters. */
  ListClusters(call, input) {
    const rows = [...call.state.ecs.clusters.values()].filter(({ status }) => status === 'ACTIVE');
    const { items, next } = listed(
      'ListClusters',
      rows.map(({ arn }) => arn),
      input,
    );
    return { clusterArns: items, nextToken: next };
  },

  UpdateCluster: {
    limits: SETTINGS,
    run(call, input) {
      const row = getCluster(call.state, input.cluster);
      row.settings = input.settings ?? row.settings;
      row.configuration = input.configuration ?? row.configuration;
      row.serviceConnectDefaults = input.serviceConnectDefaults ?? row.serviceConnectDefaults;
      return { cluster: clusterView(call, row, ALL) };
    },
  },

  /** Replaces the capacity providers of a cluster, and its default strategy. */
  PutClusterCapacityProviders(call, input) {
    const row = getCluster(call.state, input.cluster);
    checkProviders(call, input.capacityProviders, input.defaultCapacityProviderStrategy);
    const used = servicesOf(call.state, row.name).flatMap(({ deployments }) =>
      deployments.flatMap(({ source }) => source.capacityProviderStrategy.map((one) => one.capacityProvider ?? '')),
    );
    const removed = row.capacityProviders.find((one) => !input.capacityProviders.includes(one) && used.includes(one));
    if (removed !== undefined) {
      throw new ServiceError(
        'ResourceInUseException',
        'The specified capacity provider is in use and cannot be removed.',
      );
    }

    row.capacityProviders = input.capacityProviders;
    row.defaultStrategy = input.defaultCapacityProviderStrategy;
    return { cluster: clusterView(call, row, ALL) };
  },

  /**
   * Deletes a cluster without services and tasks. It is described as INACTIVE afterwards.
   * @throws {ServiceError} `ClusterContainsServicesException`, `ClusterContainsTasksException`
   */
  DeleteCluster(call, input) {
    const row = getCluster(call.state, input.cluster);
    if (servicesOf(call.state, row.name).length > 0) {
      throw new ServiceError(
        'ClusterContainsServicesException',
        'The Cluster cannot be deleted while Services are active.',
      );
    }
    if (tasksOf(call.state, row.name).some(({ status }) => status !== 'STOPPED')) {
      throw new ServiceError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
    }

    row.status = 'INACTIVE';
    return { cluster: clusterView(call, row, ALL) };
  },
});

/** @throws {ServiceError} `InvalidParameterException` */
function checkProviders(
  { state }: AwsCall,
  providers: readonly string[],
  strategy: readonly CapacityProviderStrategyItem[],
): void {
  const unknown = providers.find(
    (name) => !FARGATE_PROVIDERS.includes(nameOf(name)) && !state.ecs.capacityProviders.has(nameOf(name)),
  );
  if (unknown !== undefined) {
    throw invalidParameter(
      `The specified capacity provider '${unknown}' was not found. Specify a valid name or ARN and try again.`,
    );
  }

  const absent = strategy.find(({ capacityProvider = '' }) => !providers.includes(capacityProvider));
  if (absent !== undefined) {
    throw invalidParameter(
      'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
    );
  }
}

const ALL: readonly ClusterField[] = ['CONFIGURATIONS', 'SETTINGS', 'TAGS'];

function clusterView(call: AwsCall, row: ClusterRow, include: readonly ClusterField[]): Cluster {
  const tasks = tasksOf(call.state, row.name);
  const running = tasks.filter(({ status }) => status === 'RUNNING').length;
  const pending = tasks.filter(({ status }) => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(status)).length;
  const active = servicesOf(call.state, row.name).filter(({ status }) => status === 'ACTIVE').length;
  const count = (name: string, value: number) => ({ name, value: String(value) });
  return {
    clusterArn: row.arn,
    clusterName: row.name,
    status: row.status,
    registeredContainerInstancesCount: containerInstances(call, row.name).length,
    runningTasksCount: running,
    pendingTasksCount: pending,
    activeServicesCount: active,
    statistics: include.includes('STATISTICS')
      ? [
          count('runningFargateTasksCount', running),
          count('pendingFargateTasksCount', pending),
          count('activeFargateServiceCount', active),
        ]
      : [],
    settings: include.includes('SETTINGS') ? (row.settings ?? []) : [],
    configuration: include.includes('CONFIGURATIONS') ? row.configuration : undefined,
    serviceConnectDefaults: row.serviceConnectDefaults,
    capacityProviders: [...row.capacityProviders],
    defaultCapacityProviderStrategy: [...row.defaultStrategy],
    tags: include.includes('TAGS') ? tagList(row.tags) : [],
  };
}
