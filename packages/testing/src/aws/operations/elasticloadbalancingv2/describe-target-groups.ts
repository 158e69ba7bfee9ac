import type { DescribeTargetGroupsInput, DescribeTargetGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { invalid, targetGroupNotFound } from '../../load-balancing/errors.js';
import { getLoadBalancer, getTargetGroup } from '../../load-balancing/find.js';
import { PAGE } from '../../load-balancing/limits.js';
import { targetGroupsOf } from '../../load-balancing/references.js';
import { targetGroupView } from '../../load-balancing/views.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { TargetGroupRow } from '../../state/load-balancing-state.js';

/** Lists target groups: all, those of a load balancer, or those named by ARN or by name. */
export const describeTargetGroups = operation<Given<DescribeTargetGroupsInput>, DescribeTargetGroupsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeTargetGroups',
  kind: 'read',
  limits: PAGE,
  run: (call, input) => {
    const { items, next } = paged(
      `DescribeTargetGroups ${input.LoadBalancerArn ?? ''}`,
      chosen(call, input),
      input,
      (row) => row.arn,
    );
    return { TargetGroups: items.map((row) => targetGroupView(call, row)), NextMarker: next };
  },
});

function chosen(call: AwsCall, input: Given<DescribeTargetGroupsInput>): TargetGroupRow[] {
  const { LoadBalancerArn: balancer, TargetGroupArns: arns = [], Names: names = [] } = input;
  const ways = [balancer !== undefined, arns.length > 0, names.length > 0].filter(Boolean);
  if (ways.length > 1) {
    throw invalid(
      'Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time',
    );
  }
  if (arns.length > 0) return arns.map((arn) => getTargetGroup(call.state, arn));
  const all = [...call.state.loadBalancing.targetGroups.values()];
  if (names.length > 0) {
    if (names.some((name) => !all.some((row) => row.name === name))) throw targetGroupNotFound();
    return all.filter(({ name }) => names.includes(name));
  }
  if (balancer === undefined) return all;
  const used = targetGroupsOf(call.state, getLoadBalancer(call.state, balancer).arn);
  return all.filter(({ arn }) => used.has(arn));
}
