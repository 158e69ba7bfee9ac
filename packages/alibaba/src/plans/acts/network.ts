import { blocks, isChanged, isSame, several, word, type Act, type ActValues, type Caller } from '@postern/core/overlay';
import { nameOf, removes, unnoticed, without, zoneOf } from './calls.js';

/** What it takes until two networks are connected. */
const PEERED_MS = 60_000;

const BLOCK = 'Vpc.AssociateVpcCidrBlock';
const BLOCK_GONE = 'Vpc.UnassociateVpcCidrBlock';

const secondary = (values: ActValues): readonly string[] => several(values['secondary_cidr_blocks']).map(String);

function changeBlocks(id: unknown, were: readonly string[], are: readonly string[], caller: Caller): void {
  for (const SecondaryCidrBlock of without(were, are)) caller.call(BLOCK_GONE, { VpcId: id, SecondaryCidrBlock });
  for (const SecondaryCidrBlock of without(are, were)) caller.call(BLOCK, { VpcId: id, SecondaryCidrBlock });
}

/** The vSwitches that an ACL filters. */
const filtered = (values: ActValues): readonly string[] =>
  blocks(values['resources']).flatMap(({ resource_id: id }) => word(id) ?? []);

const resources = (ids: readonly string[]): readonly object[] =>
  ids.map((ResourceId) => ({ ResourceType: 'VSwitch', ResourceId }));

const ENTRIES = { ingress_acl_entries: 'UpdateIngressAclEntries', egress_acl_entries: 'UpdateEgressAclEntries' };

/** Entries of a direction replace those that the ACL has. */
function putEntries(id: unknown, values: ActValues, caller: Caller): void {
  const operation = 'Vpc.UpdateNetworkAclEntries';
  const given = Object.entries(ENTRIES).filter(([name]) => blocks(values[name]).length > 0);
  if (given.length === 0) return;

  const { IngressAclEntries, EgressAclEntries } = caller.fill(operation, values);
  const flags = Object.fromEntries(given.map(([, flag]) => [flag, true]));
  caller.call(operation, { NetworkAclId: id, ...flags, IngressAclEntries, EgressAclEntries });
}

function changeResources(id: unknown, were: readonly string[], are: readonly string[], caller: Caller): void {
  const [gone, added] = [without(were, are), without(are, were)];
  if (gone.length > 0) caller.call('Vpc.UnassociateNetworkAcl', { NetworkAclId: id, Resource: resources(gone) });
  if (added.length > 0) caller.call('Vpc.AssociateNetworkAcl', { NetworkAclId: id, Resource: resources(added) });
}

const entries = (values: ActValues): readonly ActValues[] => [...blocks(values['entrys']), ...blocks(values['entry'])];

/** Networks, vSwitches, route tables, peerings, network ACLs and prefix lists. */
export const networkActs: Readonly<Record<string, Act>> = {
  alicloud_vpc: {
    operation: 'Vpc.CreateVpc',
    input: (input, values) => ({ ...input, VpcName: nameOf(values, 'vpc_name') }),
    gives: ['route_table_id', 'router_id'],
    outputs: ({ VpcId, RouteTableId, VRouterId }) => ({
      id: VpcId,
      route_table_id: RouteTableId,
      router_id: VRouterId,
    }),
    after: (values, { id }, caller) => changeBlocks(id, [], secondary(values), caller),
    update: (before, values, caller) => {
      if (isChanged(before, values, 'secondary_cidr_blocks'))
        changeBlocks(before['id'], secondary(before), secondary(values), caller);
    },
    remove: removes('Vpc.DeleteVpc', 'VpcId'),
  },
  alicloud_vpc_ipv4_cidr_block: {
    operation: BLOCK,
    names: { IpVersion: '-' },
    outputs: (_, { VpcId, SecondaryCidrBlock }) => ({ id: `${String(VpcId)}:${String(SecondaryCidrBlock)}` }),
    remove: ({ vpc_id: VpcId, secondary_cidr_block: SecondaryCidrBlock }, caller) =>
      void caller.call(BLOCK_GONE, { VpcId, SecondaryCidrBlock }),
  },
  alicloud_vswitch: {
    operation: 'Vpc.CreateVSwitch',
    input: (input, values, caller) => {
      const ZoneId = zoneOf(input['ZoneId'] ?? word(values['availability_zone']), caller);
      return { ...input, ZoneId, VSwitchName: nameOf(values, 'vswitch_name') };
    },
    outputs: ({ VSwitchId }) => ({ id: VSwitchId }),
    update: unnoticed,
    remove: removes('Vpc.DeleteVSwitch', 'VSwitchId'),
  },
  alicloud_route_table: {
    operation: 'Vpc.CreateRouteTable',
    names: { AssociateType: '-' },
    outputs: ({ RouteTableId }) => ({ id: RouteTableId }),
    update: unnoticed,
    remove: removes('Vpc.DeleteRouteTable', 'RouteTableId'),
  },
  alicloud_route_table_attachment: {
    operation: 'Vpc.AssociateRouteTable',
    outputs: (_, { RouteTableId, VSwitchId }) => ({ id: `${String(RouteTableId)}:${String(VSwitchId)}` }),
    remove: ({ route_table_id: RouteTableId, vswitch_id: VSwitchId }, caller) =>
      void caller.call('Vpc.UnassociateRouteTable', { RouteTableId, VSwitchId }),
  },
  alicloud_route_entry: {
    operation: 'Vpc.CreateRouteEntry',
    names: { RouteEntryName: 'name' },
    outputs: (_, { RouteTableId, DestinationCidrBlock, NextHopId }) => ({
      id: `${String(RouteTableId)}::${String(DestinationCidrBlock)}::${String(NextHopId)}`,
    }),
    update: unnoticed,
    remove: (before, caller) =>
      void caller.call('Vpc.DeleteRouteEntry', {
        RouteTableId: before['route_table_id'],
        DestinationCidrBlock: before['destination_cidrblock'],
        NextHopId: before['nexthop_id'],
      }),
    owners: ['route_table_id'],
  },
  alicloud_vpc_peer_connection: {
    operation: 'VpcPeer.CreateVpcPeerConnection',
    names: { Name: 'peer_connection_name' },
    outputs: ({ InstanceId }) => ({ id: InstanceId }),
    update: unnoticed,
    remove: removes('VpcPeer.DeleteVpcPeerConnection', 'InstanceId'),
    readyMs: PEERED_MS,
  },
  alicloud_network_acl: {
    operation: 'Vpc.CreateNetworkAcl',
    input: (input, values) => ({ ...input, NetworkAclName: nameOf(values, 'network_acl_name') }),
    outputs: ({ NetworkAclId, NetworkAclAttribute }) => ({ id: NetworkAclId ?? NetworkAclAttribute?.NetworkAclId }),
    after: (values, { id }, caller) => {
      putEntries(id, values, caller);
      changeResources(id, [], filtered(values), caller);
    },
    update: (before, values, caller) => {
      const changed = Object.keys(ENTRIES).filter((name) => isChanged(before, values, name));
      putEntries(before['id'], Object.fromEntries(changed.map((name) => [name, values[name]])), caller);
      if (isChanged(before, values, 'resources'))
        changeResources(before['id'], filtered(before), filtered(values), caller);
    },
    remove: (before, caller) => {
      changeResources(before['id'], filtered(before), [], caller);
      caller.call('Vpc.DeleteNetworkAcl', { NetworkAclId: before['id'] });
    },
  },
  alicloud_ecs_prefix_list: {
    operation: 'Ecs.CreatePrefixList',
    outputs: ({ PrefixListId }) => ({ id: PrefixListId }),
    update: (before, values, caller) => {
      if (!isChanged(before, values, 'entry', 'entrys')) return;

      const [were, are] = [entries(before), entries(values)];
      const lacking = (all: readonly ActValues[], others: readonly ActValues[]) =>
        all.filter(({ cidr }) => !others.some((other) => isSame(cidr, other['cidr'])));
      caller.call('Ecs.ModifyPrefixList', {
        PrefixListId: before['id'],
        AddEntry: lacking(are, were).map(({ cidr }) => ({ Cidr: word(cidr) })),
        RemoveEntry: lacking(were, are).map(({ cidr }) => ({ Cidr: word(cidr) })),
      });
    },
    remove: removes('Ecs.DeletePrefixList', 'PrefixListId'),
  },
};
