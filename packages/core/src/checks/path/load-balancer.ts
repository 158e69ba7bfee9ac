import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The load balancer hands the calls to a healthy target that it reaches. */
export const loadBalancerCheck: Check = {
  id: 'path/load-balancer',
  title: 'The load balancer hands the calls to a healthy target that it reaches',
  severity: 'error',
  about:
    "Looks at the load balancer's state, the listener on the port, its access control list, the health of its targets (in each zone by itself where it does not balance across zones), and at groups, network ACLs and routes between it and them. Each group that gets a part of the calls by its weight, and each healthy target of it, has to be reached: a part of the calls goes there. Network ACLs that deny its answers up to 1 % of the source ports are a warning, as in path/return. What keeps health checks from targets of which none is healthy is told as the cause. Where none is healthy, calls go to sick ones on AWS; they count as answered where all of these answered their health check, if with another status code than asked for (see target/healthy).",
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/access-control-1',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/load-balancer'),
};
