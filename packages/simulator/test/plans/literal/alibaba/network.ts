import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import { entries, type Apply, type Area, type Change, type Values } from '../area.js';
import type { Existing } from './world.js';

/** vSwitches, security groups with rules, a network ACL and routes, in a network that exists. */
export function network(existing: Existing): Area {
  return {
    valid: () => ({
      vSwitches: {
        spare: { name: 'spare', block: '10.0.9.0/24', zone: 'cn-hangzhou-j' },
        other: { name: 'other', block: '10.0.10.0/24', zone: 'cn-hangzhou-k' },
      },
      groups: { web: { name: 'web', type: 'normal' }, other: { name: 'other', type: 'normal' } },
      rules: [rule({}), rule({ group: 'other', protocol: 'udp', ports: '53/53' })],
      acl: {
        switches: ['spare'],
        in: [{ policy: 'accept', protocol: 'all', port: '-1/-1', block: '0.0.0.0/0' }],
        out: [{ policy: 'accept', protocol: 'all', port: '-1/-1', block: '0.0.0.0/0' }],
      },
      again: null,
      hops: [{ block: '172.20.0.0/16' }, { block: '172.21.0.0/16' }],
    }),
    changes: changes(),
    resources: (values) => resources(values, existing),
    apply: (values, one) => apply(values, one, existing),
  };
}

function rule(more: Values): Values {
  return {
    group: 'web',
    type: 'ingress',
    protocol: 'tcp',
    ports: '80/80',
    block: '10.0.0.0/16',
    from: null,
    policy: 'accept',
    priority: 1,
    ...more,
  };
}

const NAMES = ['spare', 'a', 'http://a', '1a', 'n'.repeat(128), 'n'.repeat(129)];

function changes(): readonly Change[] {
  const BLOCKS = [
    '10.0.9.0/24',
    '10.0.9.0/25',
    '10.0.3.0/24',
    '10.1.0.0/24',
    '10.0.9.0/30',
    '10.0.9.1/24',
    '10.0.0.0/15',
  ];
  const PORTS = ['80/80', '1/65535', '-1/-1', '80', '81/80', '0/80', '80/70000'];
  const some = ['spare', 'other'] as const;
  return [
    ({ vSwitches }, random) => (vSwitches[random.pick(some)].block = random.pick(BLOCKS)),
    ({ vSwitches }, random) => (vSwitches[random.pick(some)].zone = random.pick(['cn-hangzhou-j', 'cn-hangzhou-zz'])),
    ({ vSwitches }, random) => (vSwitches[random.pick(some)].name = random.pick(NAMES)),
    ({ groups }, random) => (groups[random.pick(['web', 'other'])].name = random.pick(NAMES)),
    ({ groups }, random) => (groups[random.pick(['web', 'other'])].type = random.pick(['normal', 'enterprise'])),
    ({ rules }, random) => (random.pick(rules as Values[])['ports'] = random.pick(PORTS)),
    ({ rules }, random) =>
      (random.pick(rules as Values[])['protocol'] = random.pick(['tcp', 'udp', 'icmp', 'all', 'gre', 'sctp'])),
    ({ rules }, random) => (random.pick(rules as Values[])['priority'] = random.pick([1, 100, 101, 0])),
    ({ rules }, random) => (random.pick(rules as Values[])['policy'] = random.pick(['accept', 'drop', 'allow'])),
    ({ rules }, random) => {
      const one = random.pick(rules as Values[]);
      one['block'] = null;
      one['from'] = random.pick(['web', 'other']);
    },
    ({ rules }, random) => (random.pick(rules as Values[])['block'] = random.pick(['10.0.0.0/16', '10.0.0.0/33'])),
    ({ acl }, random) => {
      const entry = acl[random.pick(['in', 'out'])][0];
      entry.protocol = random.pick(['all', 'tcp', 'icmp', 'sctp']);
      entry.port = random.pick(['-1/-1', '80/80', '1/65535', '90/80']);
    },
    ({ acl }, random) => (acl.in[0].policy = random.pick(['accept', 'drop', 'deny'])),
    ({ acl }, random) => (acl.out[0].block = random.pick(['0.0.0.0/0', '10.0.0.0/16', '10.0.0.1/16', '10.0.0.1'])),
    (values, random) => (values['again'] = random.pick(some)),
    ({ rules }, random) =>
      (random.pick(rules as Values[])['block'] = random.pick(['0.0.0.0/0', '10.0.0.1/16', '10.0.0.1', '300.0.0.0/8'])),
    ({ rules }, random) => rules.push({ ...random.pick(rules as Values[]) }),
    ({ rules }, random) => (random.pick(rules as Values[])['type'] = random.pick(['ingress', 'egress'])),
    ({ hops }, random) => hops.push({ block: random.pick(['172.20.0.0/16', '172.23.0.0/16', '0.0.0.0/0']) }),
    ({ acl }, random) => (acl.switches = random.pick([['spare'], ['spare', 'other'], ['other']])),
    ({ hops }, random) =>
      (random.pick(hops as Values[])['block'] = random.pick([
        '172.20.0.0/16',
        '10.0.3.0/24',
        '10.0.3.0/25',
        '10.0.9.0/24',
        '100.64.0.0/10',
        '172.22.0.1/16',
      ])),
  ];
}

function resources(values: Values, { vpcId, serverId }: Existing): readonly Resource[] {
  const group = (name: string) => id(`alicloud_security_group.${name}`);
  const entriesOf = (list: readonly Values[], block: string) =>
    list.map((one) => ({ policy: one['policy'], protocol: one['protocol'], port: one['port'], [block]: one['block'] }));
  const acl = (name: string, switches: readonly string[], more: Values): Resource => ({
    address: `alicloud_network_acl.${name}`,
    after: { vpc_id: vpcId, ...more, resources: switches.map(() => ({ resource_type: 'VSwitch' })) },
    refs: Object.fromEntries(switches.map((one, at) => [`resources.${at}.resource_id`, id(`alicloud_vswitch.${one}`)])),
  });
  return [
    ...entries(values['vSwitches']).map(([key, { name, block, zone }]) => ({
      address: `alicloud_vswitch.${key}`,
      after: { vpc_id: vpcId, vswitch_name: name, cidr_block: block, zone_id: zone },
    })),
    ...entries(values['groups']).map(([key, { name, type }]) => ({
      address: `alicloud_security_group.${key}`,
      after: { vpc_id: vpcId, security_group_name: name, security_group_type: type },
    })),
    ...values['rules'].map((one: Values, at: number) => ({
      address: `alicloud_security_group_rule.r${at}`,
      after: {
        type: one['type'],
        ip_protocol: one['protocol'],
        port_range: one['ports'],
        ...(one['block'] === null ? {} : { cidr_ip: one['block'] }),
        policy: one['policy'],
        priority: one['priority'],
      },
      refs: {
        security_group_id: group(one['group']),
        ...(one['from'] === null ? {} : { source_security_group_id: group(one['from']) }),
      },
    })),
    acl('main', values['acl'].switches, {
      ingress_acl_entries: entriesOf(values['acl'].in, 'source_cidr_ip'),
      egress_acl_entries: entriesOf(values['acl'].out, 'destination_cidr_ip'),
    }),
    ...(values['again'] === null ? [] : [acl('again', [values['again']], {})]),
    { address: 'alicloud_route_table.main', after: { vpc_id: vpcId, route_table_name: 'main' } },
    ...values['hops'].map(({ block }: Values, at: number) => ({
      address: `alicloud_route_entry.r${at}`,
      after: { destination_cidrblock: block, nexthop_type: 'Instance', nexthop_id: serverId },
      refs: { route_table_id: id('alicloud_route_table.main') },
    })),
  ];
}

function apply(values: Values, { create, call, ids }: Apply, { vpcId: VpcId, serverId }: Existing): void {
  for (const [key, { name, block, zone }] of entries(values['vSwitches'])) {
    const address = `alicloud_vswitch.${key}`;
    const input = { VpcId, VSwitchName: name, CidrBlock: block, ZoneId: zone };
    ids[address] = create('Vpc', 'CreateVSwitch', input).VSwitchId;
  }
  for (const [key, { name, type }] of entries(values['groups'])) {
    const address = `alicloud_security_group.${key}`;
    const input = { VpcId, SecurityGroupName: name, SecurityGroupType: type };
    ids[address] = create('Ecs', 'CreateSecurityGroup', input).SecurityGroupId;
  }
  values['rules'].forEach((one: Values) => {
    const isOut = one['type'] === 'egress';
    const operation = isOut ? 'AuthorizeSecurityGroupEgress' : 'AuthorizeSecurityGroup';
    const peer = isOut ? 'Dest' : 'Source';
    create('Ecs', operation, {
      SecurityGroupId: ids[`alicloud_security_group.${one['group']}`],
      IpProtocol: one['protocol'],
      PortRange: one['ports'],
      [`${peer}CidrIp`]: one['block'],
      [`${peer}GroupId`]: one['from'] === null ? null : ids[`alicloud_security_group.${one['from']}`],
      Policy: one['policy'],
      Priority: String(one['priority']),
    });
  });
  const bind = (NetworkAclId: string, switches: readonly string[]): void => {
    const Resource = switches.map((one) => ({ ResourceType: 'VSwitch', ResourceId: ids[`alicloud_vswitch.${one}`] }));
    call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource });
  };
  const entriesOf = (list: readonly Values[], side: string): readonly Values[] =>
    list.map((one) => ({ Policy: one['policy'], Protocol: one['protocol'], Port: one['port'], [side]: one['block'] }));
  const { NetworkAclId } = create('Vpc', 'CreateNetworkAcl', { VpcId });
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: entriesOf(values['acl'].in, 'SourceCidrIp'),
    UpdateEgressAclEntries: true,
    EgressAclEntries: entriesOf(values['acl'].out, 'DestinationCidrIp'),
  });
  bind(NetworkAclId, values['acl'].switches);
  if (values['again'] !== null) bind(call('Vpc', 'CreateNetworkAcl', { VpcId }).NetworkAclId, [values['again']]);
  const { RouteTableId } = create('Vpc', 'CreateRouteTable', { VpcId, RouteTableName: 'main' });
  values['hops'].forEach(({ block }: Values) =>
    create('Vpc', 'CreateRouteEntry', {
      RouteTableId,
      DestinationCidrBlock: block,
      NextHopType: 'Instance',
      NextHopId: serverId,
    }),
  );
}
