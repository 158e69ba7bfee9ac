import type { DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LOAD_BALANCER_TYPES, PAGE } from '../../load-balancing/limits.js';
import { SSL_POLICIES } from '../../load-balancing/listener/ssl-policies.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Lists the predefined security policies, all or those named, and for one type of load balancer. */
export const describeSSLPolicies = operation<Given<DescribeSSLPoliciesInput>, DescribeSSLPoliciesOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeSSLPolicies',
  kind: 'read',
  limits: { LoadBalancerType: { values: LOAD_BALANCER_TYPES }, ...PAGE },
  run: (_call, input) => {
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
});
