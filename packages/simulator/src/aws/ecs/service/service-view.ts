import type { Service } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../../operation/call.js';
import { arnOf, tasksOfService } from '../find.js';
import type { ServiceRow } from '../state.js';
import { tagList } from '../tags.js';
import { deploymentView, pendingCount, runningCount } from './deployments.js';

/** A service as DescribeServices answers it. */
export function serviceView(call: AwsCall, row: ServiceRow, withTags: boolean): Service {
  const [primary] = row.deployments;
  const source = primary?.source ?? row.completed;
  const tasks = tasksOfService(call.state, row);
  return {
    serviceArn: row.arn,
    serviceName: row.name,
    clusterArn: arnOf(call, 'cluster', row.cluster),
    status: row.status,
    desiredCount: row.desiredCount,
    runningCount: runningCount(tasks),
    pendingCount: pendingCount(tasks),
    loadBalancers: [...(source?.loadBalancers ?? [])],
    serviceRegistries: [...(source?.serviceRegistries ?? [])],
    taskDefinition: source?.taskDefinition,
    launchType: source?.launchType,
    capacityProviderStrategy: source?.capacityProviderStrategy.length ? source.capacityProviderStrategy : undefined,
    platformVersion: source?.platformVersion,
    platformFamily: source?.platformVersion === undefined ? undefined : 'Linux',
    networkConfiguration: source?.networkConfiguration,
    deployments: row.deployments.map((one) => deploymentView(call, row, one)),
    events: [...row.events],
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    schedulingStrategy: 'REPLICA',
    placementConstraints: [],
    placementStrategy: [],
    ...row.settings,
    tags: withTags ? tagList(row.tags) : undefined,
  };
}
