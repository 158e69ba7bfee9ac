import type { AwsCall } from '../../operation/operation.js';
import { containerInstances, runsOnFargate, scaleOut } from '../container-instances.js';
import { serviceOf, tasksOfService } from '../find.js';
import type { DeploymentRow, ServiceRow, TaskRow, TaskSource } from '../state.js';
import { isPassing, taskHealth, type TaskHealth } from '../task/registrations.js';
import { deploymentOf, noteFailure, startTask, stopTask, wake } from '../task/task-life.js';
import { breakDeployment, endRollout, isOver, note, isShifted, sourceOfTasks } from './deployments.js';

/** While the health of a target may change, without an event. Simulated milliseconds [I]. */
const BUSY_MS = 5_000;
/** Between attempts to place tasks on instances. Simulated milliseconds [I]. */
const PLACEMENT_MS = 60_000;
/** Longer than any health check takes to notice a changed backend. */
const WATCH_MS = 3_600_000;

/** The timer by which the scheduler looks at a service. Of several planned looks the last one counts. */
export function lookAgain(call: AwsCall, { service, at }: Readonly<Record<string, string | number>>): void {
  const row = call.state.ecs.services.get(String(service));
  if (row === undefined || row.fields.status === 'INACTIVE' || (at !== undefined && at !== row.nextLook)) return;

  look(call, row);
  row.nextLook = nextLook(call, row);
  if (row.nextLook === undefined) return;

  call.after(row.nextLook - call.now, 'ecs.service', { service: String(service), at: row.nextLook });
}

/** States of tasks wake the scheduler. The health of a target, and the end of a delay, do not. */
function nextLook(call: AwsCall, row: ServiceRow): number | undefined {
  const isChecked = tasksOfService(call.state, row).some(
    (task) =>
      task.fields.desiredStatus === 'RUNNING' &&
      task.fields.lastStatus === 'RUNNING' &&
      taskHealth(call, task).is !== 'healthy',
  );
  if (isChecked || call.now < row.watchedUntil) return call.now + BUSY_MS;

  const [{ startAfter = 0, source, shift } = {}] = row.deployments;
  if (shift !== undefined && shift.dueAt > call.now) return shift.dueAt;

  const wanted = tasksOfService(call.state, row).filter(({ fields }) => fields.desiredStatus === 'RUNNING').length;
  // An instance may come.
  if (source !== undefined && !runsOnFargate(source) && wanted < row.fields.desiredCount)
    return call.now + PLACEMENT_MS;

  return startAfter > call.now ? startAfter : undefined;
}

/** What answers health checks has changed: the scheduler looks at each service until the checks have noticed it. */
export function watchServices(call: AwsCall): void {
  for (const [key, row] of call.state.ecs.services) {
    row.watchedUntil = call.now + WATCH_MS;
    wake(call, key);
  }
}

/** The network has changed: the scheduler looks at each service of whose targets one was cut off by it, or is gone. */
export function watchCutOff(call: AwsCall): void {
  const cutOff = new Set<string>();
  for (const task of call.state.ecs.tasks.values()) {
    const service = serviceOf(task);
    if (service !== undefined && !cutOff.has(service) && isPassing(call, task)) cutOff.add(service);
  }
  for (const [key, row] of call.state.ecs.services) {
    if (row.fields.status !== 'ACTIVE' || !cutOff.has(key)) continue;

    row.watchedUntil = call.now + WATCH_MS;
    wake(call, key);
  }
}

interface Seen {
  readonly task: TaskRow;
  readonly health: TaskHealth;
}

const isHealthy = ({ health }: Seen): boolean => health.is === 'healthy';

/**
 * What the scheduler does: replaces unhealthy tasks, starts those of the primary deployment, and stops older ones as far as
 * enough healthy ones are left.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
function look(call: AwsCall, row: ServiceRow): void {
  const [primary] = row.deployments;
  if (primary === undefined) return;

  replaceUnhealthy(call, row);
  if (breakDeployment(call, row, primary)) return wake(call, `${row.cluster}/${row.fields.serviceName}`);

  const seen = tasksOfService(call.state, row)
    .filter(({ fields }) => fields.desiredStatus === 'RUNNING')
    .map((task): Seen => ({ task, health: taskHealth(call, task) }));
  const own = seen.filter(({ task }) => task.fields.startedBy === primary.fields.id);
  const older = seen.filter(({ task }) => task.fields.startedBy !== primary.fields.id);
  const isReady = own.length === row.fields.desiredCount && own.every(isHealthy);
  const isReplaced = row.fields.status === 'DRAINING' || isShifted(call, primary, isReady);
  const stopped = stopSurplus(call, row, own, isReplaced ? older : []);
  startMissing(call, row, primary, { own: own.length, all: seen.length - stopped });
  settle(call, row, primary, isReady && isReplaced);
}

/** Tasks that do not pass the checks of their target groups are stopped, once the grace period is over. */
function replaceUnhealthy(call: AwsCall, row: ServiceRow): void {
  const graceMs = (row.fields.healthCheckGracePeriodSeconds ?? 0) * 1000;
  for (const task of tasksOfService(call.state, row)) {
    if (task.fields.desiredStatus === 'STOPPED' || call.now - (task.fields.startedAt?.getTime() ?? 0) < graceMs)
      continue;

    const health = taskHealth(call, task);
    if (health.is !== 'failing') continue;

    const { port, groupArn, why } = health;
    note(call, row, `(port ${port}) is unhealthy in (target-group ${groupArn}) due to (reason ${why}).`);
    noteFailure(deploymentOf(call, task));
    row.steady = false;
    stopAll(call, row, [task], `Task failed ELB health checks in (target-group ${groupArn})`);
  }
}

function stopAll(call: AwsCall, row: ServiceRow, tasks: readonly TaskRow[], reason: string): void {
  if (tasks.length === 0) return;

  const draining = tasks.flatMap(({ registrations }) =>
    registrations.flatMap((one) => (one.kind === 'target' ? one.groupArn : [])),
  );
  for (const task of tasks) stopTask(call, task, 'ServiceSchedulerInitiated', reason);
  note(call, row, `has stopped ${tasks.length} running tasks: ${named(tasks)}.`);
  for (const groupArn of new Set(draining)) {
    const { length } = draining.filter((one) => one === groupArn);
    note(call, row, `deregistered ${length} targets in (target-group ${groupArn})`);
  }
  if (draining.length > 0) note(call, row, `has begun draining connections on ${tasks.length} tasks.`);
}

const named = (tasks: readonly TaskRow[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ');

/** Stops what is too much: of the primary deployment, and of older ones. Returns how many. */
function stopSurplus(call: AwsCall, row: ServiceRow, own: readonly Seen[], older: readonly Seen[]): number {
  const id = row.deployments[0]?.fields.id ?? '';
  const { minimumHealthyPercent = 100 } = row.fields.deploymentConfiguration ?? {};
  const least = Math.ceil((row.fields.desiredCount * minimumHealthyPercent) / 100);
  const surplus = own.toSorted((a, b) => Number(isHealthy(b)) - Number(isHealthy(a))).slice(row.fields.desiredCount);
  const spare = Math.max(0, [...own, ...older].filter(isHealthy).length - surplus.filter(isHealthy).length - least);
  const replaced = [...older.filter((one) => !isHealthy(one)), ...older.filter(isHealthy).slice(0, spare)];
  const stopped = [...surplus, ...replaced].map(({ task }) => task);
  stopAll(call, row, stopped, `Scaling activity initiated by (deployment ${id})`);
  return stopped.length;
}

/** Starts tasks of the primary deployment, as many as the maximum allows. */
function startMissing(
  call: AwsCall,
  row: ServiceRow,
  deployment: DeploymentRow,
  { own, all }: { readonly own: number; readonly all: number },
): void {
  const { fields: { id, rolloutState }, startAfter, shift } = deployment; // prettier-ignore
  const { maximumPercent = 200 } = row.fields.deploymentConfiguration ?? {};
  const most = shift === undefined ? Math.floor((row.fields.desiredCount * maximumPercent) / 100) : Infinity;
  const count = Math.min(row.fields.desiredCount - own, most - all);
  if (count <= 0 || rolloutState === 'FAILED' || call.now < startAfter) return;

  const group = `service:${row.fields.serviceName}`;
  const tags = row.fields.propagateTags === 'SERVICE' ? { ...row.tags } : {};
  const source = sourceOfTasks(deployment);
  const started: TaskRow[] = [];
  for (let index = 0; index < count; index += 1) {
    const task = startTask(call, { cluster: row.cluster, group, startedBy: id, source, tags });
    if (task !== undefined) started.push(task);
  }
  row.steady = false;
  if (started.length < count) lacksInstances(call, row, source, count - started.length);
  if (started.length > 0) note(call, row, `has started ${started.length} tasks: ${named(started)}.`);
}

/** Tasks for which no instance has room are noted, and instances are launched where a capacity provider does that. */
function lacksInstances(call: AwsCall, row: ServiceRow, source: TaskSource, tasks: number): void {
  const { cluster } = row;
  const [closest] = containerInstances(call, cluster);
  const why =
    closest === undefined
      ? 'Reason: No Container Instances were found in your cluster.'
      : `The closest matching (container-instance ${closest}) is already using a port required by your task.`;
  note(
    call,
    row,
    `was unable to place a task because no container instance met all of its requirements. ${why} For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
  );
  for (const { capacityProvider = '' } of source.capacityProviderStrategy)
    scaleOut(call, cluster, capacityProvider, tasks);
}

/** Notes what has come to its end: older deployments, the primary one, the service itself. */
function settle(call: AwsCall, row: ServiceRow, primary: DeploymentRow, isReady: boolean): void {
  row.deployments = row.deployments.filter((one) => one === primary || !isOver(call, row, one));
  if (row.fields.status === 'DRAINING') {
    if (tasksOfService(call.state, row).every(({ fields }) => fields.lastStatus === 'STOPPED')) {
      row.fields = { ...row.fields, status: 'INACTIVE' };
      row.deployments = [];
    }
    return;
  }

  if (!isReady || row.deployments.length > 1) return;

  if (primary.fields.rolloutState === 'IN_PROGRESS') {
    endRollout(call, primary, 'COMPLETED', `ECS deployment ${primary.fields.id} completed.`);
    row.completed = primary.source;
    note(call, row, `(deployment ${primary.fields.id}) deployment completed.`);
  }
  if (!row.steady) note(call, row, 'has reached a steady state.');
  row.steady = true;
}
