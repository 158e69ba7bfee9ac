import { slbAction } from '../../network/request/network-action.js';
import { LISTENER_TARGET, type AnyListenerTarget } from '../../slb/listener-parameters.js';
import { getListener, getLoadBalancer } from '../../slb/load-balancer.js';

/** It runs at once. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-startloadbalancerlistener */
export const startLoadBalancerListener = slbAction<AnyListenerTarget, Readonly<Record<never, never>>>({
  name: 'StartLoadBalancerListener',
  kind: 'write',
  parameters: LISTENER_TARGET,
  run: ({ state }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
    getListener(getLoadBalancer(state, LoadBalancerId), ListenerPort, ListenerProtocol).status = 'running';
    return {};
  },
});
