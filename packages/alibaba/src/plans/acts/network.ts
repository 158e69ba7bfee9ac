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
  amount,
  type Input,
  isSet,
  single,
} from '@postern/core/internal/overlay';
import { nameOf, unnoticed, without, zoneOf, notCarried } from './calls.js';

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

/** The action on a rule: rules of each direction have their own. */
const actionOf = (values: ActValues, action: string): string =>
  `Ecs.${action}SecurityGroup${word(values['type']) === 'egress' ? 'Egress' : ''}`;

/** A rule; one that names nothing is for all addresses. */
function ruleOf(values: ActValues): Input {
  const side = word(values['type']) === 'egress' ? 'Dest' : 'Source';
  const peer: Input = {
    [`Ipv6${side}CidrIp`]: word(values['ipv6_cidr_ip']),
    [`${side}GroupId`]: word(values['source_security_group_id']),
    [`${side}GroupOwnerId`]: amount(values['source_group_owner_account']),
    [`${side}PrefixListId`]: word(values['prefix_list_id']),
  };
  const isNamed = Object.values(peer).some((one) => one !== undefined);
  return {
    SecurityGroupId: word(values['security_group_id']),
    IpProtocol: word(values['ip_protocol']),
    PortRange: word(values['port_range']) ?? '-1/-1',
    Policy: word(values['policy']) ?? 'accept',
    Priority: word(values['priority']) ?? '1',
    ...peer,
    [`${side}CidrIp`]: word(values['cidr_ip']) ?? (isNamed ? undefined : '0.0.0.0/0'),
  };
}

function setPolicy(SecurityGroupId: unknown, before: ActValues, values: ActValues, caller: Caller): void {
  const InnerAccessPolicy = word(values['inner_access_policy']);
  if (isChanged(before, values, 'inner_access_policy'))
    caller.call('Ecs.ModifySecurityGroupPolicy', { SecurityGroupId, InnerAccessPolicy });
}

/** Security groups and their rules. */
export const securityGroupActs: Readonly<Record<string, Act>> = {
  alicloud_security_group: resource('Ecs.CreateSecurityGroup', 'SecurityGroupId', 'Ecs.DeleteSecurityGroup', {
    input: (input, values) => ({ ...input, SecurityGroupName: nameOf(values, 'security_group_name') }),
    after: (values, { id }, caller) => setPolicy(id, {}, values, caller),
    update: (before, values, caller) => setPolicy(before['id'], before, values, caller),
  }),
  alicloud_security_group_rule: {
    create: (values, caller) => {
      const rule = ruleOf(values);
      caller.call(actionOf(values, 'Authorize'), rule);
      return { id: Object.values(rule).join(':') };
    },
    update: unnoticed,
    remove: (before, caller) => void caller.call(actionOf(before, 'Revoke'), ruleOf(before)),
    owners: ['security_group_id'],
  },
};

/** What it takes until a NAT gateway is available. */
const NAT_MS = 120_000;

const address = resource('Vpc.AllocateEipAddress', 'AllocationId', 'Vpc.ReleaseEipAddress', {
  gives: ['ip_address'],
  input: (_, values) => ({ Name: nameOf(values, 'address_name') }),
  outputs: ({ EipAddress }) => ({ ip_address: EipAddress }),
  update: unnoticed,
});

/** NAT gateways and elastic IP addresses, as far as calls to the internet need them. */
export const internetActs: Readonly<Record<string, Act>> = {
  alicloud_nat_gateway: {
    gives: ['snat_table_ids', 'forward_table_ids'],
    operation: 'Vpc.CreateNatGateway',
    input: (_, values) => ({
      VpcId: single(values['vpc_id']),
      VSwitchId: word(values['vswitch_id']) ?? notCarried('a NAT gateway without a vSwitch'),
      Name: nameOf(values, 'nat_gateway_name'),
      NetworkType: word(values['network_type']),
    }),
    outputs: ({ NatGatewayId, SnatTableIds, ForwardTableIds }) => ({
      id: NatGatewayId,
      snat_table_ids: SnatTableIds.SnatTableId.join(),
      forward_table_ids: ForwardTableIds.ForwardTableId.join(),
    }),
    update: unnoticed,
    remove: (before, caller) =>
      void caller.call('Vpc.DeleteNatGateway', { NatGatewayId: before['id'], Force: isSet(before['force']) }),
    readyMs: NAT_MS,
  },
  alicloud_eip: address,
  alicloud_eip_address: address,
  alicloud_eip_association: linked('Vpc.AssociateEipAddress', 'Vpc.UnassociateEipAddress', {
    names: { InstanceType: '-' },
    update: unnoticed,
  }),
  alicloud_snat_entry: linked('Vpc.CreateSnatEntry', 'Vpc.DeleteSnatEntry', {
    gives: ['snat_entry_id'],
    refersBy: ['snat_ip'],
    outputs: ({ SnatEntryId }, { SnatTableId }) => ({
      id: `${String(SnatTableId)}:${String(SnatEntryId)}`,
      snat_entry_id: SnatEntryId,
    }),
    owners: ['snat_table_id'],
  }),
};
