import { slbAction } from '../../network/request/network-action.js';
import { LISTENER_TARGET, type AnyListenerTarget } from '../../slb/listener-parameters.js';
import { getListener, getLoadBalancer, listenerKey } from '../../slb/load-balancer.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-deleteloadbalancerlistener */
export const deleteLoadBalancerListener = slbAction<AnyListenerTarget, Readonly<Record<never, never>>>({
  name: 'DeleteLoadBalancerListener',
  kind: 'write',
  parameters: LISTENER_TARGET,
  run: ({ state }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
    const balancer = getLoadBalancer(state, LoadBalancerId);
    const { protocol, port } = getListener(balancer, ListenerPort, ListenerProtocol);
    balancer.listeners.delete(listenerKey(protocol, port));
    return {};
  },
});
