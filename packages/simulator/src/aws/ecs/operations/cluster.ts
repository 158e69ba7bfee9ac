import type { CapacityProviderStrategyItem, Cluster, ClusterField } from '@aws-sdk/client-ecs';
import { defined } from '../../../simulation/defined.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { containerInstances, FARGATE_PROVIDERS } from '../container-instances.js';
import { invalidParameter, family, listed } from '../request.js';
import { arnOf, described, findCluster, getCluster, nameOf, servicesOf, tasksOf } from '../find.js';
import { pendingCount, runningCount } from '../service/deployments.js';
import type { ClusterRow } from '../state.js';
import { mergedTags, tagList } from '../tags.js';
import { limited } from '../../operation/family.js';

const SETTINGS = { 'settings[].name': { values: ['containerInsights'] } };

/** Clusters and their capacity providers. */
export const clusterOperations = family({
  /** Creates a cluster, at once. An active one of that name is answered as it is. */
  CreateCluster: {
    limits: { clusterName: { pattern: /^[\w-]{1,255}$/ }, tags: { length: [0, 50] }, ...SETTINGS },
    run(call, input) {
      const { clusterName: name = 'default', capacityProviders = [], defaultCapacityProviderStrategy = [] } = input;
      const before = call.state.ecs.clusters.get(name);
      if (before?.fields.status === 'ACTIVE') return { cluster: clusterView(call, before, ALL) };

      checkProviders(call, capacityProviders, defaultCapacityProviderStrategy);
      const row: ClusterRow = {
        fields: {
          clusterArn: arnOf(call, 'cluster', name),
          clusterName: name,
          status: 'ACTIVE',
          capacityProviders,
          defaultCapacityProviderStrategy,
          configuration: input.configuration,
          settings: input.settings ?? [{ name: 'containerInsights', value: 'disabled' }],
          serviceConnectDefaults: input.serviceConnectDefaults,
        },
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
  ListClusters(call, input, name) {
    const rows = [...call.state.ecs.clusters.values()].filter(({ fields }) => fields.status === 'ACTIVE');
    const arns = rows.map(({ fields }) => fields.clusterArn);
    return listed('clusterArns', name, arns, input);
  },

  UpdateCluster: limited(SETTINGS, (call, input) => {
    const row = getCluster(call.state, input.cluster);
    const { cluster: _, ...changes } = input;
    row.fields = { ...row.fields, ...defined(changes) };
    return { cluster: clusterView(call, row, ALL) };
  }),

  /** Replaces the capacity providers of a cluster, and its default strategy. */
  PutClusterCapacityProviders(call, input) {
    const row = getCluster(call.state, input.cluster);
    checkProviders(call, input.capacityProviders, input.defaultCapacityProviderStrategy);
    const used = servicesOf(call.state, row.fields.clusterName).flatMap(({ deployments }) =>
      deployments.flatMap(({ source }) => source.capacityProviderStrategy.map((one) => one.capacityProvider ?? '')),
    );
    const removed = row.fields.capacityProviders.find(
      (one) => !input.capacityProviders.includes(one) && used.includes(one),
    );
    if (removed !== undefined) {
      throw new ServiceError(
        'ResourceInUseException',
        'The specified capacity provider is in use and cannot be removed.',
      );
    }

    const { capacityProviders, defaultCapacityProviderStrategy } = input;
    row.fields = { ...row.fields, capacityProviders, defaultCapacityProviderStrategy };
    return { cluster: clusterView(call, row, ALL) };
  },

  /**
   * Deletes a cluster without services and tasks. It is described as INACTIVE afterwards.
   * @throws {ServiceError} `ClusterContainsServicesException`, `ClusterContainsTasksException`
   */
  DeleteCluster(call, input) {
    const row = getCluster(call.state, input.cluster);
    if (servicesOf(call.state, row.fields.clusterName).length > 0) {
      throw new ServiceError(
        'ClusterContainsServicesException',
        'The Cluster cannot be deleted while Services are active.',
      );
    }
    if (tasksOf(call.state, row.fields.clusterName).some(({ fields }) => fields.lastStatus !== 'STOPPED')) {
      throw new ServiceError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
    }

    row.fields = { ...row.fields, status: 'INACTIVE' };
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

function clusterView(call: AwsCall, { fields, tags }: ClusterRow, include: readonly ClusterField[]): Cluster {
  const { clusterName: name, settings, configuration } = fields;
  const tasks = tasksOf(call.state, name);
  const running = runningCount(tasks);
  const pending = pendingCount(tasks);
  const active = servicesOf(call.state, name).filter((service) => service.fields.status === 'ACTIVE').length;
  const count = (name: string, value: number) => ({ name, value: String(value) });
  return {
    ...fields,
    registeredContainerInstancesCount: containerInstances(call, name).length,
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
    settings: include.includes('SETTINGS') ? settings : [],
    configuration: include.includes('CONFIGURATIONS') ? configuration : undefined,
    tags: include.includes('TAGS') ? tagList(tags) : [],
  };
}
