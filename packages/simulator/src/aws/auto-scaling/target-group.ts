import type { AwsCall } from '../operation/operation.js';
import { family, groups, invalid, paged } from './request.js';
import { deregisterAt, registerAt } from './scaling.js';

/** Target groups of a group, under both of their names in the service. */
export const targetGroupOperations = family({
  AttachLoadBalancerTargetGroups: (call, input) => attach(call, input.AutoScalingGroupName, input.TargetGroupARNs),
  DetachLoadBalancerTargetGroups: (call, input) => detach(call, input.AutoScalingGroupName, input.TargetGroupARNs),
  AttachTrafficSources: (call, input) =>
    attach(
      call,
      input.AutoScalingGroupName,
      input.TrafficSources.map(({ Identifier }) => Identifier),
    ),
  DetachTrafficSources: (call, input) =>
    detach(
      call,
      input.AutoScalingGroupName,
      input.TrafficSources.map(({ Identifier }) => Identifier),
    ),

  DescribeLoadBalancerTargetGroups(call, input, list) {
    const { items, next } = paged(arnsOf(call, input.AutoScalingGroupName), input, list, (arn) => arn);
    const shown = items.map((arn) => ({ LoadBalancerTargetGroupARN: arn, State: 'InService' }));
    return { LoadBalancerTargetGroups: shown, NextToken: next };
  },

  DescribeTrafficSources(call, input, list) {
    const { items, next } = paged(arnsOf(call, input.AutoScalingGroupName), input, list, (arn) => arn);
    const shown = items.map((arn) => ({ Identifier: arn, TrafficSource: arn, Type: 'elbv2', State: 'InService' }));
    return { TrafficSources: shown, NextToken: next };
  },
});

const arnsOf = (call: AwsCall, name: string) => groups.get(call, name).fields.TargetGroupARNs;

export function checkTargetGroups(call: AwsCall, arns: readonly string[]): void {
  const absent = arns.find((arn) => call.state.loadBalancing.targetGroups.get(arn)?.fields.TargetType !== 'instance');
  if (absent === undefined) return;

  throw invalid(`Provided Target Groups may not be valid. Please ensure they exist and try again.`);
}

function attach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  checkTargetGroups(call, arns);
  row.fields = { ...row.fields, TargetGroupARNs: [...new Set([...row.fields.TargetGroupARNs, ...arns])] };
  for (const arn of arns)
    for (const one of row.instances) if (one.LifecycleState === 'InService') registerAt(call, arn, one);
  return {};
}

function detach(call: AwsCall, name: string, arns: readonly string[]) {
  const row = groups.get(call, name);
  row.fields = { ...row.fields, TargetGroupARNs: row.fields.TargetGroupARNs.filter((arn) => !arns.includes(arn)) };
  for (const arn of arns) for (const one of row.instances) deregisterAt(call, arn, one);
  return {};
}
