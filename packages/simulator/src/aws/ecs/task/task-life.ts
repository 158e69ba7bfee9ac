import type { TaskStopCode } from '@aws-sdk/client-ecs';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import { createInterface, deleteInterface, newAttachment } from '../../ec2/vpc/network.js';
import { interfaceOf, placeOn, runsOnFargate } from '../container-instances.js';
import { arnOf, serviceOf, uuid } from '../find.js';
import type { DeploymentRow, TaskRow, TaskSource, TaskStatus } from '../state.js';
import { pullProblem } from './image-pull.js';
import { deregisterTask, registerTask } from './registrations.js';

/*
 * Simulated milliseconds in each state. The states and their order are documented, the times are not [I].
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
const PROVISIONING_MS = 10_000;
const PULL_MS = 20_000;
/** How long a pull is tried whose requests get no answer: "unable transition start timeout after wait 3m0s". */
const PULL_TIMEOUT_MS = 180_000;
/** Between tasks that fail to start; the first delay is [I]. */
const FIRST_DELAY_MS = 10_000;
const MOST_DELAY_MS = 27 * 60_000;
const STOPPING_MS = 5_000;
const DEPROVISIONING_MS = 10_000;
/** "Stopped tasks only appear in the returned results for at least one hour" (DescribeTasks). */
const VISIBLE_MS = 3_600_000;

/** Of an account of AWS, which owns the other end of the attachment. */
const FARGATE_ACCOUNT = '786829106431';

interface Wanted {
  readonly cluster: string;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly source: TaskSource;
  readonly tags: Record<string, string>;
}

/**
 * Starts a task: on Fargate, or on the instance with the fewest tasks, in the subnet with the fewest tasks of its group. Undefined: no
 * instance has room for it.
 */
export function startTask(call: AwsCall, wanted: Wanted): TaskRow | undefined {
  const { cluster, group, startedBy, source, tags } = wanted;
  const capacityProvider = providerOf(call, wanted);
  const isFargate = runsOnFargate(source);
  const placed = isFargate ? undefined : placeOn(call, cluster, source, capacityProvider);
  if (!isFargate && placed === undefined) return undefined;

  const id = call.id('', 32);
  const row: TaskRow = {
    fields: {
      taskArn: arnOf(call, 'task', `${cluster}/${id}`),
      clusterArn: arnOf(call, 'cluster', cluster),
      taskDefinitionArn: source.taskDefinition,
      group,
      startedBy,
      launchType: isFargate ? 'FARGATE' : 'EC2',
      capacityProviderName: capacityProvider,
      createdAt: new Date(call.now),
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      version: 1,
    },
    id,
    cluster,
    source,
    ...placed,
    subnetId: subnetOf(call, wanted) ?? interfaceOf(call.state, placed?.instanceId)?.subnetId ?? '',
    attachmentId: uuid(call),
    interfaceId: undefined,
    address: undefined,
    macAddress: undefined,
    registrations: [],
    tags,
  };
  call.state.ecs.tasks.set(id, row);
  call.after(PROVISIONING_MS, 'ecs.task', { id, to: 'PENDING' });
  return row;
}

/** Tasks of the same group that are to run. */
function fellows({ state }: AwsCall, { cluster, group }: Pick<Wanted, 'cluster' | 'group'>): TaskRow[] {
  return [...state.ecs.tasks.values()].filter(
    (row) => row.cluster === cluster && row.fields.group === group && row.fields.desiredStatus === 'RUNNING',
  );
}

function subnetOf(call: AwsCall, wanted: Wanted): string | undefined {
  const { subnets = [] } = wanted.source.networkConfiguration?.awsvpcConfiguration ?? {};
  const others = fellows(call, wanted);
  const load = (subnet: string): number => others.filter(({ subnetId }) => subnetId === subnet).length;
  return subnets.toSorted((a, b) => load(a) - load(b))[0];
}

/** The provider whose share of the tasks is the least, measured by weight; the base of one precedes all shares. */
function providerOf(call: AwsCall, wanted: Wanted): string | undefined {
  const others = fellows(call, wanted);
  const share = ({
    capacityProvider,
    weight = 0,
    base = 0,
  }: TaskSource['capacityProviderStrategy'][number]): number => {
    const count = others.filter((one) => one.fields.capacityProviderName === capacityProvider).length;
    return count < base ? -1 : weight === 0 ? Infinity : (count - base) / weight;
  };
  return wanted.source.capacityProviderStrategy.toSorted((a, b) => share(a) - share(b))[0]?.capacityProvider;
}

/** Stops a task: its targets drain first. One that is stopping is not changed. */
export function stopTask(call: AwsCall, row: TaskRow, stopCode: TaskStopCode, reason: string): void {
  if (row.fields.desiredStatus === 'STOPPED') return;

  row.fields = {
    ...row.fields,
    desiredStatus: 'STOPPED',
    stopCode,
    stoppedReason: reason,
    stoppingAt: new Date(call.now),
  };
  const drainingMs = deregisterTask(call, row);
  if (drainingMs === 0) return enter(call, row, row.interfaceId === undefined ? 'DEPROVISIONING' : 'STOPPING');

  enter(call, row, 'DEACTIVATING');
  call.after(drainingMs, 'ecs.task', { id: row.id, to: 'STOPPING' });
}

/** The next state of one that lasts for a fixed time. */
const NEXT: Readonly<Partial<Record<TaskStatus, readonly [ms: number, to: TaskStatus]>>> = {
  STOPPING: [STOPPING_MS, 'DEPROVISIONING'],
  DEPROVISIONING: [DEPROVISIONING_MS, 'STOPPED'],
};

function enter(call: AwsCall, row: TaskRow, status: TaskStatus): void {
  row.fields = { ...row.fields, lastStatus: status, version: row.fields.version + 1 };
  const [ms, to] = NEXT[status] ?? [];
  if (ms !== undefined && to !== undefined) call.after(ms, 'ecs.task', { id: row.id, to });
  const service = serviceOf(row);
  if (service !== undefined) wake(call, service);
}

/** Lets the scheduler look at a service at once. */
export function wake(call: AwsCall, service: string): void {
  call.after(0, 'ecs.service', { service });
}

export const taskTimers: TimerHandlers = {
  'ecs.task': (call, { id, to }) => {
    const row = call.state.ecs.tasks.get(String(id));
    if (row === undefined) return;

    if (to === 'vanished') call.state.ecs.tasks.delete(row.id);
    else if (row.fields.desiredStatus === 'RUNNING') advance(call, row);
    else if (to === 'STOPPING' && row.fields.lastStatus === 'DEACTIVATING') enter(call, row, 'STOPPING');
    else if (to === 'DEPROVISIONING' && row.fields.lastStatus === 'STOPPING') enter(call, row, 'DEPROVISIONING');
    else if (to === 'STOPPED' && row.fields.lastStatus === 'DEPROVISIONING') finish(call, row);
  },
};

/** PROVISIONING attaches an interface, PENDING pulls the image, RUNNING registers the task. */
function advance(call: AwsCall, row: TaskRow): void {
  try {
    if (row.fields.lastStatus === 'PROVISIONING') attach(call, row);
    else if (row.fields.lastStatus === 'PENDING') pulled(call, row);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    fail(call, row, `ResourceInitializationError: ${error.message}`); // [U]
  }
}

/**
 * The form of the interface is that of a recorded answer: its description is the ARN of the attachment.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
function attach(call: AwsCall, row: TaskRow): void {
  const { awsvpcConfiguration } = row.source.networkConfiguration ?? {};
  if (awsvpcConfiguration === undefined) {
    row.address = interfaceOf(call.state, row.instanceId)?.privateIpAddress;
    return pull(call, row);
  }

  const { securityGroups = [], assignPublicIp } = awsvpcConfiguration;
  const eni = createInterface(call, {
    subnetId: row.subnetId,
    groupIds: securityGroups,
    interfaceType: 'interface',
    description: arnOf(call, 'attachment', row.attachmentId),
    requesterId: FARGATE_ACCOUNT,
    requesterManaged: true,
    publicIpAddress: assignPublicIp === 'ENABLED' ? publicAddress(call) : undefined,
    service: serviceOf(row),
    attachment: newAttachment(call, 'eni-attach-', FARGATE_ACCOUNT),
  });
  row.interfaceId = eni.id;
  row.address = eni.privateIpAddress;
  row.macAddress = eni.macAddress;
  pull(call, row);
}

function pull(call: AwsCall, row: TaskRow): void {
  row.fields = { ...row.fields, pullStartedAt: new Date(call.now) };
  enter(call, row, 'PENDING');
  const ms = pullProblem(call, row) === undefined ? PULL_MS : PULL_TIMEOUT_MS;
  call.after(ms, 'ecs.task', { id: row.id, to: 'RUNNING' });
}

/** Documentation addresses (RFC 5737): nothing real answers there. */
function publicAddress(call: AwsCall): string {
  return `203.0.113.${1 + Math.floor(call.random() * 254)}`;
}

function pulled(call: AwsCall, row: TaskRow): void {
  const problem = pullProblem(call, row);
  if (problem !== undefined) return fail(call, row, problem);

  row.fields = { ...row.fields, pullStoppedAt: new Date(call.now), startedAt: new Date(call.now) };
  const deployment = deploymentOf(call, row);
  if (deployment !== undefined) deployment.misses = 0;
  registerTask(call, row);
  enter(call, row, 'RUNNING');
}

/**
 * A task that does not get to RUNNING counts as failed for its deployment. The time until the next one grows, to 27 minutes.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
function fail(call: AwsCall, row: TaskRow, reason: string): void {
  const deployment = deploymentOf(call, row);
  if (deployment !== undefined) {
    noteFailure(deployment);
    deployment.startAfter = call.now + Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** deployment.misses);
    deployment.misses += 1;
  }
  stopTask(call, row, 'TaskFailedToStart', reason);
}

/** The deployment that started a task. */
export function deploymentOf({ state }: AwsCall, task: TaskRow): DeploymentRow | undefined {
  const service = state.ecs.services.get(serviceOf(task) ?? '');
  return service?.deployments.find((deployment) => deployment.fields.id === task.fields.startedBy);
}

/** Counts a failed task, as far as the deployment is not completed. */
export function noteFailure(deployment: DeploymentRow | undefined): void {
  if (deployment?.fields.rolloutState !== 'IN_PROGRESS') return;

  deployment.fields = { ...deployment.fields, failedTasks: deployment.fields.failedTasks + 1 };
}

function finish(call: AwsCall, row: TaskRow): void {
  if (row.interfaceId !== undefined) deleteInterface(call, row.interfaceId);
  row.fields = { ...row.fields, stoppedAt: new Date(call.now), executionStoppedAt: new Date(call.now) };
  enter(call, row, 'STOPPED');
  call.after(VISIBLE_MS, 'ecs.task', { id: row.id, to: 'vanished' });
}
