import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../../operation/operation.js';
import { tasksOfService } from '../find.js';
import type { DeploymentRow, ServiceRow, TaskRow, TaskSource } from '../state.js';
import { platformVersion } from '../task/task-view.js';
import { note } from './events.js';
import { completedOf, giveCalls, newShift } from './traffic-shift.js';
import { tagList } from '../tags.js';

/** Starts a deployment: it is the primary one from now on. */
export function deploy(call: AwsCall, row: ServiceRow, source: TaskSource): void {
  const id = `ecs-svc/${call.id('', 19, 'decimal')}`;
  const shift = newShift(row);
  if (shift !== undefined) giveCalls(call, source, shift);
  row.deployments = [
    {
      fields: {
        id,
        createdAt: new Date(call.now),
        updatedAt: new Date(call.now),
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment ${id} in progress.`,
        failedTasks: 0,
      },
      source,
      misses: 0,
      startAfter: 0,
      shift,
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
  const { enable = false, rollback = false } = row.fields.deploymentConfiguration?.deploymentCircuitBreaker ?? {};
  const threshold = Math.min(200, Math.max(3, Math.ceil(row.fields.desiredCount / 2)));
  const { id, rolloutState, failedTasks } = primary.fields;
  if (rolloutState !== 'IN_PROGRESS' || failedTasks < threshold) return false;
  if (!enable) {
    if (failedTasks === threshold) note(call, row, IMPAIRED);
    return false;
  }

  endRollout(call, primary, 'FAILED', 'ECS deployment circuit breaker: tasks failed to start.');
  note(call, row, `(deployment ${id}) deployment failed: tasks failed to start.`);
  if (!rollback || row.completed === undefined) return true;

  const former = completedOf(row.deployments);
  if (primary.shift !== undefined && former !== undefined) {
    giveCalls(call, primary.source, primary.shift, 0);
    row.deployments = [former];
    note(call, row, `rolling back to (deployment ${former.fields.id}).`);
    return true;
  }

  deploy(call, row, row.completed);
  const [back] = row.deployments;
  if (back === undefined) return true;

  const rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${back.fields.id}.`;
  back.fields = { ...back.fields, rolloutStateReason };
  note(call, row, `rolling back to (deployment ${back.fields.id}).`);
  return true;
}

/** A deployment comes to its end. */
export function endRollout(
  call: AwsCall,
  row: DeploymentRow,
  rolloutState: 'COMPLETED' | 'FAILED',
  rolloutStateReason: string,
): void {
  row.fields = { ...row.fields, rolloutState, rolloutStateReason, updatedAt: new Date(call.now) };
}

const IMPAIRED =
  'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** Whether nothing of an older deployment is left. */
export function isOver({ state }: AwsCall, row: ServiceRow, deployment: DeploymentRow): boolean {
  return tasksOfService(state, row).every(
    ({ fields }) => fields.startedBy !== deployment.fields.id || fields.lastStatus === 'STOPPED',
  );
}

const PENDING: readonly TaskRow['fields']['lastStatus'][] = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

export const runningCount = (tasks: readonly TaskRow[]): number =>
  tasks.filter(({ fields }) => fields.lastStatus === 'RUNNING').length;

export const pendingCount = (tasks: readonly TaskRow[]): number =>
  tasks.filter(({ fields }) => PENDING.includes(fields.lastStatus)).length;

function deploymentView({ state }: AwsCall, row: ServiceRow, { fields, source }: DeploymentRow): Deployment {
  const isPrimary = fields.id === row.deployments[0]?.fields.id;
  const tasks = tasksOfService(state, row).filter((task) => task.fields.startedBy === fields.id);
  const wanted = tasks.filter((task) => task.fields.desiredStatus === 'RUNNING').length;
  return {
    ...fields,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    desiredCount: isPrimary ? row.fields.desiredCount : wanted,
    pendingCount: pendingCount(tasks),
    runningCount: runningCount(tasks),
    ...shownSource(source),
    platformVersion: platformVersion(source),
  };
}

/** What a deployment and its service show of the source of their tasks. */
function shownSource(source: TaskSource | undefined) {
  return {
    taskDefinition: source?.taskDefinition,
    launchType: source?.launchType,
    capacityProviderStrategy: source?.capacityProviderStrategy.length ? source.capacityProviderStrategy : undefined,
    platformVersion: source?.platformVersion,
    platformFamily: source?.platformVersion === undefined ? undefined : 'Linux',
    networkConfiguration: source?.networkConfiguration,
  };
}

/** A service as DescribeServices answers it. */
export function serviceView(call: AwsCall, row: ServiceRow, withTags: boolean): Service {
  const [primary] = row.deployments;
  const source = primary?.source ?? row.completed;
  const tasks = tasksOfService(call.state, row);
  return {
    ...row.fields,
    runningCount: runningCount(tasks),
    pendingCount: pendingCount(tasks),
    loadBalancers: [...(source?.loadBalancers ?? [])],
    serviceRegistries: [...(source?.serviceRegistries ?? [])],
    ...shownSource(source),
    deployments: row.deployments.map((one) => deploymentView(call, row, one)),
    tags: withTags ? tagList(row.tags) : undefined,
  };
}
