import { admits, admitsAny } from '../../network/request/lists.js';
import { slbAction } from '../../network/request/network-action.js';
import { oneOf, texts, TOKENS } from '../../network/request/parameters.js';
import { pageByToken, type TokenPageRequest } from '../../page.js';
import { listenerItem } from '../../slb/listener-view.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DescribeLoadBalancerListenersInput extends TokenPageRequest {
  readonly LoadBalancerId?: readonly string[];
  readonly ListenerProtocol?: string;
}
interface DescribeLoadBalancerListenersOutput {
  readonly Listeners: readonly object[];
  readonly MaxResults: number;
  readonly NextToken: string;
  readonly TotalCount: number;
}

/**
 * Its list has no wrapper.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerlisteners
 */
export const describeLoadBalancerListeners = slbAction<
  DescribeLoadBalancerListenersInput,
  DescribeLoadBalancerListenersOutput
>({
  name: 'DescribeLoadBalancerListeners',
  kind: 'read',
  parameters: {
    LoadBalancerId: { ...texts, length: [0, 10] },
    ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https'),
    ...TOKENS,
  },
  run: ({ state }, { LoadBalancerId, ListenerProtocol, ...asked }) => {
    for (const id of LoadBalancerId ?? []) getLoadBalancer(state, id);
    const rows = [...state.slb.loadBalancers.values()]
      .filter(({ id }) => admitsAny(LoadBalancerId, [id]))
      .flatMap((balancer) => [...balancer.listeners.values()].map((listener) => ({ balancer, listener })))
      .filter(({ listener }) => admits(ListenerProtocol, listener.protocol));
    const { items, NextToken } = pageByToken(rows, asked, {
      operation: { product: 'Slb', name: 'DescribeLoadBalancerListeners' },
      list: (LoadBalancerId ?? []).join(','),
      defaultSize: 20,
      largest: 100,
      key: ({ balancer, listener }) => `${balancer.id}/${listener.protocol}:${listener.port}`,
    });
    return {
      Listeners: items.map(({ balancer, listener }) => listenerItem(balancer, listener)),
      MaxResults: asked.MaxResults ?? 20,
      NextToken,
      TotalCount: rows.length,
    };
  },
});
