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
 * A server that is already in the list keeps its place and gets the new weight.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addbackendservers
 */
export const addBackendServers = slbAction<BackendServersInput, BackendServersOutput>({
  name: 'AddBackendServers',
  kind: 'write',
  parameters: BACKEND_SERVERS,
  run: (call, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(call.state, LoadBalancerId);
    const servers = new Map(balancer.backendServers.map((row) => [row.serverId, row]));
    for (const row of readBackendServers(call, balancer, BackendServers)) servers.set(row.serverId, row);
    if (servers.size > call.quota('backend-servers-per-load-balancer')) throw slbWords.tooManyServers();
    balancer.backendServers = [...servers.values()];
    return { LoadBalancerId, BackendServers: backendServersView(balancer) };
  },
});
