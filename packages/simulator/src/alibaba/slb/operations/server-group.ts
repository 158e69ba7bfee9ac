import { slbFamily } from '../../vpc/request/family.js';
import { newId } from '../../vpc/request/ids.js';
import { flag, neededText, text } from '../../vpc/request/parameters.js';
import { seconds } from '../../vpc/request/text-rules.js';
import { readGroupServers } from '../backend-servers.js';
import { slbWords } from '../errors.js';
import { backendServersView } from '../load-balancer-view.js';
import { getLoadBalancer, getServerGroup, listenersOf } from '../load-balancer.js';

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

interface DeleteVServerGroupInput {
  readonly VServerGroupId: string;
}

interface DescribeVServerGroupsInput {
  readonly LoadBalancerId: string;
  readonly IncludeListener?: boolean;
}

interface DescribeVServerGroupsOutput {
  readonly VServerGroups: { readonly VServerGroup: readonly object[] };
}

interface DescribeVServerGroupAttributeInput {
  readonly VServerGroupId: string;
}

interface DescribeVServerGroupAttributeOutput {
  readonly VServerGroupId: string;
  readonly VServerGroupName: string;
  readonly LoadBalancerId: string;
  readonly CreateTime: string;
  readonly BackendServers: ReturnType<typeof backendServersView>;
}

/** vServer groups. */
export const serverGroupActions = slbFamily({
  CreateVServerGroup: {
    parameters: { LoadBalancerId: neededText, VServerGroupName: { ...text, length: [1, 80] }, BackendServers: text },
    run(
      call,
      { LoadBalancerId, VServerGroupName, BackendServers = '[]' }: CreateVServerGroupInput,
    ): CreateVServerGroupOutput {
      const balancer = getLoadBalancer(call.state, LoadBalancerId);
      const servers = readGroupServers(call, balancer, BackendServers);
      const id = newId(call, 'rsp');
      const name = VServerGroupName ?? id;
      call.state.slb.serverGroups.set(id, { id, name, loadBalancerId: balancer.id, servers, createdAt: call.now });
      return { VServerGroupId: id, BackendServers: backendServersView({ backendServers: servers }) };
    },
  },

  /** One to which a listener sends stays. */
  DeleteVServerGroup: {
    parameters: { VServerGroupId: neededText },
    run({ state }, { VServerGroupId }: DeleteVServerGroupInput) {
      const row = getServerGroup(state, VServerGroupId);
      if (listenersOf(state, row).length > 0) throw slbWords.serverGroupInUse();
      state.slb.serverGroups.delete(row.id);
      return {};
    },
  },

  /**
   * The vServer groups of a load balancer, all in one response; with the listeners that send to them where
   * requested.
   */
  DescribeVServerGroups: {
    parameters: { LoadBalancerId: neededText, IncludeListener: flag },
    run(
      { state },
      { LoadBalancerId, IncludeListener = false }: DescribeVServerGroupsInput,
    ): DescribeVServerGroupsOutput {
      const { id } = getLoadBalancer(state, LoadBalancerId);
      const rows = [...state.slb.serverGroups.values()].filter(({ loadBalancerId }) => loadBalancerId === id);
      return {
        VServerGroups: {
          VServerGroup: rows.map((row) => ({
            VServerGroupId: row.id,
            VServerGroupName: row.name,
            CreateTime: seconds(row.createdAt),
            ServerCount: row.servers.length,
            AssociatedObjects: {
              Listeners: {
                Listener: IncludeListener
                  ? listenersOf(state, row).map(({ port, protocol }) => ({ Port: port, Protocol: protocol }))
                  : [],
              },
            },
          })),
        },
      };
    },
  },

  DescribeVServerGroupAttribute: {
    parameters: { VServerGroupId: neededText },
    run({ state }, { VServerGroupId }: DescribeVServerGroupAttributeInput): DescribeVServerGroupAttributeOutput {
      const { id, name, loadBalancerId, servers, createdAt } = getServerGroup(state, VServerGroupId);
      return {
        VServerGroupId: id,
        VServerGroupName: name,
        LoadBalancerId: loadBalancerId,
        CreateTime: seconds(createdAt),
        BackendServers: backendServersView({ backendServers: servers }),
      };
    },
  },
});
