import type { Deployment, Service, DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../../operation/operation.js';
import { tasksOfService, uuid } from '../find.js';
import type { DeploymentRow, ServiceRow, TaskRow, TaskSource, ShiftRow } from '../state.js';
import { platformVersion } from '../task/task-view.js';
import { tagList } from '../tags.js';
import { listenerAt, noteAttachments } from '../../load-balancing/find.js';
import type { Action } from '../../load-balancing/state.js';

/** "The event stream for your service. A maximum of 100 of the latest events are displayed." (API_Service) */
const MOST_EVENTS = 100;

/**
 * Adds an event of a service, unless it is the latest one already.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function note(call: AwsCall, row: ServiceRow, text: string): void {
  const message = `(service ${row.fields.serviceName}) ${text}`;
  const { events: before } = row.fields;
  if (before[0]?.message === message) return;

  const events = [{ id: uuid(call), createdAt: new Date(call.now), message }, ...before].slice(0, MOST_EVENTS);
  row.fields = { ...row.fields, events };
}

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

/*
 * Deployments that run beside the former one, and take its calls over by the weights of a listener rule. When the new tasks are healthy,
 * the test rule sends all calls to them, then the production rule a growing share. After the bake time the former tasks are stopped.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 *
 * ECS does not look at the weights that the rule has: https://github.com/aws/containers-roadmap/issues/2853
 */

type Step = ShiftRow['steps'][number];

/**
 * The steps of a new deployment of a service. It uses the group that the completed one does not use; the first one uses the primary group,
 * and has nothing to return to [I].
 */
function newShift({ fields, deployments }: ServiceRow): ShiftRow | undefined {
  const settings = fields.deploymentConfiguration ?? {};
  if (settings.strategy === undefined || settings.strategy === 'ROLLING') return undefined;

  const former = completedOf(deployments);
  const side = former === undefined || former.shift?.side === 'alternate' ? 'primary' : 'alternate';
  return { side, steps: former === undefined ? [{ percent: 100, minutes: 0 }] : stepsOf(settings), dueAt: 0 };
}

/** The deployment that serves while another one is in progress. */
function completedOf(deployments: readonly DeploymentRow[]): DeploymentRow | undefined {
  return deployments.find(({ fields }) => fields.rolloutState === 'COMPLETED');
}

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html ("This bake time is not applied after reaching
 *   100 percent traffic")
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
 */
function stepsOf(settings: DeploymentConfiguration): readonly Step[] {
  const { strategy, bakeTimeInMinutes = 0, canaryConfiguration = {}, linearConfiguration = {} } = settings;
  const { canaryPercent = 5, canaryBakeTimeInMinutes = 10 } = canaryConfiguration;
  const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = linearConfiguration;
  const last = { percent: 100, minutes: bakeTimeInMinutes };
  if (strategy === 'CANARY') return [{ percent: canaryPercent, minutes: canaryBakeTimeInMinutes }, last];
  if (strategy !== 'LINEAR') return [last];

  const count = Math.ceil(100 / stepPercent) - 1;
  const rising = Array.from({ length: count }, (_, at) => (at + 1) * stepPercent);
  return [...rising.map((percent) => ({ percent, minutes: stepBakeTimeInMinutes })), last];
}

/** What a deployment starts its tasks with: they register in the group of its side. */
export function sourceOfTasks({ source, shift }: DeploymentRow): TaskSource {
  if (shift?.side !== 'alternate') return source;

  const loadBalancers = source.loadBalancers.map((one) => ({
    ...one,
    targetGroupArn: one.advancedConfiguration?.alternateTargetGroupArn ?? one.targetGroupArn,
  }));
  return { ...source, loadBalancers };
}

/** Takes the steps that are due. Returns whether the former tasks are not needed any more. */
export function isShifted(call: AwsCall, { shift, source }: DeploymentRow, isReady: boolean): boolean {
  if (shift === undefined) return true;
  if (shift.dueAt === 0 && !isReady) return false;

  while (call.now >= shift.dueAt) {
    const [step, ...left] = shift.steps;
    if (step === undefined) return true;

    giveCalls(call, source, shift, step.percent);
    shift.steps = left;
    shift.dueAt = call.now + step.minutes * 60_000;
  }
  return false;
}

/** Gives a deployment its share of the calls; undefined: both groups join the rule, so that the load balancer checks new targets [I]. */
function giveCalls(call: AwsCall, { loadBalancers }: TaskSource, { side }: ShiftRow, percent?: number): void {
  for (const { targetGroupArn: primary = '', advancedConfiguration } of loadBalancers) {
    const {
      alternateTargetGroupArn: alternate,
      productionListenerRule,
      testListenerRule,
    } = advancedConfiguration ?? {};
    if (alternate === undefined) continue;

    const groups = side === 'primary' ? [primary, alternate] : [alternate, primary];
    weigh(call, productionListenerRule, groups, percent);
    if (percent !== undefined && percent > 0) weigh(call, testListenerRule, groups, 100);
  }
  noteAttachments(call);
}

/** Writes the weights of a rule, of a default rule by its ARN, or of the listener of a network load balancer by its own. */
function weigh({ state }: AwsCall, arn = '', groups: readonly string[], percent: number | undefined): void {
  // Weights are whole numbers up to 999, and shares have steps of 0.1 %.
  const scale = Number.isInteger(percent) ? 1 : 9.99;
  const weights = percent === undefined ? [] : [percent * scale, (100 - percent) * scale].map(Math.round);
  const weighed = ({ TargetGroupArn, ...action }: Action): Action => {
    if (action.Type !== 'forward') return action;

    const before = action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
    const added = groups.filter((group) => !before.some((one) => one.TargetGroupArn === group));
    const TargetGroups =
      percent === undefined
        ? [...before, ...added.map((group) => ({ TargetGroupArn: group, Weight: 0 }))]
        : groups.map((group, at) => ({ TargetGroupArn: group, Weight: weights[at] }));
    return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroups } };
  };
  const rule = state.loadBalancing.rules.get(arn);
  const listener = listenerAt(state, arn);
  if (rule) rule.fields = { ...rule.fields, Actions: rule.fields.Actions.map(weighed) };
  if (listener) listener.fields = { ...listener.fields, DefaultActions: listener.fields.DefaultActions.map(weighed) };
}
