import {
  blocks,
  isChanged,
  resource,
  several,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
  ifResolved,
  isSet,
  single,
} from '@postern/core/internal/overlay';
import { jsonOf, nameOf, notCarried, without, zoneOf } from './calls.js';

/** A server as the service writes it. */
function serverOf(id: unknown, values: ActValues, more: Input = {}): Input {
  const ServerId = word(id) ?? notCarried('a server without an ID');
  return { ServerId, Weight: word(values['weight']) ?? '100', Type: word(values['type']) ?? 'ecs', ...more };
}

/** The servers of a group: a block has several of one port. */
const groupServers = (values: ActValues): readonly Input[] =>
  blocks(values['servers']).flatMap((block) =>
    several(block['server_ids']).map((id) => serverOf(id, block, { Port: word(block['port']) })),
  );

const attached = (values: ActValues): Input => ({
  VServerGroupId: word(values['server_group_id']),
  BackendServers: jsonOf([serverOf(values['server_id'], values, { Port: word(values['port']) })]),
});

const backendServers = (values: ActValues): readonly Input[] => [
  ...blocks(values['backend_servers']).map((block) => serverOf(block['server_id'], block)),
  ...several(values['instance_ids']).map((id) => serverOf(id, values)),
];

function putServers(LoadBalancerId: unknown, servers: readonly Input[], caller: Caller): void {
  if (servers.length > 0) caller.call('Slb.AddBackendServers', { LoadBalancerId, BackendServers: jsonOf(servers) });
}

function dropServers(LoadBalancerId: unknown, ids: readonly unknown[], caller: Caller): void {
  if (ids.length > 0) caller.call('Slb.RemoveBackendServers', { LoadBalancerId, BackendServers: jsonOf(ids) });
}

const ids = (servers: readonly Input[]): readonly unknown[] => servers.map(({ ServerId }) => ServerId);

/** The servers of a load balancer, in one list or attached. */
const backends: Act = {
  create: (values, caller) => {
    const id = word(values['load_balancer_id']);
    putServers(id, backendServers(values), caller);
    return { id };
  },
  update: (before, values, caller) => {
    const id = before['load_balancer_id'];
    if (!isChanged(before, values, 'backend_servers', 'instance_ids', 'weight')) return;

    const [were, are] = [backendServers(before), backendServers(values)];
    dropServers(id, without(ids(were), ids(are)), caller);
    putServers(id, are, caller);
  },
  remove: (before, caller) => dropServers(before['load_balancer_id'], ids(backendServers(before)), caller),
  owners: ['load_balancer_id'],
  feeds: ['load_balancer_id'],
};

const listEntries = (values: ActValues): string =>
  jsonOf(
    blocks(values['entry_list']).map(({ entry, comment }) => ({ entry: word(entry), comment: word(comment) ?? '' })),
  );

const entryOf = (values: ActValues): Input => ({
  AclId: word(values['acl_id']),
  AclEntrys: jsonOf([{ entry: word(values['entry']), comment: word(values['comment']) ?? '' }]),
});

function changeEntries(AclId: unknown, action: 'Add' | 'Remove', values: ActValues, caller: Caller): void {
  if (blocks(values['entry_list']).length > 0)
    caller.call(`Slb.${action}AccessControlListEntry`, { AclId, AclEntrys: listEntries(values) });
}

/** Server groups, servers, forwarding rules and access control lists of classic load balancers. */
export const serverActs: Readonly<Record<string, Act>> = {
  alicloud_slb_server_group: resource('Slb.CreateVServerGroup', 'VServerGroupId', 'Slb.DeleteVServerGroup', {
    input: (_, values) => ({
      LoadBalancerId: word(values['load_balancer_id']),
      VServerGroupName: nameOf(values),
      BackendServers: jsonOf(groupServers(values)),
    }),
    update: (before, values, caller) => {
      const VServerGroupId = before['id'];
      if (!isChanged(before, values, 'servers')) return;

      const key = ({ ServerId, Port }: Input): string => `${String(ServerId)}:${String(Port)}`;
      const [were, are] = [groupServers(before), groupServers(values)];
      const gone = were.filter((one) => !are.some((other) => key(other) === key(one)));
      for (const [action, servers] of [
        ['Remove', gone],
        ['Add', are],
      ] as const)
        if (servers.length > 0)
          caller.call(`Slb.${action}VServerGroupBackendServers`, { VServerGroupId, BackendServers: jsonOf(servers) });
    },
    owners: ['load_balancer_id'],
  }),
  alicloud_slb_server_group_server_attachment: {
    create: (values, caller) => {
      caller.call('Slb.AddVServerGroupBackendServers', attached(values));
      return { id: ['server_group_id', 'server_id', 'port'].map((name) => word(values[name])).join(':') };
    },
    // A server that is in the group gets the new weight.
    update: (before, values, caller) =>
      caller.call('Slb.AddVServerGroupBackendServers', attached(updatedValues(before, values))),
    remove: (before, caller) => caller.call('Slb.RemoveVServerGroupBackendServers', attached(before)),
    owners: ['server_group_id'],
    feeds: ['server_group_id'],
  },
  alicloud_slb_backend_server: backends,
  alicloud_slb_attachment: backends,
  alicloud_slb_rule: {
    operation: 'Slb.CreateRules',
    input: (_, values) => {
      const { domain, url, server_group_id: group } = values;
      const rule = { RuleName: nameOf(values), Domain: word(domain), Url: word(url), VServerGroupId: word(group) };
      return {
        LoadBalancerId: word(values['load_balancer_id']),
        ListenerPort: Number(word(values['frontend_port'])),
        RuleList: jsonOf([rule]),
      };
    },
    outputs: ({ Rules }) => ({ id: Rules.Rule[0]?.RuleId }),
    remove: (before, caller) => void caller.call('Slb.DeleteRules', { RuleIds: jsonOf([before['id']]) }),
    owners: ['load_balancer_id'],
  },
  alicloud_slb_acl: resource('Slb.CreateAccessControlList', 'AclId', 'Slb.DeleteAccessControlList', {
    names: { AclName: 'name', AddressIPVersion: 'ip_version' },
    after: (values, { id }, caller) => changeEntries(id, 'Add', values, caller),
    update: (before, values, caller) => {
      if (!isChanged(before, values, 'entry_list')) return;

      changeEntries(before['id'], 'Remove', before, caller);
      changeEntries(before['id'], 'Add', values, caller);
    },
  }),
  alicloud_slb_acl_entry_attachment: {
    create: (values, caller) => {
      const input = entryOf(values);
      caller.call('Slb.AddAccessControlListEntry', input);
      return { id: `${String(input['AclId'])}:${String(word(values['entry']))}` };
    },
    remove: (before, caller) => void caller.call('Slb.RemoveAccessControlListEntry', entryOf(before)),
    owners: ['acl_id'],
  },
};

/** What it takes until an instance runs. */
const RUNNING_MS = 60_000;

const groups = (values: ActValues): readonly string[] => several(values['security_groups']).map(String);

/** ECS instances. The type and the image decide nothing of what calls find, and are often looked up. */
export const instanceActs: Readonly<Record<string, Act>> = {
  alicloud_instance: {
    gives: ['private_ip', 'primary_ip_address'],
    create: (values, caller) => {
      const VSwitchId = word(values['vswitch_id']) ?? notCarried('an instance without a vSwitch');
      const { InstanceIdSets } = caller.call('Ecs.RunInstances', {
        ImageId: ifResolved(values['image_id']) ?? 'aliyun_3_x64_20G_alibase',
        InstanceType: ifResolved(values['instance_type']) ?? 'ecs.g6.large',
        VSwitchId,
        ZoneId: zoneOf(word(values['availability_zone']), caller),
        SecurityGroupIds: groups(values),
        PrivateIpAddress: word(values['private_ip']),
        InstanceName: word(values['instance_name']),
        DeletionProtection: isSet(values['deletion_protection']),
      });
      const [id] = InstanceIdSets.InstanceIdSet;
      const { Instances } = caller.call('Ecs.DescribeInstances', { InstanceIds: JSON.stringify([id]) });
      const [made] = Instances.Instance[0]?.VpcAttributes?.PrivateIpAddress?.IpAddress ?? [];
      return { id, private_ip: made, primary_ip_address: made };
    },
    update: (before, values, caller) => {
      if (isChanged(before, values, 'vswitch_id', 'private_ip')) notCarried('another address of an instance');
      const InstanceId = before['id'];
      if (isChanged(before, values, 'security_groups')) {
        const [were, are] = [groups(before), groups(values)];
        for (const SecurityGroupId of without(are, were))
          caller.call('Ecs.JoinSecurityGroup', { InstanceId, SecurityGroupId });
        for (const SecurityGroupId of without(were, are))
          caller.call('Ecs.LeaveSecurityGroup', { InstanceId, SecurityGroupId });
      }
      if (!isChanged(before, values, 'status')) return;

      const isStopped = single(values['status']) === 'Stopped';
      caller.call(isStopped ? 'Ecs.StopInstance' : 'Ecs.StartInstance', { InstanceId });
    },
    remove: (before, caller) => void caller.call('Ecs.DeleteInstance', { InstanceId: before['id'], Force: true }),
    readyMs: RUNNING_MS,
  },
};
