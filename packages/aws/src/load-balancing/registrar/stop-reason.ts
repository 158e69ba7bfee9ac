import type { CallContext } from '@postern/core/internal/library';
import type { EcsServiceOutput, TaskOutput } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';

/** Tasks of one page, and of one call: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS_AT_ONCE = 100;

/**
 * Why tasks of a service stop, or cannot be started, in the words of ECS. Its events say it of placement and of failed health checks; of
 * all else only the stopped tasks, which ECS shows for an hour: two calls more, made where fewer run than are wanted.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export async function stopReasonOf(
  session: Session,
  service: EcsServiceOutput,
  ctx: CallContext,
): Promise<string | undefined> {
  const { runningCount = 0, desiredCount = 0, deployments = [] } = service;
  const failures = failuresSinceSteady(service);
  const told = failures
    .find((message) => !SAYS_ONLY_THAT.test(message))
    ?.replace(/ For more information, see .*$/s, '');
  if (told !== undefined || runningCount >= desiredCount) return told;

  const stopped = (await stoppedTasks(session, service, ctx))
    .filter(({ stoppedReason = '' }) => !STOPPED_AS_MEANT.test(stoppedReason))
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0));
  const rollout = deployments.find(({ rolloutState }) => rolloutState === 'FAILED')?.rolloutStateReason;
  return stopped.map(taskReason).find((reason) => reason !== undefined) ?? failures[0] ?? rollout;
}

/** Events that report a failure. */
const FAILURE = /\bunable to\b|\bfailed\b|\bcannot\b|\berror\b|\bis unhealthy in\b/i;
/** That tasks do not start, and not why. */
const SAYS_ONLY_THAT = /unable to consistently start tasks|deployment failed/i;
/** Tasks that a deployment or a smaller number of tasks ends. */
const STOPPED_AS_MEANT = /^Scaling activity initiated by/;

/** The failures among the events since the service was last in a steady state, the newest first: ECS keeps a hundred events. */
function failuresSinceSteady({ events = [] }: EcsServiceOutput): readonly string[] {
  const newest = events.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const texts = newest.map(({ message = '' }) => message);
  const steady = texts.findIndex((message) => message.includes('has reached a steady state'));
  return texts.slice(0, steady === -1 ? texts.length : steady).filter((message) => FAILURE.test(message));
}

async function stoppedTasks(
  session: Session,
  { clusterArn: cluster, serviceName }: EcsServiceOutput,
  ctx: CallContext,
): Promise<readonly TaskOutput[]> {
  const { taskArns = [] } = await session.call(ctx, 'ecs', 'ListTasks', {
    cluster,
    serviceName,
    desiredStatus: 'STOPPED',
    maxResults: TASKS_AT_ONCE,
  });
  if (taskArns.length === 0) return [];

  const { tasks = [] } = await session.call(ctx, 'ecs', 'DescribeTasks', { cluster, tasks: taskArns });
  return tasks;
}

/** `Essential container in task exited (web: exit code 1)`. */
function taskReason({ stoppedReason, containers = [] }: TaskOutput): string | undefined {
  if (stoppedReason === undefined) return undefined;

  const ended = containers.flatMap(({ name = 'container', exitCode, reason }) => {
    const why = [
      ...(exitCode === undefined || exitCode === 0 ? [] : [`exit code ${exitCode}`]),
      ...(reason === undefined ? [] : [reason]),
    ];
    return why.length === 0 ? [] : [`${name}: ${why.join(', ')}`];
  });
  return ended.length === 0 ? stoppedReason : `${stoppedReason} (${ended.join('; ')})`;
}
