import { slbAction } from '../../network/request/network-action.js';
import { neededText, oneOf, whole } from '../../network/request/parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DescribeRulesInput {
  readonly LoadBalancerId: string;
  readonly ListenerPort?: number;
  readonly ListenerProtocol?: string;
}
interface DescribeRulesOutput {
  readonly Rules: { readonly Rule: readonly object[] };
}

/**
 * Forwarding rules are not simulated, so that no listener has any.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describerules
 */
export const describeRules = slbAction<DescribeRulesInput, DescribeRulesOutput>({
  name: 'DescribeRules',
  kind: 'read',
  parameters: { LoadBalancerId: neededText, ListenerPort: whole, ListenerProtocol: oneOf('http', 'https') },
  run: ({ state }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
    const listeners = [...getLoadBalancer(state, LoadBalancerId).listeners.values()].filter(
      ({ port, protocol }) =>
        port === ListenerPort && (ListenerProtocol === undefined || protocol === ListenerProtocol),
    );
    if (listeners.length === 0) throw slbWords.noListener();
    return { Rules: { Rule: [] } };
  },
});
