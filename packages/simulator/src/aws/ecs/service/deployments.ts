import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../../operation/operation.js';
import { tasksOfService, arnOf } from '../find.js';
import type { DeploymentRow, ServiceRow, TaskRow, TaskSource } from '../state.js';
import { platformVersion } from '../task/task-view.js';
import { note } from './events.js';
import { tagList } from '../tags.js';

/** Starts a deployment: it is the primary one from now on. */
export function deploy(call: AwsCall, row: ServiceRow, source: TaskSource, reason?: string): void {
  const id = `ecs-svc/${call.id('', 19, 'decimal')}`;
  row.deployments = [
    {
      id,
      source,
      createdAt: new Date(call.now),
      updatedAt: new Date(call.now),
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: reason ?? `ECS deployment ${id} in progress.`,
      failedTasks: 0,
      misses: 0,
      startAfter: 0,
    },
    ...row.deployments,
  ];
  row.steady = false;
}

/**
 * Ends a deployment of which too many tasks failed, where the circuit breaker is on, and returns to the last one that was
 * completed, where rollback is on. The threshold is half the desired count, at least 3, at most 200.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function breakDeployment(call: AwsCall, row: ServiceRow, primary: DeploymentRow): boolean {
  const { enable = false, rollback = false } = row.settings.deploymentConfiguration?.deploymentCircuitBreaker ?? {};
  const threshold = Math.min(200, Math.max(3, Math.ceil(row.desiredCount / 2)));
  if (primary.rolloutState !== 'IN_PROGRESS' || primary.failedTasks < threshold) return false;
  if (!enable) {
    if (primary.failedTasks === threshold) note(call, row, IMPAIRED);
    return false;
  }

  primary.rolloutState = 'FAILED';
  primary.rolloutStateReason = 'ECS deployment circuit breaker: tasks failed to start.';
  primary.updatedAt = new Date(call.now);
  note(call, row, `(deployment ${primary.id}) deployment failed: tasks failed to start.`);
  if (!rollback || row.completed === undefined) return true;

  deploy(call, row, row.completed);
  const [back] = row.deployments;
  if (back === undefined) return true;

  back.rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${back.id}.`;
  note(call, row, `rolling back to (deployment ${back.id}).`);
  return true;
}

const IMPAIRED =
  'is unable to consistently start tasks successfully. ' +
  'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** Whether nothing of an older deployment is left. */
export function isOver({ state }: AwsCall, row: ServiceRow, { id }: DeploymentRow): boolean {
  return tasksOfService(state, row).every(({ startedBy, status }) => startedBy !== id || status === 'STOPPED');
}

const PENDING: readonly TaskRow['status'][] = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

const runningCount = (tasks: readonly TaskRow[]): number => tasks.filter(({ status }) => status === 'RUNNING').length;

const pendingCount = (tasks: readonly TaskRow[]): number =>
  tasks.filter(({ status }) => PENDING.includes(status)).length;

function deploymentView({ state }: AwsCall, row: ServiceRow, deployment: DeploymentRow): Deployment {
  const { id, source } = deployment;
  const isPrimary = deployment === row.deployments[0];
  const tasks = tasksOfService(state, row).filter(({ startedBy }) => startedBy === id);
  const wanted = tasks.filter(({ desiredStatus }) => desiredStatus === 'RUNNING').length;
  return {
    id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: source.taskDefinition,
    desiredCount: isPrimary ? row.desiredCount : wanted,
    pendingCount: pendingCount(tasks),
    runningCount: runningCount(tasks),
    failedTasks: deployment.failedTasks,
    createdAt: deployment.createdAt,
    updatedAt: deployment.updatedAt,
    launchType: source.launchType,
    capacityProviderStrategy: source.capacityProviderStrategy.length > 0 ? source.capacityProviderStrategy : undefined,
    platformVersion: platformVersion(source),
    platformFamily: source.platformVersion === undefined ? undefined : 'Linux',
    networkConfiguration: source.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  };
}

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
