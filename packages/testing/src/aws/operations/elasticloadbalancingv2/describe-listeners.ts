import type { DescribeListenersInput, DescribeListenersOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { invalid } from '../../load-balancing/errors.js';
import { getListener, getLoadBalancer, listenersOf } from '../../load-balancing/find.js';
import { PAGE } from '../../load-balancing/limits.js';
import { listenerView } from '../../load-balancing/views.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { ListenerRow } from '../../state/load-balancing-state.js';

/** Lists listeners of a load balancer, or those named by ARN. */
export const describeListeners = operation<Given<DescribeListenersInput>, DescribeListenersOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeListeners',
  kind: 'read',
  limits: PAGE,
  run: (call, input) => {
    const { items, next } = paged(
      `DescribeListeners ${input.LoadBalancerArn ?? ''}`,
      chosen(call, input),
      input,
      (row) => row.arn,
    );
    return { Listeners: items.map(listenerView), NextMarker: next };
  },
});

function chosen(
  call: AwsCall,
  { LoadBalancerArn: balancer, ListenerArns: arns = [] }: DescribeListenersInput,
): ListenerRow[] {
  if (balancer !== undefined && arns.length > 0) {
    throw invalid('Listener ARNs and a load balancer ARN cannot be specified at the same time');
  }
  if (arns.length > 0) return arns.map((arn) => getListener(call.state, arn));
  if (balancer === undefined) throw invalid('You must specify either listener ARNs or a load balancer ARN');
  return listenersOf(call.state, getLoadBalancer(call.state, balancer).arn);
}
