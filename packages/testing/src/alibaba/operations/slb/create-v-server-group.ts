import { newId } from '../../network/request/ids.js';
import { slbAction } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { readGroupServers } from '../../slb/backend-servers.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';
import { backendServersView } from '../../slb/load-balancer-view.js';

/** SLB has no package on npm: our own types. */
interface CreateVServerGroupInput {
  readonly LoadBalancerId: string;
  readonly VServerGroupName?: string;
  /** A JSON list in one text. */
  readonly BackendServers?: string;
}
interface CreateVServerGroupOutput {
  readonly VServerGroupId: string;
  readonly BackendServers: ReturnType<typeof backendServersView>;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createvservergroup */
export const createVServerGroup = slbAction<CreateVServerGroupInput, CreateVServerGroupOutput>({
  name: 'CreateVServerGroup',
  kind: 'write',
  parameters: { LoadBalancerId: neededText, VServerGroupName: { ...text, length: [1, 80] }, BackendServers: text },
  run: (call, { LoadBalancerId, VServerGroupName, BackendServers = '[]' }) => {
    const balancer = getLoadBalancer(call.state, LoadBalancerId);
    const servers = readGroupServers(call, balancer, BackendServers);
    const id = newId(call, 'rsp');
    const name = VServerGroupName ?? id;
    call.state.slb.serverGroups.set(id, { id, name, loadBalancerId: balancer.id, servers, createdAt: call.now });
    return { VServerGroupId: id, BackendServers: backendServersView({ backendServers: servers }) };
  },
});
