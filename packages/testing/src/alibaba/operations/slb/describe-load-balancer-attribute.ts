import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';
import { backendServersView, loadBalancerView } from '../../slb/load-balancer-view.js';

/** SLB has no package on npm: our own types. */
interface DescribeLoadBalancerAttributeInput {
  readonly LoadBalancerId: string;
}

/**
 * The answer contains its listeners three times, once under a misspelled name.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute
 */
export const describeLoadBalancerAttribute = slbAction<
  DescribeLoadBalancerAttributeInput,
  Readonly<Record<string, unknown>>
>({
  name: 'DescribeLoadBalancerAttribute',
  kind: 'read',
  parameters: { LoadBalancerId: neededText },
  run: (call, { LoadBalancerId }) => {
    const row = getLoadBalancer(call.state, LoadBalancerId);
    const listeners = [...row.listeners.values()];
    return {
      ...loadBalancerView(call, row),
      Bandwidth: row.addressType === 'intranet' ? 5120 : -1,
      RegionIdAlias: call.region,
      AutoReleaseTime: 0,
      EndTime: '2999-09-08T16:00:00Z',
      EndTimeStamp: 32_493_801_600_000,
      BackendServers: backendServersView(row),
      ListenerPorts: { ListenerPort: [...new Set(listeners.map(({ port }) => port))] },
      ListenerPortsAndProtocol: {
        ListenerPortAndProtocol: listeners.map(({ port, protocol, description }) => ({
          ListenerPort: port,
          ListenerProtocol: protocol,
          Description: description,
        })),
      },
      ListenerPortsAndProtocal: {
        ListenerPortAndProtocal: listeners.map(({ port, protocol }) => ({
          ListenerPort: port,
          ListenerProtocal: protocol,
        })),
      },
    };
  },
});
