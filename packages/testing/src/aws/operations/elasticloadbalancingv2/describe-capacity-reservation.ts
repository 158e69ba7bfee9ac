import type {
  DescribeCapacityReservationInput,
  DescribeCapacityReservationOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { getLoadBalancer } from '../../load-balancing/find.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The capacity reserved for a load balancer: none, since reservations are not simulated. */
export const describeCapacityReservation = operation<
  Given<DescribeCapacityReservationInput>,
  DescribeCapacityReservationOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeCapacityReservation',
  kind: 'read',
  run: (call, input) => {
    getLoadBalancer(call.state, input.LoadBalancerArn);
    return { CapacityReservationState: [] };
  },
});
