import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { listenerAt, noteAttachments } from '../../load-balancing/find.js';
import type { Action } from '../../load-balancing/state.js';
import type { AwsCall } from '../../operation/operation.js';
import type { DeploymentRow, ServiceRow, ShiftRow, TaskSource } from '../state.js';

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
export function newShift({ fields, deployments }: ServiceRow): ShiftRow | undefined {
  const settings = fields.deploymentConfiguration ?? {};
  if (settings.strategy === undefined || settings.strategy === 'ROLLING') return undefined;

  const former = completedOf(deployments);
  const side = former === undefined || former.shift?.side === 'alternate' ? 'primary' : 'alternate';
  return { side, steps: former === undefined ? [{ percent: 100, minutes: 0 }] : stepsOf(settings), dueAt: 0 };
}

/** The deployment that serves while another one is in progress. */
export function completedOf(deployments: readonly DeploymentRow[]): DeploymentRow | undefined {
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
export function giveCalls(call: AwsCall, { loadBalancers }: TaskSource, { side }: ShiftRow, percent?: number): void {
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
