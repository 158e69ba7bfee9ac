import type { CreateRouteRequest, ReplaceRouteRequest } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { Ec2State, RouteRow, RouteTableRow } from '../state.js';
import { invalidCombination, invalidValue, missingParameter, refuse } from '../request/text-rules.js';
import { interfacesOf } from '../instance/instances.js';
import { checkId, getRow, ID, notFound } from '../request/ids.js';
import { isAttached, isUsable } from './route-table-view.js';

export type RouteTarget = Pick<RouteRow, 'targetKind' | 'targetId'>;

/**
 * Targets of kinds that the simulated EC2 does not have: the member, the code, and the name of the kind.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const ABSENT = [
  ['VpcEndpointId', 'InvalidVpcEndpointId.NotFound', 'vpcEndpoint'],
  ['CarrierGatewayId', 'InvalidCarrierGatewayID.NotFound', 'carrierGateway'],
  ['LocalGatewayId', 'InvalidLocalGatewayID.NotFound', 'localGateway'],
] as const;

/**
 * The one target that a request names; it must be of the route table's VPC.
 * @throws {ServiceError} `MissingParameter`, `InvalidParameterCombination`, `InvalidParameterValue`, `…NotFound`.
 */
export function routeTarget(
  ec2: Ec2State,
  table: RouteTableRow,
  input: CreateRouteRequest | ReplaceRouteRequest,
  kind: RouteRow['kind'],
): RouteTarget {
  refuse(input, ['CoreNetworkArn', 'OdbNetworkArn']);
  const absent = ABSENT.filter(([member]) => input[member] !== undefined);
  const {
    GatewayId,
    EgressOnlyInternetGatewayId,
    NetworkInterfaceId,
    InstanceId,
    VpcPeeringConnectionId,
    TransitGatewayId,
    NatGatewayId,
  } = input;
  const present = [
    GatewayId,
    EgressOnlyInternetGatewayId,
    NetworkInterfaceId,
    InstanceId,
    VpcPeeringConnectionId,
    TransitGatewayId,
    NatGatewayId,
  ];
  const count = absent.length + present.filter((id) => id !== undefined).length;
  if (count === 0) throw missingParameter('a route target, such as gatewayId or networkInterfaceId'); // [U]
  if (count > 1) throw invalidCombination('The request must contain exactly one route target.'); // [U]

  for (const [member, code, noun] of absent) {
    throw new ServiceError(code, `The ${noun} ID '${input[member] ?? ''}' does not exist`);
  }
  if (GatewayId !== undefined) return gateway(ec2, table, GatewayId);
  if (EgressOnlyInternetGatewayId !== undefined) return egressOnly(ec2, table, EgressOnlyInternetGatewayId, kind);
  if (NetworkInterfaceId !== undefined) return networkInterface(ec2, table, NetworkInterfaceId);
  if (InstanceId !== undefined) return instance(ec2, table, InstanceId);
  if (NatGatewayId !== undefined) return natGateway(ec2, table, NatGatewayId);
  if (TransitGatewayId !== undefined) return transitGateway(ec2, table, TransitGatewayId);

  return peering(ec2, table, VpcPeeringConnectionId ?? '');
}

function gateway(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  if (id.startsWith(ID.vpnGateway.prefix)) return vpnGateway(ec2, table, id);

  const row = ec2.internetGateways.get(id);
  if (row === undefined) throw new ServiceError('InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);
  if (row.vpcId !== table.vpcId) throw differentNetworks(table, 'network gateway', id);

  return { targetKind: 'internet-gateway', targetId: id };
}

function vpnGateway(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  const row = getRow(ec2, ID.vpnGateway, id);
  if (row.vpcId !== table.vpcId) throw differentNetworks(table, 'network gateway', id);

  return { targetKind: 'virtual-private-gateway', targetId: id };
}

/** A transit gateway as target. For a VPC that is not attached it does not exist. */
function transitGateway(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  checkId(id, ID.transitGateway);
  if (isAttached(ec2, id, table.vpcId)) return { targetKind: 'transit-gateway', targetId: id };

  throw new ServiceError(ID.transitGateway.notFound, `The transitGateway ID '${id}' does not exist.`);
}

function natGateway(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  const row = ec2.natGateways.get(id);
  if (row === undefined || !isUsable(row)) {
    throw new ServiceError('InvalidNatGatewayID.NotFound', `The natGateway ID '${id}' does not exist`);
  }
  if (row.fields.VpcId !== table.vpcId) throw differentNetworks(table, 'NAT gateway', id);

  return { targetKind: 'nat-gateway', targetId: id };
}

function egressOnly(ec2: Ec2State, table: RouteTableRow, id: string, kind: RouteRow['kind']): RouteTarget {
  const row = getRow(ec2, ID.egressOnlyGateway, id);
  if (kind !== 'ipv6') throw invalidValue(`An egress-only internet gateway carries IPv6 traffic only.`); // [U]
  if (row.vpcId !== table.vpcId) throw differentNetworks(table, 'egress only internet gateway', id);

  return { targetKind: 'egress-only-gateway', targetId: id };
}

function networkInterface(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  const row = getRow(ec2, ID.networkInterface, id);
  if (row.vpcId !== table.vpcId) throw differentNetworks(table, 'interface', id);

  return { targetKind: 'network-interface', targetId: id };
}

/** A route to an instance is one to its only interface. */
function instance(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  getRow(ec2, ID.instance, id);
  const [only, second] = interfacesOf(ec2, id);
  if (only === undefined) throw notFound(ID.instance, id); // [U] of a terminated one
  if (second !== undefined) {
    throw new ServiceError(
      'InvalidInstanceID',
      `There are multiple interfaces attached to instance '${id}'. Please specify an interface ID for the operation instead.`,
    );
  }

  return networkInterface(ec2, table, only.id);
}

function peering(ec2: Ec2State, table: RouteTableRow, id: string): RouteTarget {
  const { requester, accepter, status } = getRow(ec2, ID.peering, id);
  if (status !== 'active' && status !== 'pending-acceptance') throw notFound(ID.peering, id); // [U] of those that are over
  if (requester.vpcId !== table.vpcId && accepter.vpcId !== table.vpcId) {
    throw differentNetworks(table, 'peering connection', id);
  }

  return { targetKind: 'vpc-peering-connection', targetId: id };
}

function differentNetworks(table: RouteTableRow, noun: string, id: string): ServiceError {
  return invalidValue(`route table ${table.id} and ${noun} ${id} belong to different networks`);
}
