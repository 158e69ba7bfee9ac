import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The load balancer forwards the calls to a healthy target that it can reach. */
export const loadBalancerCheck: Check = {
  id: 'path/load-balancer',
  title: 'The load balancer forwards the calls to a healthy target that it can reach',
  severity: 'error',
  about:
    'Checks the state of the load balancer, the listener on the port, its access control list and the health of its targets (per zone where cross-zone load balancing is off). Also checks security groups, network ACLs and routes between the load balancer and its targets. Each target group with a weight above 0, and each of its healthy targets, has to be reachable, because it receives a part of the calls. Network ACLs that deny the answers to up to 1 % of the source ports are a warning, as in path/return. If no target is healthy, the finding names as the cause what blocks the health checks. On AWS, calls then go to unhealthy targets. These calls count as answered if each target answered its health check, although with another status code than expected (see target/healthy).',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/access-control-1',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/load-balancer'),
};
