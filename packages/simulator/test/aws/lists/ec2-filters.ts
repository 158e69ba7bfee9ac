import type {
  CustomerGateway,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayAttachmentPropagation,
  TransitGatewayRouteTable,
  TransitGatewayRouteTableAssociation,
  TransitGatewayRouteTablePropagation,
  TransitGatewayVpcAttachment,
  VpnConnection,
  VpnGateway,
  Address,
  LaunchTemplate,
  LaunchTemplateVersion,
  ServiceConfiguration,
  VpcEndpoint,
  VpcEndpointConnection,
  AvailabilityZone,
  Image,
  InstanceCreditSpecification,
  InstanceTypeInfo,
  Volume,
  DhcpOptions,
  EgressOnlyInternetGateway,
  InternetGateway,
  ManagedPrefixList,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  Region,
  Reservation,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  SubnetCidrReservation,
  TagDescription,
  Vpc,
  VpcPeeringConnection,
} from '@aws-sdk/client-ec2';
import { documentedFilters } from './documented-filters.js';
import { instanceFilters } from './instance-filters.js';
import { permissionFilters } from './permission-filters.js';
import type { RichWorld } from './rich-world.js';

type Values = unknown;

/** One list operation: its items and, for each documented filter, an item's values as its answer shows them. */
interface FilteredList<Item> {
  readonly items: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** What the list belongs to, in the rich world. */
  readonly parent?: (world: RichWorld) => Readonly<Record<string, unknown>>;
  /** `undefined`: no item of this simulation ever has such a value; the filter is accepted and nothing matches it. */
  readonly filters: Readonly<Record<string, ((item: Item) => Values) | undefined>>;
}

const list = <Item>(definition: FilteredList<Item>) => definition as unknown as FilteredList<unknown>;

/** The documented filters of a list, most of which compare what its rows do not show. */
const documented = <Item>(name: string, filters: FilteredList<Item>['filters']): FilteredList<Item>['filters'] => ({
  ...Object.fromEntries(
    documentedFilters(name)
      .filter((filter) => filter !== 'tag' && filter !== 'tag-key')
      .map((filter) => [filter, undefined]),
  ),
  ...filters,
});

/**
 * Every documented filter of every list of EC2 that is simulated, except `tag:<key>` and `tag-key`, which all taggable
 * lists share. A test compares the names with the SDK's own documentation.
 */
export const EC2_FILTERS: Readonly<Record<string, FilteredList<unknown>>> = {
  DescribeAvailabilityZones: list<AvailabilityZone>({
    items: 'AvailabilityZones',
    input: { AllAvailabilityZones: true },
    filters: {
      'group-long-name': (zone) => zone.GroupLongName,
      'group-name': (zone) => zone.GroupName,
      message: (zone) => zone.Messages?.map(({ Message }) => Message),
      'opt-in-status': (zone) => zone.OptInStatus,
      'parent-zone-id': (zone) => zone.ParentZoneId,
      'parent-zone-name': (zone) => zone.ParentZoneName,
      'region-name': (zone) => zone.RegionName,
      state: (zone) => zone.State,
      'zone-id': (zone) => zone.ZoneId,
      'zone-name': (zone) => zone.ZoneName,
      'zone-type': (zone) => zone.ZoneType,
    },
  }),
  DescribeDhcpOptions: list<DhcpOptions>({
    items: 'DhcpOptions',
    filters: {
      'dhcp-options-id': (options) => options.DhcpOptionsId,
      key: (options) => options.DhcpConfigurations?.map(({ Key }) => Key),
      value: (options) => options.DhcpConfigurations?.flatMap(({ Values = [] }) => Values.map(({ Value }) => Value)),
      'owner-id': (options) => options.OwnerId,
    },
  }),
  DescribeEgressOnlyInternetGateways: list<EgressOnlyInternetGateway>({
    items: 'EgressOnlyInternetGateways',
    filters: {},
  }),
  DescribeInternetGateways: list<InternetGateway>({
    items: 'InternetGateways',
    filters: {
      'attachment.state': (gateway) => gateway.Attachments?.map(({ State }) => State),
      'attachment.vpc-id': (gateway) => gateway.Attachments?.map(({ VpcId }) => VpcId),
      'internet-gateway-id': (gateway) => gateway.InternetGatewayId,
      'owner-id': (gateway) => gateway.OwnerId,
    },
  }),
  DescribeManagedPrefixLists: list<ManagedPrefixList>({
    items: 'PrefixLists',
    filters: {
      'owner-id': (prefixList) => prefixList.OwnerId,
      'prefix-list-id': (prefixList) => prefixList.PrefixListId,
      'prefix-list-name': (prefixList) => prefixList.PrefixListName,
    },
  }),
  DescribeNetworkAcls: list<NetworkAcl>({
    items: 'NetworkAcls',
    filters: {
      'association.association-id': (acl) => acl.Associations?.map((each) => each.NetworkAclAssociationId),
      'association.network-acl-id': (acl) => acl.Associations?.map((each) => each.NetworkAclId),
      'association.subnet-id': (acl) => acl.Associations?.map((each) => each.SubnetId),
      default: (acl) => acl.IsDefault,
      'entry.cidr': (acl) => acl.Entries?.map((entry) => entry.CidrBlock),
      'entry.icmp.code': (acl) => acl.Entries?.map((entry) => entry.IcmpTypeCode?.Code),
      'entry.icmp.type': (acl) => acl.Entries?.map((entry) => entry.IcmpTypeCode?.Type),
      'entry.ipv6-cidr': (acl) => acl.Entries?.map((entry) => entry.Ipv6CidrBlock),
      'entry.port-range.from': (acl) => acl.Entries?.map((entry) => entry.PortRange?.From),
      'entry.port-range.to': (acl) => acl.Entries?.map((entry) => entry.PortRange?.To),
      'entry.protocol': (acl) => acl.Entries?.map((entry) => entry.Protocol),
      'entry.rule-action': (acl) => acl.Entries?.map((entry) => entry.RuleAction),
      'entry.egress': (acl) => acl.Entries?.map((entry) => entry.Egress),
      'entry.rule-number': (acl) => acl.Entries?.map((entry) => entry.RuleNumber),
      'network-acl-id': (acl) => acl.NetworkAclId,
      'owner-id': (acl) => acl.OwnerId,
      'vpc-id': (acl) => acl.VpcId,
    },
  }),
  DescribeNetworkInterfaces: list<NetworkInterface>({
    items: 'NetworkInterfaces',
    input: { IncludeManagedResources: true },
    filters: {
      'association.allocation-id': (row) => row.Association?.AllocationId,
      'association.association-id': (row) => row.Association?.AssociationId,
      'addresses.association.owner-id': (row) => row.PrivateIpAddresses?.map((each) => each.Association?.IpOwnerId),
      'addresses.association.public-ip': (row) => row.PrivateIpAddresses?.map((each) => each.Association?.PublicIp),
      'addresses.primary': (row) => row.PrivateIpAddresses?.map((each) => each.Primary),
      'addresses.private-ip-address': (row) => row.PrivateIpAddresses?.map((each) => each.PrivateIpAddress),
      'association.ip-owner-id': (row) => row.Association?.IpOwnerId,
      'association.public-ip': (row) => row.Association?.PublicIp,
      'association.public-dns-name': (row) => row.Association?.PublicDnsName,
      'attachment.attach-time': (row) => row.Attachment?.AttachTime?.toISOString(),
      'attachment.attachment-id': (row) => row.Attachment?.AttachmentId,
      'attachment.delete-on-termination': (row) => row.Attachment?.DeleteOnTermination,
      'attachment.device-index': (row) => row.Attachment?.DeviceIndex,
      'attachment.instance-id': (row) => row.Attachment?.InstanceId,
      'attachment.instance-owner-id': (row) => row.Attachment?.InstanceOwnerId,
      'attachment.status': (row) => row.Attachment?.Status,
      'availability-zone': (row) => row.AvailabilityZone,
      'availability-zone-id': (row) => row.AvailabilityZoneId,
      description: (row) => row.Description,
      'group-id': (row) => row.Groups?.map(({ GroupId }) => GroupId),
      'ipv6-addresses.ipv6-address': (row) => row.Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address),
      'interface-type': (row) => row.InterfaceType,
      'mac-address': (row) => row.MacAddress,
      'network-interface-id': (row) => row.NetworkInterfaceId,
      'operator.managed': (row) => row.Operator?.Managed ?? false,
      'operator.principal': (row) => row.Operator?.Principal,
      'owner-id': (row) => row.OwnerId,
      'private-dns-name': (row) => row.PrivateDnsName,
      'private-ip-address': (row) => row.PrivateIpAddresses?.map((each) => each.PrivateIpAddress),
      'requester-id': (row) => row.RequesterId,
      'requester-managed': (row) => row.RequesterManaged,
      'source-dest-check': (row) => row.SourceDestCheck,
      status: (row) => row.Status,
      'subnet-id': (row) => row.SubnetId,
      'vpc-id': (row) => row.VpcId,
    },
  }),
  DescribeAddresses: list<Address>({
    items: 'Addresses',
    filters: documented<Address>('DescribeAddresses', {
      'allocation-id': (address) => address.AllocationId,
      'network-interface-id': (address) => address.NetworkInterfaceId,
      'private-ip-address': (address) => address.PrivateIpAddress,
      'public-ip': (address) => address.PublicIp,
    }),
  }),
  DescribeLaunchTemplates: list<LaunchTemplate>({
    items: 'LaunchTemplates',
    filters: {
      'create-time': (template) => template.CreateTime?.toISOString(),
      'launch-template-name': (template) => template.LaunchTemplateName,
    },
  }),
  DescribeLaunchTemplateVersions: list<LaunchTemplateVersion>({
    items: 'LaunchTemplateVersions',
    input: { LaunchTemplateName: 'web-1' },
    filters: documented<LaunchTemplateVersion>('DescribeLaunchTemplateVersions', {
      'image-id': (version) => version.LaunchTemplateData?.ImageId,
      'instance-type': (version) => version.LaunchTemplateData?.InstanceType,
      'is-default-version': (version) => version.DefaultVersion,
    }),
  }),
  DescribeVpcEndpointConnections: list<VpcEndpointConnection>({
    items: 'VpcEndpointConnections',
    filters: documented<VpcEndpointConnection>('DescribeVpcEndpointConnections', {
      'ip-address-type': (connection) => connection.IpAddressType,
      'service-id': (connection) => connection.ServiceId,
      'vpc-endpoint-id': (connection) => connection.VpcEndpointId,
      'vpc-endpoint-owner': (connection) => connection.VpcEndpointOwner,
      'vpc-endpoint-region': (connection) => connection.VpcEndpointRegion,
      'vpc-endpoint-state': (connection) => connection.VpcEndpointState,
    }),
  }),
  DescribeVpcEndpointServiceConfigurations: list<ServiceConfiguration>({
    items: 'ServiceConfigurations',
    filters: documented<ServiceConfiguration>('DescribeVpcEndpointServiceConfigurations', {
      'service-id': (service) => service.ServiceId,
      'service-name': (service) => service.ServiceName,
      'service-state': (service) => service.ServiceState,
      'supported-ip-address-types': (service) => service.SupportedIpAddressTypes,
    }),
  }),
  DescribeVpcEndpoints: list<VpcEndpoint>({
    items: 'VpcEndpoints',
    filters: documented<VpcEndpoint>('DescribeVpcEndpoints', {
      'service-name': (endpoint) => endpoint.ServiceName,
      'vpc-endpoint-id': (endpoint) => endpoint.VpcEndpointId,
      'vpc-endpoint-state': (endpoint) => endpoint.State,
      'vpc-endpoint-type': (endpoint) => endpoint.VpcEndpointType,
      'vpc-id': (endpoint) => endpoint.VpcId,
    }),
  }),
  DescribeImages: list<Image>({
    items: 'Images',
    filters: documented<Image>('DescribeImages', {
      architecture: (image) => image.Architecture,
      'block-device-mapping.device-name': (image) => image.BlockDeviceMappings?.map(({ DeviceName }) => DeviceName),
      'image-id': (image) => image.ImageId,
      name: (image) => image.Name,
      'owner-id': (image) => image.OwnerId,
      state: (image) => image.State,
    }),
  }),
  DescribeInstanceCreditSpecifications: list<InstanceCreditSpecification>({
    items: 'InstanceCreditSpecifications',
    filters: { 'instance-id': (row) => row.InstanceId },
  }),
  DescribeInstanceTypes: list<InstanceTypeInfo>({
    items: 'InstanceTypes',
    filters: documented<InstanceTypeInfo>('DescribeInstanceTypes', {
      'burstable-performance-supported': (type) => type.BurstablePerformanceSupported,
      'instance-type': (type) => type.InstanceType,
      'memory-info.size-in-mib': (type) => type.MemoryInfo?.SizeInMiB,
      'processor-info.supported-architecture': (type) => type.ProcessorInfo?.SupportedArchitectures,
      'vcpu-info.default-vcpus': (type) => type.VCpuInfo?.DefaultVCpus,
    }),
  }),
  DescribeVolumes: list<Volume>({
    items: 'Volumes',
    filters: documented<Volume>('DescribeVolumes', {
      'attachment.device': (volume) => volume.Attachments?.map(({ Device }) => Device),
      'attachment.instance-id': (volume) => volume.Attachments?.map(({ InstanceId }) => InstanceId),
      'availability-zone': (volume) => volume.AvailabilityZone,
      size: (volume) => volume.Size,
      status: (volume) => volume.State,
      'volume-id': (volume) => volume.VolumeId,
      'volume-type': (volume) => volume.VolumeType,
    }),
  }),
  DescribeInstances: list<Reservation>({ items: 'Reservations', filters: instanceFilters }),
  DescribePrefixLists: list<PrefixList>({
    items: 'PrefixLists',
    filters: {
      'prefix-list-id': (prefixList) => prefixList.PrefixListId,
      'prefix-list-name': (prefixList) => prefixList.PrefixListName,
    },
  }),
  DescribeRegions: list<Region>({
    items: 'Regions',
    input: { AllRegions: true },
    filters: {
      endpoint: (region) => region.Endpoint,
      'opt-in-status': (region) => region.OptInStatus,
      'region-name': (region) => region.RegionName,
    },
  }),
  DescribeRouteTables: list<RouteTable>({
    items: 'RouteTables',
    filters: {
      'association.gateway-id': (table) => table.Associations?.map((each) => each.GatewayId),
      'association.route-table-association-id': (table) =>
        table.Associations?.map((each) => each.RouteTableAssociationId),
      'association.route-table-id': (table) => table.Associations?.map((each) => each.RouteTableId),
      'association.subnet-id': (table) => table.Associations?.map((each) => each.SubnetId),
      'association.main': (table) => table.Associations?.map((each) => each.Main),
      'owner-id': (table) => table.OwnerId,
      'route-table-id': (table) => table.RouteTableId,
      'route.destination-cidr-block': (table) => table.Routes?.map((route) => route.DestinationCidrBlock),
      'route.destination-ipv6-cidr-block': (table) => table.Routes?.map((route) => route.DestinationIpv6CidrBlock),
      'route.destination-prefix-list-id': (table) => table.Routes?.map((route) => route.DestinationPrefixListId),
      'route.egress-only-internet-gateway-id': (table) =>
        table.Routes?.map((route) => route.EgressOnlyInternetGatewayId),
      'route.gateway-id': (table) => table.Routes?.map((route) => route.GatewayId),
      'route.instance-id': (table) => table.Routes?.map((route) => route.InstanceId),
      'route.nat-gateway-id': (table) => table.Routes?.map((route) => route.NatGatewayId),
      'route.transit-gateway-id': (table) => table.Routes?.map((route) => route.TransitGatewayId),
      'route.origin': (table) => table.Routes?.map((route) => route.Origin),
      'route.state': (table) => table.Routes?.map((route) => route.State),
      'route.vpc-peering-connection-id': (table) => table.Routes?.map((route) => route.VpcPeeringConnectionId),
      'vpc-id': (table) => table.VpcId,
    },
  }),
  DescribeSecurityGroupRules: list<SecurityGroupRule>({
    items: 'SecurityGroupRules',
    filters: {
      'group-id': (rule) => rule.GroupId,
      'security-group-rule-id': (rule) => rule.SecurityGroupRuleId,
    },
  }),
  DescribeSecurityGroups: list<SecurityGroup>({
    items: 'SecurityGroups',
    filters: {
      description: (group) => group.Description,
      ...permissionFilters('egress.ip-permission', (group) => group.IpPermissionsEgress),
      'group-id': (group) => group.GroupId,
      'group-name': (group) => group.GroupName,
      ...permissionFilters('ip-permission', (group) => group.IpPermissions),
      'owner-id': (group) => group.OwnerId,
      'vpc-id': (group) => group.VpcId,
    },
  }),
  DescribeSubnets: list<Subnet>({
    items: 'Subnets',
    filters: {
      'availability-zone': (subnet) => subnet.AvailabilityZone,
      'availability-zone-id': (subnet) => subnet.AvailabilityZoneId,
      'available-ip-address-count': (subnet) => subnet.AvailableIpAddressCount,
      'cidr-block': (subnet) => subnet.CidrBlock,
      'customer-owned-ipv4-pool': (subnet) => subnet.CustomerOwnedIpv4Pool,
      'default-for-az': (subnet) => subnet.DefaultForAz,
      'enable-dns64': (subnet) => subnet.EnableDns64,
      'enable-lni-at-device-index': (subnet) => subnet.EnableLniAtDeviceIndex,
      'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) =>
        subnet.Ipv6CidrBlockAssociationSet?.map((each) => each.Ipv6CidrBlock),
      'ipv6-cidr-block-association.association-id': (subnet) =>
        subnet.Ipv6CidrBlockAssociationSet?.map((each) => each.AssociationId),
      'ipv6-cidr-block-association.state': (subnet) =>
        subnet.Ipv6CidrBlockAssociationSet?.map((each) => each.Ipv6CidrBlockState?.State),
      'ipv6-native': (subnet) => subnet.Ipv6Native,
      'map-customer-owned-ip-on-launch': (subnet) => subnet.MapCustomerOwnedIpOnLaunch,
      'map-public-ip-on-launch': (subnet) => subnet.MapPublicIpOnLaunch,
      'outpost-arn': (subnet) => subnet.OutpostArn,
      'owner-id': (subnet) => subnet.OwnerId,
      'private-dns-name-options-on-launch.hostname-type': (subnet) =>
        subnet.PrivateDnsNameOptionsOnLaunch?.HostnameType,
      'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': (subnet) =>
        subnet.PrivateDnsNameOptionsOnLaunch?.EnableResourceNameDnsARecord,
      'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': (subnet) =>
        subnet.PrivateDnsNameOptionsOnLaunch?.EnableResourceNameDnsAAAARecord,
      state: (subnet) => subnet.State,
      'subnet-arn': (subnet) => subnet.SubnetArn,
      'subnet-id': (subnet) => subnet.SubnetId,
      'vpc-id': (subnet) => subnet.VpcId,
    },
  }),
  DescribeTags: list<TagDescription>({
    items: 'Tags',
    filters: {
      key: (tag) => tag.Key,
      'resource-id': (tag) => tag.ResourceId,
      'resource-type': (tag) => tag.ResourceType,
      value: (tag) => tag.Value,
    },
  }),
  DescribeCustomerGateways: list<CustomerGateway>({
    items: 'CustomerGateways',
    filters: {
      'bgp-asn': (gateway) => gateway.BgpAsn,
      'customer-gateway-id': (gateway) => gateway.CustomerGatewayId,
      'ip-address': (gateway) => gateway.IpAddress,
      state: (gateway) => gateway.State,
      type: (gateway) => gateway.Type,
    },
  }),
  DescribeTransitGatewayAttachments: list<TransitGatewayAttachment>({
    items: 'TransitGatewayAttachments',
    filters: {
      'association.state': (attachment) => attachment.Association?.State,
      'association.transit-gateway-route-table-id': (attachment) => attachment.Association?.TransitGatewayRouteTableId,
      'resource-id': (attachment) => attachment.ResourceId,
      'resource-owner-id': (attachment) => attachment.ResourceOwnerId,
      'resource-type': (attachment) => attachment.ResourceType,
      state: (attachment) => attachment.State,
      'transit-gateway-attachment-id': (attachment) => attachment.TransitGatewayAttachmentId,
      'transit-gateway-id': (attachment) => attachment.TransitGatewayId,
      'transit-gateway-owner-id': (attachment) => attachment.TransitGatewayOwnerId,
    },
  }),
  DescribeTransitGatewayRouteTables: list<TransitGatewayRouteTable>({
    items: 'TransitGatewayRouteTables',
    filters: {
      'default-association-route-table': (table) => table.DefaultAssociationRouteTable,
      'default-propagation-route-table': (table) => table.DefaultPropagationRouteTable,
      state: (table) => table.State,
      'transit-gateway-id': (table) => table.TransitGatewayId,
      'transit-gateway-route-table-id': (table) => table.TransitGatewayRouteTableId,
    },
  }),
  DescribeTransitGatewayVpcAttachments: list<TransitGatewayVpcAttachment>({
    items: 'TransitGatewayVpcAttachments',
    filters: {
      state: (attachment) => attachment.State,
      'transit-gateway-attachment-id': (attachment) => attachment.TransitGatewayAttachmentId,
      'transit-gateway-id': (attachment) => attachment.TransitGatewayId,
      'vpc-id': (attachment) => attachment.VpcId,
    },
  }),
  DescribeTransitGateways: list<TransitGateway>({
    items: 'TransitGateways',
    filters: {
      'options.amazon-side-asn': ({ Options }) => Options?.AmazonSideAsn,
      'options.association-default-route-table-id': ({ Options }) => Options?.AssociationDefaultRouteTableId,
      'options.auto-accept-shared-attachments': ({ Options }) => Options?.AutoAcceptSharedAttachments,
      'options.default-route-table-association': ({ Options }) => Options?.DefaultRouteTableAssociation,
      'options.default-route-table-propagation': ({ Options }) => Options?.DefaultRouteTablePropagation,
      'options.dns-support': ({ Options }) => Options?.DnsSupport,
      'options.propagation-default-route-table-id': ({ Options }) => Options?.PropagationDefaultRouteTableId,
      'options.vpn-ecmp-support': ({ Options }) => Options?.VpnEcmpSupport,
      'owner-id': (gateway) => gateway.OwnerId,
      state: (gateway) => gateway.State,
      'transit-gateway-id': (gateway) => gateway.TransitGatewayId,
    },
  }),
  DescribeVpcPeeringConnections: list<VpcPeeringConnection>({
    items: 'VpcPeeringConnections',
    filters: {
      'accepter-vpc-info.cidr-block': ({ AccepterVpcInfo }) => AccepterVpcInfo?.CidrBlock,
      'accepter-vpc-info.owner-id': ({ AccepterVpcInfo }) => AccepterVpcInfo?.OwnerId,
      'accepter-vpc-info.vpc-id': ({ AccepterVpcInfo }) => AccepterVpcInfo?.VpcId,
      'expiration-time': ({ ExpirationTime }) => ExpirationTime?.toISOString(),
      'requester-vpc-info.cidr-block': ({ RequesterVpcInfo }) => RequesterVpcInfo?.CidrBlock,
      'requester-vpc-info.owner-id': ({ RequesterVpcInfo }) => RequesterVpcInfo?.OwnerId,
      'requester-vpc-info.vpc-id': ({ RequesterVpcInfo }) => RequesterVpcInfo?.VpcId,
      'status-code': ({ Status }) => Status?.Code,
      'status-message': ({ Status }) => Status?.Message,
      'vpc-peering-connection-id': (peering) => peering.VpcPeeringConnectionId,
    },
  }),
  DescribeVpcs: list<Vpc>({
    items: 'Vpcs',
    filters: {
      cidr: (vpc) => vpc.CidrBlock,
      'cidr-block-association.cidr-block': (vpc) => vpc.CidrBlockAssociationSet?.map((each) => each.CidrBlock),
      'cidr-block-association.association-id': (vpc) => vpc.CidrBlockAssociationSet?.map((each) => each.AssociationId),
      'cidr-block-association.state': (vpc) => vpc.CidrBlockAssociationSet?.map((each) => each.CidrBlockState?.State),
      'dhcp-options-id': (vpc) => vpc.DhcpOptionsId,
      'ipv6-cidr-block-association.ipv6-cidr-block': (vpc) =>
        vpc.Ipv6CidrBlockAssociationSet?.map((each) => each.Ipv6CidrBlock),
      'ipv6-cidr-block-association.ipv6-pool': (vpc) => vpc.Ipv6CidrBlockAssociationSet?.map((each) => each.Ipv6Pool),
      'ipv6-cidr-block-association.association-id': (vpc) =>
        vpc.Ipv6CidrBlockAssociationSet?.map((each) => each.AssociationId),
      'ipv6-cidr-block-association.state': (vpc) =>
        vpc.Ipv6CidrBlockAssociationSet?.map((each) => each.Ipv6CidrBlockState?.State),
      'is-default': (vpc) => vpc.IsDefault,
      'owner-id': (vpc) => vpc.OwnerId,
      state: (vpc) => vpc.State,
      'vpc-id': (vpc) => vpc.VpcId,
    },
  }),
  GetSubnetCidrReservations: list<SubnetCidrReservation>({
    items: 'SubnetIpv4CidrReservations',
    parent: ({ subnetId }) => ({ SubnetId: subnetId }),
    filters: {
      reservationType: (reservation) => reservation.ReservationType,
      'subnet-id': (reservation) => reservation.SubnetId,
    },
  }),
  DescribeVpnConnections: list<VpnConnection>({
    items: 'VpnConnections',
    filters: {
      'bgp-asn': undefined,
      'customer-gateway-configuration': undefined,
      'customer-gateway-id': (connection) => connection.CustomerGatewayId,
      'option.static-routes-only': ({ Options }) => Options?.StaticRoutesOnly,
      'route.destination-cidr-block': ({ Routes }) => Routes?.map((route) => route.DestinationCidrBlock),
      state: (connection) => connection.State,
      'transit-gateway-id': (connection) => connection.TransitGatewayId,
      type: (connection) => connection.Type,
      'vpn-connection-id': (connection) => connection.VpnConnectionId,
      'vpn-gateway-id': (connection) => connection.VpnGatewayId,
    },
  }),
  DescribeVpnGateways: list<VpnGateway>({
    items: 'VpnGateways',
    filters: {
      'amazon-side-asn': (gateway) => gateway.AmazonSideAsn,
      'attachment.state': ({ VpcAttachments }) => VpcAttachments?.map(({ State }) => State),
      'attachment.vpc-id': ({ VpcAttachments }) => VpcAttachments?.map(({ VpcId }) => VpcId),
      'availability-zone': (gateway) => gateway.AvailabilityZone,
      state: (gateway) => gateway.State,
      type: (gateway) => gateway.Type,
      'vpn-gateway-id': (gateway) => gateway.VpnGatewayId,
    },
  }),
  GetTransitGatewayAttachmentPropagations: list<TransitGatewayAttachmentPropagation>({
    items: 'TransitGatewayAttachmentPropagations',
    parent: ({ attachmentId }) => ({ TransitGatewayAttachmentId: attachmentId }),
    filters: { 'transit-gateway-route-table-id': (row) => row.TransitGatewayRouteTableId },
  }),
  GetTransitGatewayRouteTableAssociations: list<TransitGatewayRouteTableAssociation>({
    items: 'Associations',
    parent: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
    filters: {
      'resource-id': (row) => row.ResourceId,
      'resource-type': (row) => row.ResourceType,
      'transit-gateway-attachment-id': (row) => row.TransitGatewayAttachmentId,
    },
  }),
  GetTransitGatewayRouteTablePropagations: list<TransitGatewayRouteTablePropagation>({
    items: 'TransitGatewayRouteTablePropagations',
    parent: ({ transitTableId }) => ({ TransitGatewayRouteTableId: transitTableId }),
    filters: {
      'resource-id': (row) => row.ResourceId,
      'resource-type': (row) => row.ResourceType,
      'transit-gateway-attachment-id': (row) => row.TransitGatewayAttachmentId,
    },
  }),
};
