import type { Check } from '../../check.js';
import { outcomesOf } from '../outcomes.js';

/** The load balancer hands the calls to a healthy target that it reaches. */
export const loadBalancerCheck: Check = {
  id: 'path/load-balancer',
  title: 'The load balancer hands the calls to a healthy target that it reaches',
  severity: 'error',
  about:
    "Looks at the load balancer's state, the listener on the port, its access control list, the health of its targets (in each zone by itself where it does not balance across zones), and at groups, network ACLs and routes between it and them. One target that is reached is enough. Where none is healthy, calls go to sick ones on AWS; they count as answered where all of these answered their health check, if with another status code than asked for (see target/healthy).",
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/access-control-1',
  ],
  run: (input) => outcomesOf(input, 'path/load-balancer'),
};
