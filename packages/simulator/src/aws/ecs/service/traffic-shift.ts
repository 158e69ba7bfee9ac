import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { noteAttachments } from '../../load-balancing/find.js';
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
  if (former === undefined) return { side: 'primary', steps: [{ percent: 100, minutes: 0 }], taken: 0, dueAt: 0 };

  const side = former.shift?.side === 'alternate' ? 'primary' : 'alternate';
  return { side, steps: stepsOf(settings), taken: 0, dueAt: 0 };
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
  if (shift.taken === 0 && !isReady) return false;

  for (let step = shift.steps[shift.taken]; step !== undefined && call.now >= shift.dueAt;) {
    giveCalls(call, source, shift, step.percent);
    shift.taken += 1;
    shift.dueAt = call.now + step.minutes * 60_000;
    step = shift.steps[shift.taken];
  }
  return shift.taken === shift.steps.length && call.now >= shift.dueAt;
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

function weigh(
  call: AwsCall,
  ruleArn: string | undefined,
  groups: readonly string[],
  percent: number | undefined,
): void {
  // Weights are whole numbers up to 999, and shares have steps of 0.1 %.
  const scale = Number.isInteger(percent) ? 1 : 9.99;
  const weights = percent === undefined ? [] : [percent * scale, (100 - percent) * scale].map(Math.round);
  const rule = ruleAt(call, ruleArn);
  rule?.write(
    rule.actions.map(({ TargetGroupArn, ...action }) => {
      if (action.Type !== 'forward') return action;

      const before = action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
      const added = groups.filter((arn) => !before.some((one) => one.TargetGroupArn === arn));
      const TargetGroups =
        percent === undefined
          ? [...before, ...added.map((arn) => ({ TargetGroupArn: arn, Weight: 0 }))]
          : groups.map((arn, at) => ({ TargetGroupArn: arn, Weight: weights[at] }));
      return { ...action, ForwardConfig: { ...action.ForwardConfig, TargetGroups } };
    }),
  );
}

/** The actions of a rule, of a default rule by its ARN, or of the listener of a network load balancer by its own. */
export function ruleAt({ state }: AwsCall, arn = '') {
  const { rules, listeners } = state.loadBalancing;
  const rule = rules.get(arn);
  if (rule !== undefined) {
    const write = (Actions: Action[]): void => void (rule.fields = { ...rule.fields, Actions });
    return { actions: rule.fields.Actions, write };
  }

  const listener = listeners.get(arn) ?? [...listeners.values()].find((one) => one.defaultRule.arn === arn);
  if (listener === undefined) return undefined;

  const write = (DefaultActions: Action[]): void => void (listener.fields = { ...listener.fields, DefaultActions });
  return { actions: listener.fields.DefaultActions, write };
}
