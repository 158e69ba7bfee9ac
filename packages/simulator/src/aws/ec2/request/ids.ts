import type { ResourceType } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/given.js';
import type { Ec2State } from '../state.js';
import { need } from './text-rules.js';

/** How EC2 speaks of the ids of one kind of resource. */
export interface IdKind {
  /** `subnet-` */
  readonly prefix: string;
  /** As sentences call it: `The subnet ID 'subnet-1' does not exist`. */
  readonly noun: string;
  readonly notFound: string;
  /** Missing where EC2 never checks the form of such IDs, and responds with `notFound` to any text. */
  readonly malformed?: string | undefined;
  /** The sentence of ids that nothing has, where it is another than usual. */
  readonly gone?: (ids: readonly string[]) => string;
}

/** Something that bears tags. */
export interface TaggedRow {
  readonly id: string;
  readonly tags: TagRow;
}

/** The parts of the state that have such rows, by their IDs. */
export type Part = { [K in keyof Ec2State]: Ec2State[K] extends Map<string, TaggedRow> ? K : never }[keyof Ec2State];

/** A kind of resource that has rows. */
export interface RowKind<P extends Part = Part, M extends string = string> extends IdKind {
  readonly part: P;
  /** The member of requests that names one, as the wire spells it: `subnetId`. */
  readonly member: M;
  /** What it is called in tag specifications. */
  readonly type: ResourceType;
  /** The states in which a row is still described, and does not exist for other calls. */
  readonly over?: readonly string[];
}

export type RowOf<P extends Part> = Ec2State[P] extends Map<string, infer R extends TaggedRow> ? R : never;

export function rowsOf<P extends Part>(ec2: Ec2State, { part }: Pick<RowKind<P>, 'part'>): Map<string, RowOf<P>> {
  return ec2[part] as unknown as Map<string, RowOf<P>>;
}

/** A kind whose codes are `<stem>.NotFound` and `<stem>.Malformed`, of two stems where these are spelled differently. */
const ids = (prefix: string, noun: string, stem: string, malformed = stem) => ({
  prefix,
  noun,
  notFound: `${stem}.NotFound`,
  malformed: `${malformed}.Malformed`,
});

/** The same with rows. Sentences and tag specifications call most kinds as the member does: `routeTable ID`, `route-table`. */
const rows = <P extends Part, M extends string>(
  part: P,
  member: M,
  prefix: string,
  stem: string,
  malformed = stem,
) => ({
  part,
  member,
  type: member.slice(0, -'Id'.length).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) as ResourceType,
  ...ids(prefix, member.replace(/Id$/, ' ID'), stem, malformed),
});

const ENDING = ['deleted', 'deleting'];

/**
 * Codes are from the error reference, whose spelling (ID, Id) varies from row to row; those marked [U] are not in it and
 * follow its pattern. Of two prefixes the longer comes first. Tags are listed in this order.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const ID = {
  // A text that is not the ID of a VPC or subnet does not exist. EC2 does not check its form.
  // https://github.com/cloudposse/terraform-aws-eks-node-group/issues/65,
  // https://github.com/aws-controllers-k8s/ec2-controller/pull/67
  vpc: { ...rows('vpcs', 'vpcId', 'vpc-', 'InvalidVpcID'), malformed: undefined },
  subnet: { ...rows('subnets', 'subnetId', 'subnet-', 'InvalidSubnetID'), malformed: undefined },
  securityGroup: {
    ...rows('securityGroups', 'groupId', 'sg-', 'InvalidGroup', 'InvalidGroupId'),
    noun: 'security group',
    type: 'security-group',
  },
  rule: {
    ...rows('securityGroupRules', 'securityGroupRuleId', 'sgr-', 'InvalidSecurityGroupRuleId'),
    noun: 'security group rule ID',
  },
  networkInterface: rows(
    'interfaces',
    'networkInterfaceId',
    'eni-',
    'InvalidNetworkInterfaceID',
    'InvalidNetworkInterfaceId',
  ),
  instance: rows('instances', 'instanceId', 'i-', 'InvalidInstanceID'),
  natGateway: {
    ...rows('natGateways', 'natGatewayId', 'nat-', ''),
    type: 'natgateway',
    notFound: 'NatGatewayNotFound',
    malformed: 'NatGatewayMalformed',
    gone: (names) => `The Nat Gateway ${names.join(', ')} was not found`,
  },
  // [U] malformed
  allocation: { ...rows('elasticIps', 'allocationId', 'eipalloc-', 'InvalidAllocationID'), type: 'elastic-ip' },
  endpointService: {
    ...rows('endpointServices', 'serviceId', 'vpce-svc-', 'InvalidVpcEndpointServiceId'),
    noun: 'Vpc Endpoint Service Id',
    type: 'vpc-endpoint-service',
  },
  vpcEndpoint: {
    ...rows('vpcEndpoints', 'vpcEndpointId', 'vpce-', 'InvalidVpcEndpointId'),
    noun: 'Vpc Endpoint Id',
  },
  // [U] malformed
  flowLog: { ...rows('flowLogs', 'flowLogId', 'fl-', 'InvalidFlowLogId'), noun: 'flow log ID', type: 'vpc-flow-log' },
  launchTemplate: {
    ...rows('launchTemplates', 'launchTemplateId', 'lt-', 'InvalidLaunchTemplateId'),
    noun: 'launch template ID',
  },
  volume: { ...rows('volumes', 'volumeId', 'vol-', 'InvalidVolume', 'InvalidVolumeID'), noun: 'volume' },
  routeTable: rows('routeTables', 'routeTableId', 'rtb-', 'InvalidRouteTableID', 'InvalidRouteTableId'),
  networkAcl: rows('networkAcls', 'networkAclId', 'acl-', 'InvalidNetworkAclID', 'InvalidNetworkAclId'),
  prefixList: {
    ...rows('prefixLists', 'prefixListId', 'pl-', 'InvalidPrefixListID', 'InvalidPrefixListId'),
    noun: 'prefix list ID',
  },
  internetGateway: rows(
    'internetGateways',
    'internetGatewayId',
    'igw-',
    'InvalidInternetGatewayID',
    'InvalidInternetGatewayId',
  ),
  // [U] malformed
  egressOnlyGateway: {
    ...rows('egressOnlyGateways', 'egressOnlyInternetGatewayId', 'eigw-', 'InvalidGatewayID'),
    noun: 'eigw ID',
  },
  dhcpOptions: {
    ...rows('dhcpOptions', 'dhcpOptionsId', 'dopt-', 'InvalidDhcpOptionID', 'InvalidDhcpOptionsId'),
    noun: 'dhcpOption ID',
  },
  // [U] malformed
  reservation: {
    ...rows('cidrReservations', 'subnetCidrReservationId', 'scr-', 'InvalidSubnetCidrReservationID'),
    noun: 'subnet-cidr-reservation ID',
  },
  peering: rows(
    'peerings',
    'vpcPeeringConnectionId',
    'pcx-',
    'InvalidVpcPeeringConnectionID',
    'InvalidVpcPeeringConnectionId',
  ),
  transitGatewayAttachment: {
    ...rows(
      'transitGatewayAttachments',
      'transitGatewayAttachmentId',
      'tgw-attach-',
      'InvalidTransitGatewayAttachmentID',
    ),
    over: ['deleted'],
    gone: (names) => `Transit Gateway Attachment ${names.join(', ')} was deleted or does not exist.`,
  },
  transitGatewayRouteTable: {
    ...rows(
      'transitGatewayRouteTables',
      'transitGatewayRouteTableId',
      'tgw-rtb-',
      'InvalidRouteTableID',
      'InvalidRouteTableId',
    ),
    over: ['deleted'],
    gone: (names) => `Transit Gateway Route Table ${names.join(', ')} was deleted or does not exist.`,
  },
  transitGateway: {
    ...rows('transitGateways', 'transitGatewayId', 'tgw-', 'InvalidTransitGatewayID'),
    over: ['deleted'],
    gone: (names) => `Transit Gateway ${names.join(', ')} was deleted or does not exist.`,
  },
  // [U] malformed
  vpnGateway: { ...rows('vpnGateways', 'vpnGatewayId', 'vgw-', 'InvalidVpnGatewayID'), over: ENDING },
  customerGateway: {
    ...rows('customerGateways', 'customerGatewayId', 'cgw-', 'InvalidCustomerGatewayID', 'InvalidCustomerGatewayId'),
    over: ENDING,
  },
  // [U] malformed
  vpnConnection: { ...rows('vpnConnections', 'vpnConnectionId', 'vpn-', 'InvalidVpnConnectionID'), over: ENDING },
  // [U] malformed
  insightsPath: {
    ...rows('insightsPaths', 'networkInsightsPathId', 'nip-', 'InvalidNetworkInsightsPathId'),
    noun: 'network insights path ID',
  },
  // [U] malformed
  insightsAnalysis: {
    ...rows('insightsAnalyses', 'networkInsightsAnalysisId', 'nia-', 'InvalidNetworkInsightsAnalysisId'),
    noun: 'network insights analysis ID',
  },
} as const satisfies Record<string, RowKind>;

/** Kinds without rows of their own: they are parts of others. [U] the codes `.Malformed`, and both of encryption controls. */
export const PART_ID = {
  encryptionControl: ids('vpcec-', 'VPC encryption control ID', 'InvalidVpcEncryptionControlId'),
  routeTableAssociation: ids('rtbassoc-', 'association ID', 'InvalidAssociationID', 'InvalidRouteTableAssociationID'),
  networkAclAssociation: ids('aclassoc-', 'association ID', 'InvalidAssociationID', 'InvalidNetworkAclAssociationID'),
  vpcCidrAssociation: ids('vpc-cidr-assoc-', 'vpc CIDR block association ID', 'InvalidVpcCidrBlockAssociationID'),
  subnetCidrAssociation: ids(
    'subnet-cidr-assoc-',
    'subnet CIDR block association ID',
    'InvalidSubnetCidrBlockAssociationID',
  ),
} as const satisfies Record<string, IdKind>;

/** Ids are 8 hex digits long (old ones, and AWS-managed prefix lists) or 17. */
const DIGITS = /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** Whether a text has the form of such an ID. */
export function isWellFormed(id: string, { prefix }: Pick<IdKind, 'prefix'>): boolean {
  return id.startsWith(prefix) && DIGITS.test(id.slice(prefix.length));
}

/** @throws {ServiceError} the kind's `…Malformed`, where it has one. */
export function checkId(id: string, { prefix, malformed }: IdKind): void {
  if (malformed === undefined || isWellFormed(id, { prefix })) return;

  throw new ServiceError(malformed, `Invalid id: "${id}" (expecting "${prefix}...")`);
}

/** What EC2 answers to ids that nothing has. */
export function notFound(kind: IdKind, ...ids: readonly string[]): ServiceError {
  if (kind.gone) return new ServiceError(kind.notFound, kind.gone(ids));

  const message =
    ids.length > 1
      ? `The ${kind.noun}s '${ids.join(', ')}' do not exist`
      : `The ${kind.noun} '${ids.join()}' does not exist`;
  return new ServiceError(kind.notFound, message);
}

/** Rows have a state of their own, or one among the fields that are shown. */
function stateOf(row: TaggedRow): string {
  const { state, fields }: TaggedRow & { readonly state?: string; readonly fields?: { readonly State?: string } } = row;
  return state ?? fields?.State ?? '';
}

/** The row of that ID. @throws {ServiceError} the kind's `…Malformed` or `…NotFound`. */
export function getRow<P extends Part>(ec2: Ec2State, kind: RowKind<P>, id: string): RowOf<P> {
  const row = rowsOf(ec2, kind).get(id);
  if (row !== undefined && !kind.over?.includes(stateOf(row))) return row;

  checkId(id, kind);
  throw notFound(kind, id);
}

/** The row of an ID that a request must have. @throws {ServiceError} `MissingParameter`, and those of {@link getRow}. */
export function needRow<P extends Part>(ec2: Ec2State, kind: RowKind<P>, id: string | undefined): RowOf<P> {
  return getRow(ec2, kind, need(id, kind.member));
}
