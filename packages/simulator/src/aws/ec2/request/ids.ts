import { ServiceError } from '../../operation/operation.js';

/** How EC2 speaks of the ids of one kind of resource. */
export interface IdKind {
  /** `subnet-` */
  readonly prefix: string;
  /** As sentences call it: `The subnet ID 'subnet-1' does not exist`. */
  readonly noun: string;
  readonly notFound: string;
  /** Missing where EC2 never checks the form of such IDs, and responds with `notFound` to any text. */
  readonly malformed?: string;
  /** The sentence of ids that nothing has, where it is another than usual. */
  readonly gone?: (ids: readonly string[]) => string;
}

const kind = (prefix: string, noun: string, notFound: string, malformed: string) => ({
  prefix,
  noun,
  notFound,
  malformed,
});

/**
 * Codes are from the error reference, whose spelling (ID, Id) varies from row to row; those marked [U] are not in it and
 * follow its pattern.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const ID = {
  // A text that is not the ID of a VPC or subnet does not exist. EC2 does not check its form.
  // https://github.com/cloudposse/terraform-aws-eks-node-group/issues/65,
  // https://github.com/aws-controllers-k8s/ec2-controller/pull/67
  vpc: { prefix: 'vpc-', noun: 'vpc ID', notFound: 'InvalidVpcID.NotFound' },
  /** [U] */
  encryptionControl: kind(
    'vpcec-',
    'VPC encryption control ID',
    'InvalidVpcEncryptionControlId.NotFound',
    'InvalidVpcEncryptionControlId.Malformed',
  ),
  subnet: { prefix: 'subnet-', noun: 'subnet ID', notFound: 'InvalidSubnetID.NotFound' },
  securityGroup: kind('sg-', 'security group', 'InvalidGroup.NotFound', 'InvalidGroupId.Malformed'),
  rule: kind(
    'sgr-',
    'security group rule ID',
    'InvalidSecurityGroupRuleId.NotFound',
    'InvalidSecurityGroupRuleId.Malformed',
  ),
  networkInterface: kind(
    'eni-',
    'networkInterface ID',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidNetworkInterfaceId.Malformed',
  ),
  instance: kind('i-', 'instance ID', 'InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'),
  volume: kind('vol-', 'volume', 'InvalidVolume.NotFound', 'InvalidVolumeID.Malformed'),
  natGateway: {
    ...kind('nat-', 'NatGateway', 'NatGatewayNotFound', 'NatGatewayMalformed'),
    gone: (ids) => `The Nat Gateway ${ids.join(', ')} was not found`,
  },
  allocation: kind('eipalloc-', 'allocation ID', 'InvalidAllocationID.NotFound', 'InvalidAllocationID.Malformed'), // [U] malformed
  vpcEndpoint: kind('vpce-', 'Vpc Endpoint Id', 'InvalidVpcEndpointId.NotFound', 'InvalidVpcEndpointId.Malformed'),
  endpointService: kind(
    'vpce-svc-',
    'Vpc Endpoint Service Id',
    'InvalidVpcEndpointServiceId.NotFound',
    'InvalidVpcEndpointServiceId.Malformed',
  ),
  flowLog: kind('fl-', 'flow log ID', 'InvalidFlowLogId.NotFound', 'InvalidFlowLogId.Malformed'), // [U] malformed
  launchTemplate: kind(
    'lt-',
    'launch template ID',
    'InvalidLaunchTemplateId.NotFound',
    'InvalidLaunchTemplateId.Malformed',
  ),
  routeTable: kind('rtb-', 'routeTable ID', 'InvalidRouteTableID.NotFound', 'InvalidRouteTableId.Malformed'),
  routeTableAssociation: kind(
    'rtbassoc-',
    'association ID',
    'InvalidAssociationID.NotFound',
    'InvalidRouteTableAssociationID.Malformed', // [U]
  ),
  networkAcl: kind('acl-', 'networkAcl ID', 'InvalidNetworkAclID.NotFound', 'InvalidNetworkAclId.Malformed'),
  networkAclAssociation: kind(
    'aclassoc-',
    'association ID',
    'InvalidAssociationID.NotFound',
    'InvalidNetworkAclAssociationID.Malformed', // [U]
  ),
  prefixList: kind('pl-', 'prefix list ID', 'InvalidPrefixListID.NotFound', 'InvalidPrefixListId.Malformed'),
  internetGateway: kind(
    'igw-',
    'internetGateway ID',
    'InvalidInternetGatewayID.NotFound',
    'InvalidInternetGatewayId.Malformed',
  ),
  egressOnlyGateway: kind('eigw-', 'eigw ID', 'InvalidGatewayID.NotFound', 'InvalidGatewayID.Malformed'), // [U] malformed
  dhcpOptions: kind('dopt-', 'dhcpOption ID', 'InvalidDhcpOptionID.NotFound', 'InvalidDhcpOptionsId.Malformed'),
  reservation: kind(
    'scr-',
    'subnet-cidr-reservation ID',
    'InvalidSubnetCidrReservationID.NotFound',
    'InvalidSubnetCidrReservationID.Malformed', // [U]
  ),
  peering: kind(
    'pcx-',
    'vpcPeeringConnection ID',
    'InvalidVpcPeeringConnectionID.NotFound',
    'InvalidVpcPeeringConnectionId.Malformed',
  ),
  vpcCidrAssociation: kind(
    'vpc-cidr-assoc-',
    'vpc CIDR block association ID',
    'InvalidVpcCidrBlockAssociationID.NotFound',
    'InvalidVpcCidrBlockAssociationID.Malformed', // [U]
  ),
  subnetCidrAssociation: kind(
    'subnet-cidr-assoc-',
    'subnet CIDR block association ID',
    'InvalidSubnetCidrBlockAssociationID.NotFound',
    'InvalidSubnetCidrBlockAssociationID.Malformed', // [U]
  ),
  transitGateway: {
    ...kind('tgw-', 'Transit Gateway', 'InvalidTransitGatewayID.NotFound', 'InvalidTransitGatewayID.Malformed'),
    gone: (ids) => `Transit Gateway ${ids.join(', ')} was deleted or does not exist.`,
  },
  transitGatewayAttachment: {
    ...kind(
      'tgw-attach-',
      'Transit Gateway Attachment',
      'InvalidTransitGatewayAttachmentID.NotFound',
      'InvalidTransitGatewayAttachmentID.Malformed',
    ),
    gone: (ids) => `Transit Gateway Attachment ${ids.join(', ')} was deleted or does not exist.`,
  },
  transitGatewayRouteTable: {
    ...kind('tgw-rtb-', 'Transit Gateway Route Table', 'InvalidRouteTableID.NotFound', 'InvalidRouteTableId.Malformed'),
    gone: (ids) => `Transit Gateway Route Table ${ids.join(', ')} was deleted or does not exist.`,
  },
  vpnGateway: kind('vgw-', 'vpnGateway ID', 'InvalidVpnGatewayID.NotFound', 'InvalidVpnGatewayID.Malformed'), // [U] malformed
  customerGateway: kind(
    'cgw-',
    'customerGateway ID',
    'InvalidCustomerGatewayID.NotFound',
    'InvalidCustomerGatewayId.Malformed',
  ),
  insightsPath: kind(
    'nip-',
    'network insights path ID',
    'InvalidNetworkInsightsPathId.NotFound',
    'InvalidNetworkInsightsPathId.Malformed',
  ), // [U] malformed
  insightsAnalysis: kind(
    'nia-',
    'network insights analysis ID',
    'InvalidNetworkInsightsAnalysisId.NotFound',
    'InvalidNetworkInsightsAnalysisId.Malformed',
  ), // [U] malformed
  vpnConnection: kind(
    'vpn-',
    'vpnConnection ID',
    'InvalidVpnConnectionID.NotFound',
    'InvalidVpnConnectionID.Malformed',
  ), // [U] malformed
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

/** The row of that ID. @throws {ServiceError} the kind's `…Malformed` or `…NotFound`. */
export function getRow<R>(rows: ReadonlyMap<string, R>, id: string, kind: IdKind): R {
  const row = rows.get(id);
  if (row !== undefined) return row;

  checkId(id, kind);
  throw notFound(kind, id);
}
