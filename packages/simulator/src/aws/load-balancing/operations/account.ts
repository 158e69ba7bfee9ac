import { family, LOAD_BALANCER_TYPES, PAGE, paged } from '../request.js';
import { SSL_POLICIES } from '../listener/certificates.js';
import { ServiceError } from '../../operation/operation.js';

/** What holds for the whole account: limits and security policies. */
export const accountOperations = family({
  /** The quotas of this service, under the names that this operation has for them. */
  DescribeAccountLimits: {
    limits: PAGE,
    run(call, input) {
      const all = LIMITS.map(([Name, key]) => ({ Name, Max: String(call.quota(key)) }));
      const { items, next } = paged('DescribeAccountLimits', all, input, ({ Name }) => Name);
      return { Limits: items, NextMarker: next };
    },
  },

  /** Lists the predefined security policies, all or those named, and for one type of load balancer. */
  DescribeSSLPolicies: {
    limits: { LoadBalancerType: { values: LOAD_BALANCER_TYPES }, ...PAGE },
    run(_call, input) {
      const unknown = input.Names?.find((name) => !SSL_POLICIES.some((policy) => policy.name === name));
      if (unknown !== undefined) throw new ServiceError('SSLPolicyNotFound', `SSL policy '${unknown}' not found`);
      const types = ['application', 'network'];
      const wanted = SSL_POLICIES.filter(({ name }) => input.Names === undefined || input.Names.includes(name));
      const all = wanted.filter(() => input.LoadBalancerType === undefined || types.includes(input.LoadBalancerType));
      const { items, next } = paged('DescribeSSLPolicies', all, input, ({ name }) => name);
      return {
        SslPolicies: items.map(({ name, protocols, ciphers }) => ({
          Name: name,
          SslProtocols: [...protocols],
          Ciphers: ciphers.map((cipher, index) => ({ Name: cipher, Priority: index + 1 })),
          SupportedLoadBalancerTypes: types,
        })),
        NextMarker: next,
      };
    },
  },
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Limit.html */
const LIMITS: readonly (readonly [name: string, quota: string])[] = [
  ['application-load-balancers', 'application-load-balancers'],
  ['condition-values-per-alb-rule', 'condition-values-per-rule'],
  ['condition-wildcards-per-alb-rule', 'condition-wildcards-per-rule'],
  ['listeners-per-application-load-balancer', 'listeners-per-application-load-balancer'],
  ['listeners-per-network-load-balancer', 'listeners-per-network-load-balancer'],
  ['network-load-balancers', 'network-load-balancers'],
  ['rules-per-application-load-balancer', 'rules-per-application-load-balancer'],
  ['target-groups', 'target-groups'],
  ['target-groups-per-action-on-application-load-balancer', 'target-groups-per-application-action'],
  ['target-groups-per-action-on-network-load-balancer', 'target-groups-per-network-action'],
  ['target-groups-per-application-load-balancer', 'target-groups-per-application-load-balancer'],
  ['targets-per-application-load-balancer', 'targets-per-application-load-balancer'],
  ['targets-per-availability-zone-per-network-load-balancer', 'targets-per-zone-per-network-load-balancer'],
  ['targets-per-network-load-balancer', 'targets-per-network-load-balancer'],
];
