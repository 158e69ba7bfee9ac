import {
  blockChange,
  blocks,
  isChanged,
  linked,
  listChange,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { nameOf, policyOf, unnoticed, without, zoneOf } from './calls.js';

/** What it takes until two networks are connected. */
const PEERED_MS = 60_000;

const BLOCK = 'Vpc.AssociateVpcCidrBlock';
const BLOCK_GONE = 'Vpc.UnassociateVpcCidrBlock';

function changeBlocks(VpcId: unknown, before: ActValues, values: ActValues, caller: Caller): void {
  const [gone = [], added = []] = listChange(before, values, 'secondary_cidr_blocks');
  for (const SecondaryCidrBlock of gone) caller.call(BLOCK_GONE, { VpcId, SecondaryCidrBlock });
  for (const SecondaryCidrBlock of added) caller.call(BLOCK, { VpcId, SecondaryCidrBlock });
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
  for (const [name] of given) blocks(values[name]).forEach(policyOf);
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

/** Networks, vSwitches, route tables, peerings, network ACLs and prefix lists. */
export const networkActs: Readonly<Record<string, Act>> = {
  alicloud_vpc: resource('Vpc.CreateVpc', 'VpcId', 'Vpc.DeleteVpc', {
    input: (input, values) => ({ ...input, VpcName: nameOf(values, 'vpc_name') }),
    gives: ['route_table_id', 'router_id'],
    outputs: ({ RouteTableId, VRouterId }) => ({ route_table_id: RouteTableId, router_id: VRouterId }),
    after: (values, { id }, caller) => changeBlocks(id, {}, values, caller),
    update: (before, values, caller) => changeBlocks(before['id'], before, values, caller),
  }),
  alicloud_vpc_ipv4_cidr_block: linked(BLOCK, BLOCK_GONE, { names: { IpVersion: '-' } }),
  alicloud_vswitch: resource('Vpc.CreateVSwitch', 'VSwitchId', 'Vpc.DeleteVSwitch', {
    input: (input, values, caller) => {
      const ZoneId = zoneOf(input['ZoneId'] ?? word(values['availability_zone']), caller);
      return { ...input, ZoneId, VSwitchName: nameOf(values, 'vswitch_name') };
    },
    update: unnoticed,
  }),
  alicloud_route_table: resource('Vpc.CreateRouteTable', 'RouteTableId', 'Vpc.DeleteRouteTable', {
    names: { AssociateType: '-' },
    update: unnoticed,
  }),
  alicloud_route_table_attachment: linked('Vpc.AssociateRouteTable', 'Vpc.UnassociateRouteTable'),
  alicloud_route_entry: linked('Vpc.CreateRouteEntry', 'Vpc.DeleteRouteEntry', {
    names: { RouteEntryName: 'name' },
    update: unnoticed,
    owners: ['route_table_id'],
  }),
  alicloud_vpc_peer_connection: resource(
    'VpcPeer.CreateVpcPeerConnection',
    'InstanceId',
    'VpcPeer.DeleteVpcPeerConnection',
    { names: { Name: 'peer_connection_name' }, update: unnoticed, readyMs: PEERED_MS },
  ),
  alicloud_network_acl: {
    operation: 'Vpc.CreateNetworkAcl',
    input: (input, values) => ({ ...input, NetworkAclName: nameOf(values, 'network_acl_name') }),
    outputs: ({ NetworkAclId, NetworkAclAttribute }) => ({ id: NetworkAclId ?? NetworkAclAttribute?.NetworkAclId }),
    after: (values, { id }, caller) => {
      try {
        putEntries(id, values, caller);
      } finally {
        // One whose entries are not known filters its vSwitches all the same.
        changeResources(id, [], filtered(values), caller);
      }
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
  alicloud_ecs_prefix_list: resource('Ecs.CreatePrefixList', 'PrefixListId', 'Ecs.DeletePrefixList', {
    update: (before, values, caller) => {
      for (const name of ['entrys', 'entry'].filter((one) => isChanged(before, values, one))) {
        const changed = blockChange(before, values, name, ({ cidr }) => cidr);
        const [RemoveEntry, AddEntry] = changed.map((all) => all.map(({ cidr }) => ({ Cidr: word(cidr) })));
        caller.call('Ecs.ModifyPrefixList', { PrefixListId: before['id'], AddEntry, RemoveEntry });
      }
    },
  }),
};
