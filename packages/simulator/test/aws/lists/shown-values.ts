const permissions = (filters: string, members: string) => ({
  [`${filters}.cidr`]: `${members}.ip-ranges.cidr-ip`,
  [`${filters}.from-port`]: `${members}.from-port`,
  [`${filters}.group-id`]: `${members}.user-id-group-pairs.group-id`,
  [`${filters}.ipv6-cidr`]: `${members}.ipv6-ranges.cidr-ipv6`,
  [`${filters}.prefix-list-id`]: `${members}.prefix-list-ids.prefix-list-id`,
  [`${filters}.protocol`]: `${members}.ip-protocol`,
  [`${filters}.to-port`]: `${members}.to-port`,
  [`${filters}.user-id`]: `${members}.user-id-group-pairs.user-id`,
});

/** Filters that are not named after the member that shows their values, with the path of that member. */
const PATHS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DescribeDhcpOptions: { key: 'dhcp-configurations.key', value: 'dhcp-configurations.values.value' },
  DescribeImages: { 'is-public': 'public', 'owner-alias': 'image-owner-alias' },
  DescribeInstances: {
    'availability-zone': 'placement.availability-zone',
    'availability-zone-id': 'placement.availability-zone-id',
    'block-device-mapping.attach-time': 'block-device-mappings.ebs.attach-time',
    'block-device-mapping.delete-on-termination': 'block-device-mappings.ebs.delete-on-termination',
    'block-device-mapping.status': 'block-device-mappings.ebs.status',
    'block-device-mapping.volume-id': 'block-device-mappings.ebs.volume-id',
    'instance-state-code': 'state.code',
    'instance-state-name': 'state.name',
    'instance.group-id': 'security-groups.group-id',
    'instance.group-name': 'security-groups.group-name',
    'launch-index': 'ami-launch-index',
    'monitoring-state': 'monitoring.state',
    'network-interface.addresses.primary': 'network-interfaces.private-ip-addresses.primary',
    'network-interface.addresses.private-dns-name': 'network-interfaces.private-ip-addresses.private-dns-name',
    'network-interface.addresses.private-ip-address': 'network-interfaces.private-ip-addresses.private-ip-address',
    'network-interface.attachment.instance-id': 'instance-id',
    'network-interface.attachment.instance-owner-id': 'network-interfaces.owner-id',
    'network-interface.availability-zone': 'placement.availability-zone',
    'network-interface.group-id': 'network-interfaces.groups.group-id',
    'network-interface.group-name': 'network-interfaces.groups.group-name',
    'network-interface.ipv6-address': 'network-interfaces.ipv6-addresses.ipv6-address',
    'network-interface.ipv6-addresses.ipv6-address': 'network-interfaces.ipv6-addresses.ipv6-address',
    reason: 'state-transition-reason',
    'state-reason-code': 'state-reason.code',
    'state-reason-message': 'state-reason.message',
    tenancy: 'placement.tenancy',
  },
  DescribeLaunchTemplateVersions: {
    'image-id': 'launch-template-data.image-id',
    'instance-type': 'launch-template-data.instance-type',
    'is-default-version': 'default-version',
  },
  DescribeNetworkAcls: {
    'association.association-id': 'associations.network-acl-association-id',
    default: 'is-default',
    'entry.cidr': 'entries.cidr-block',
    'entry.egress': 'entries.egress',
    'entry.icmp.code': 'entries.icmp-type-code.code',
    'entry.icmp.type': 'entries.icmp-type-code.type',
    'entry.ipv6-cidr': 'entries.ipv6-cidr-block',
    'entry.port-range.from': 'entries.port-range.from',
    'entry.port-range.to': 'entries.port-range.to',
    'entry.protocol': 'entries.protocol',
    'entry.rule-action': 'entries.rule-action',
    'entry.rule-number': 'entries.rule-number',
  },
  DescribeNetworkInsightsAnalyses: { 'path-found': 'network-path-found' },
  DescribeNetworkInterfaces: {
    'addresses.association.owner-id': 'private-ip-addresses.association.ip-owner-id',
    'addresses.association.public-ip': 'private-ip-addresses.association.public-ip',
    'addresses.primary': 'private-ip-addresses.primary',
    'addresses.private-ip-address': 'private-ip-addresses.private-ip-address',
    'group-id': 'groups.group-id',
    'private-ip-address': 'private-ip-addresses.private-ip-address',
  },
  DescribeSecurityGroups: {
    ...permissions('ip-permission', 'ip-permissions'),
    ...permissions('egress.ip-permission', 'ip-permissions-egress'),
  },
  DescribeVolumes: { status: 'state' },
  DescribeVpcEndpoints: { 'vpc-endpoint-state': 'state' },
  DescribeVpcPeeringConnections: { 'status-code': 'status.code', 'status-message': 'status.message' },
  DescribeVpcs: {
    cidr: 'cidr-block',
    'cidr-block-association.state': 'cidr-block-association-set.cidr-block-state.state',
    'ipv6-cidr-block-association.state': 'ipv6-cidr-block-association-set.ipv6-cidr-block-state.state',
  },
  DescribeSubnets: {
    'ipv6-cidr-block-association.state': 'ipv6-cidr-block-association-set.ipv6-cidr-block-state.state',
  },
  DescribeVpnConnections: { 'option.static-routes-only': 'options.static-routes-only' },
  DescribeVpnGateways: { 'attachment.state': 'vpc-attachments.state', 'attachment.vpc-id': 'vpc-attachments.vpc-id' },
};

/** The values that an item of a list shows for a filter: `ebs-info.nvme-support` is its `EbsInfo.NvmeSupport`. */
export function shownValues(list: string, filter: string, item: object): string[] {
  const path = (PATHS[list]?.[filter] ?? filter).replaceAll('-', '').split('.').map(singular).join('.');
  return leavesOf(item).flatMap(([at, value]) => (at === path || at === `instance.${path}` ? value : []));
}

type Leaf = readonly [path: string, value: string];
const known = new WeakMap<object, readonly Leaf[]>();
function leavesOf(item: object): readonly Leaf[] {
  const leaves = known.get(item) ?? leavesBelow(item, []);
  known.set(item, leaves);
  return leaves;
}

const singular = (name: string): string => name.toLowerCase().replace(/(s|set)$/, '');

/** Every value in an answer with its path, of singulars in lower case. The members of a list add no step. */
function leavesBelow(value: unknown, steps: readonly string[]): Leaf[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leavesBelow(item, steps));
  if (value instanceof Date) return [[steps.join('.'), value.toISOString()]];
  if (typeof value !== 'object') return [[steps.join('.'), String(value as string)]];
  return Object.entries(value).flatMap(([name, member]) => leavesBelow(member, [...steps, singular(name)]));
}
