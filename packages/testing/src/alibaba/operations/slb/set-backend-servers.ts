import { slbAction } from '../../network/request/network-action.js';
import {
  BACKEND_SERVERS,
  type BackendServersInput,
  type BackendServersOutput,
} from '../../slb/backend-server-parameters.js';
import { readBackendServers } from '../../slb/backend-servers.js';
import { slbWords } from '../../slb/errors.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';
import { backendServersView } from '../../slb/load-balancer-view.js';

/**
 * Sets weights of existing servers.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setbackendservers
 */
export const setBackendServers = slbAction<BackendServersInput, BackendServersOutput>({
  name: 'SetBackendServers',
  kind: 'write',
  parameters: BACKEND_SERVERS,
  run: (call, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(call.state, LoadBalancerId);
    const changed = new Map(readBackendServers(call, balancer, BackendServers).map((row) => [row.serverId, row]));
    const present = new Set(balancer.backendServers.map(({ serverId }) => serverId));
    if ([...changed.keys()].some((id) => !present.has(id))) throw slbWords.noServer();
    balancer.backendServers = balancer.backendServers.map((row) => changed.get(row.serverId) ?? row);
    return { LoadBalancerId, BackendServers: backendServersView(balancer) };
  },
});
