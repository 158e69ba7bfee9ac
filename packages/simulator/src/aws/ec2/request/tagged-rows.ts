import type { ResourceType } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/service-error.js';
import type { Ec2State } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import { checkId, ID, notFound, type IdKind } from './ids.js';

/** Something that bears tags. */
interface TaggedRow {
  readonly id: string;
  readonly tags: TagRow;
}

interface Taggable {
  readonly type: ResourceType;
  readonly kind: IdKind;
  readonly rows: (ec2: Ec2State) => ReadonlyMap<string, TaggedRow>;
}

/** All taggable resources, by the prefix of their IDs. The longer of two prefixes comes first. */
const TAGGABLE: readonly Taggable[] = [
  { type: 'vpc', kind: ID.vpc, rows: (ec2) => ec2.vpcs },
  { type: 'subnet', kind: ID.subnet, rows: (ec2) => ec2.subnets },
  { type: 'security-group', kind: ID.securityGroup, rows: (ec2) => ec2.securityGroups },
  { type: 'security-group-rule', kind: ID.rule, rows: (ec2) => ec2.securityGroupRules },
  { type: 'network-interface', kind: ID.networkInterface, rows: (ec2) => ec2.interfaces },
  { type: 'instance', kind: ID.instance, rows: (ec2) => ec2.instances },
  { type: 'natgateway', kind: ID.natGateway, rows: (ec2) => ec2.natGateways },
  { type: 'elastic-ip', kind: ID.allocation, rows: (ec2) => ec2.elasticIps },
  { type: 'vpc-endpoint', kind: ID.vpcEndpoint, rows: (ec2) => ec2.vpcEndpoints },
  { type: 'launch-template', kind: ID.launchTemplate, rows: (ec2) => ec2.launchTemplates },
  { type: 'volume', kind: ID.volume, rows: (ec2) => ec2.volumes },
  { type: 'route-table', kind: ID.routeTable, rows: (ec2) => ec2.routeTables },
  { type: 'network-acl', kind: ID.networkAcl, rows: (ec2) => ec2.networkAcls },
  { type: 'prefix-list', kind: ID.prefixList, rows: (ec2) => ec2.prefixLists },
  { type: 'internet-gateway', kind: ID.internetGateway, rows: (ec2) => ec2.internetGateways },
  { type: 'egress-only-internet-gateway', kind: ID.egressOnlyGateway, rows: (ec2) => ec2.egressOnlyGateways },
  { type: 'dhcp-options', kind: ID.dhcpOptions, rows: (ec2) => ec2.dhcpOptions },
  { type: 'subnet-cidr-reservation', kind: ID.reservation, rows: (ec2) => ec2.cidrReservations },
  { type: 'vpc-peering-connection', kind: ID.peering, rows: (ec2) => ec2.peerings },
  {
    type: 'transit-gateway-attachment',
    kind: ID.transitGatewayAttachment,
    rows: (ec2) => ec2.transitGatewayAttachments,
  },
  {
    type: 'transit-gateway-route-table',
    kind: ID.transitGatewayRouteTable,
    rows: (ec2) => ec2.transitGatewayRouteTables,
  },
  { type: 'transit-gateway', kind: ID.transitGateway, rows: (ec2) => ec2.transitGateways },
  { type: 'vpn-gateway', kind: ID.vpnGateway, rows: (ec2) => ec2.vpnGateways },
  { type: 'customer-gateway', kind: ID.customerGateway, rows: (ec2) => ec2.customerGateways },
  { type: 'vpn-connection', kind: ID.vpnConnection, rows: (ec2) => ec2.vpnConnections },
];

/** @throws {ServiceError} the kind's `…NotFound` or `…Malformed`; `InvalidID` for an id of no kind that is known. */
export function taggedRow(ec2: Ec2State, id: string): TaggedRow {
  const taggable = TAGGABLE.find(({ kind }) => id.startsWith(kind.prefix));
  if (taggable === undefined) throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);
  const row = taggable.rows(ec2).get(id);
  if (row !== undefined) return row;
  checkId(id, taggable.kind);
  throw notFound(taggable.kind, id);
}

/** Everything that bears tags, with what it is. */
export function* taggedRows(ec2: Ec2State): Generator<TaggedRow & { readonly type: ResourceType }> {
  for (const { type, rows } of TAGGABLE) for (const { id, tags } of rows(ec2).values()) yield { id, tags, type };
}
