import type {
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { checkArn } from '../../load-balancing/arns.js';
import { invalid, loadBalancerNotFound } from '../../load-balancing/errors.js';
import { PAGE, TWENTY } from '../../load-balancing/limits.js';
import { loadBalancerView } from '../../load-balancing/views.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { LoadBalancerRow } from '../../state/load-balancing-state.js';

/** Lists load balancers: all, or those named by ARN or by name (up to 20). */
export const describeLoadBalancers = operation<Given<DescribeLoadBalancersInput>, DescribeLoadBalancersOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeLoadBalancers',
  kind: 'read',
  limits: { LoadBalancerArns: TWENTY, Names: TWENTY, ...PAGE },
  run: (call, input) => {
    const rows = chosen(call, input);
    const { items, next } = paged('DescribeLoadBalancers', rows, input, (row) => row.arn);
    return { LoadBalancers: items.map(loadBalancerView), NextMarker: next };
  },
});

function chosen(
  call: AwsCall,
  { LoadBalancerArns: arns = [], Names: names = [] }: DescribeLoadBalancersInput,
): LoadBalancerRow[] {
  const { loadBalancers } = call.state.loadBalancing;
  if (arns.length > 0 && names.length > 0) {
    throw invalid('Load balancer names and load balancer ARNs cannot be specified at the same time');
  }
  for (const arn of arns) checkArn('load balancer', arn);
  const all = [...loadBalancers.values()];
  if (arns.length > 0) {
    const rows = all.filter(({ arn }) => arns.includes(arn));
    const missing = arns.find((arn) => !loadBalancers.has(arn));
    if (missing !== undefined) throw loadBalancerNotFound(missing);
    return rows;
  }
  if (names.length === 0) return all;
  const missing = names.filter((name) => !all.some((row) => row.name === name));
  if (missing.length > 0)
    throw new ServiceError('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`);
  return all.filter(({ name }) => names.includes(name));
}
