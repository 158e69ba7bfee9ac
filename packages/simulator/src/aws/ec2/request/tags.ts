import type { Tag, TagSpecification, ResourceType } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/tag-row.js';
import { invalidValue } from './text-rules.js';
import type { Ec2State } from '../state.js';
import { checkId, ID, notFound, type IdKind } from './ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MOST_TAGS = 50;
const LONGEST_KEY = 127;
const LONGEST_VALUE = 255;

/** Tags as the API shows them. */
export function tagList(tags: TagRow): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The same where EC2 leaves the list out when there are none. */
export function tagListOrNone(tags: TagRow): Tag[] | undefined {
  const list = tagList(tags);
  return list.length > 0 ? list : undefined;
}

/**
 * The types whose create calls respond with `InvalidParameter`; all others respond with
 * `InvalidParameterValue`.
 * @see https://github.com/getmoto/moto/issues/6839 (CreateSubnet), https://github.com/mulgadc/spinifex (codes by operation)
 */
const INVALID_PARAMETER = new Set(['vpc', 'subnet', 'network-interface', 'security-group-rule']);

/**
 * The tags that a create call gives the new resource.
 * @throws {ServiceError} `InvalidParameter` or `InvalidParameterValue` where the specification is for
 * another type; errors of {@link setTags}.
 */
export function tagsFrom(specifications: readonly TagSpecification[] | undefined, resourceType: string): TagRow {
  const tags: TagRow = {};
  const invalid = (message: string): ServiceError =>
    INVALID_PARAMETER.has(resourceType) ? new ServiceError('InvalidParameter', message) : invalidValue(message);
  for (const { ResourceType, Tags } of specifications ?? []) {
    if (ResourceType === undefined) throw invalid('Tag specification resource type must have a value');
    if (ResourceType !== resourceType) {
      throw invalid(`'${ResourceType}' is not a valid taggable resource type for this operation.`);
    }
    if (Tags === undefined || Tags.length === 0) throw invalid('Tag specification must have at least one tag');

    setTags(tags, Tags);
  }
  return tags;
}

/**
 * Adds tags, and gives existing ones their new values.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidTagKey.Malformed`, `TagLimitExceeded`.
 */
export function setTags(tags: TagRow, added: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const { Key = '' } of added) {
    if (Key === '') throw new ServiceError('InvalidTagKey.Malformed', 'Tag keys cannot be empty or null.');
    if (seen.has(Key)) throw invalidValue(`Duplicate tag key '${Key}' specified.`);

    seen.add(Key);
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    if (Key.length > LONGEST_KEY) throw invalidValue(`Tag key exceeds the maximum length of ${LONGEST_KEY} characters`);
  }
  for (const { Value = '' } of added) {
    if (Value.length > LONGEST_VALUE) {
      throw invalidValue(`Tag value exceeds the maximum length of ${LONGEST_VALUE} characters`);
    }
  }
  for (const key of Object.keys(tags)) if (!key.startsWith('aws:')) seen.add(key);
  if (seen.size > MOST_TAGS) {
    throw new ServiceError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }

  for (const { Key = '', Value = '' } of added) {
    // Defined, not assigned: `__proto__` is a key like any other.
    Object.defineProperty(tags, Key, { value: Value, writable: true, enumerable: true, configurable: true });
  }
}

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
  { type: 'vpc-endpoint-service', kind: ID.endpointService, rows: (ec2) => ec2.endpointServices },
  { type: 'vpc-endpoint', kind: ID.vpcEndpoint, rows: (ec2) => ec2.vpcEndpoints },
  { type: 'vpc-flow-log', kind: ID.flowLog, rows: (ec2) => ec2.flowLogs },
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
  { type: 'network-insights-path', kind: ID.insightsPath, rows: (ec2) => ec2.insightsPaths },
  { type: 'network-insights-analysis', kind: ID.insightsAnalysis, rows: (ec2) => ec2.insightsAnalyses },
];

/** The kind of resource that an ID is of, by its prefix. */
export function taggableOf(id: string): Taggable | undefined {
  return TAGGABLE.find(({ kind }) => id.startsWith(kind.prefix));
}

/** `arn:aws:ec2:us-east-1:111122223333:network-interface/eni-…` */
export function arnOf(
  call: Pick<AwsCall, 'partition' | 'region' | 'account'>,
  id: string,
  owner = call.account,
): string {
  return `arn:${call.partition}:ec2:${call.region}:${owner}:${taggableOf(id)?.type ?? ''}/${id}`;
}

/** @throws {ServiceError} the kind's `…NotFound` or `…Malformed`; `InvalidID` for an id of no kind that is known. */
export function taggedRow(ec2: Ec2State, id: string): TaggedRow {
  const taggable = taggableOf(id);
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
