import { slbAction } from '../../network/request/network-action.js';
import {
  BACKEND_SERVERS,
  type BackendServersInput,
  type BackendServersOutput,
} from '../../slb/backend-server-parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';
import { backendServersView } from '../../slb/load-balancer-view.js';
import { readServerIds } from '../../slb/server-ids.js';

/**
 * Accepts a list of IDs or of servers. A server that is not in the list of backend servers is not an error.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removebackendservers
 */
export const removeBackendServers = slbAction<BackendServersInput, BackendServersOutput>({
  name: 'RemoveBackendServers',
  kind: 'write',
  parameters: BACKEND_SERVERS,
  run: ({ state }, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(state, LoadBalancerId);
    const ids = readServerIds(BackendServers);
    if (ids.length === 0) throw slbWords.invalid('The specified parameter BackendServers is not valid.');
    balancer.backendServers = balancer.backendServers.filter(({ serverId }) => !ids.includes(serverId));
    return { LoadBalancerId, BackendServers: backendServersView(balancer) };
  },
});
