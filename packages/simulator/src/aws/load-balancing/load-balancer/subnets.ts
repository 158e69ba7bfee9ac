import type {
  LoadBalancerAddress,
  LoadBalancerSchemeEnum,
  LoadBalancerTypeEnum,
  SubnetMapping,
  IpAddressType,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { checkAddress } from '../../ec2/vpc/addresses.js';
import { findSubnet, freeAddressCount } from '../../ec2/vpc/network.js';
import type { SubnetRow } from '../../ec2/state.js';
import { defined } from '../../../simulation/defined.js';
import { invalid, unfit } from '../request.js';
import type { LoadBalancerRow } from '../state.js';

/** A subnet that a load balancer is to be in, with what its mapping asks for. */
export interface Placement {
  readonly subnet: SubnetRow;
  readonly address: LoadBalancerAddress;
}

/**
 * Free addresses that an application load balancer needs in each of its subnets, so that it can grow.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones
 */
const FREE_ADDRESSES: Readonly<Record<LoadBalancerTypeEnum, number>> = { application: 8, network: 1, gateway: 1 };

interface Wanted {
  readonly type: LoadBalancerTypeEnum;
  readonly scheme: LoadBalancerSchemeEnum | undefined;
  readonly dualstack: boolean;
  readonly subnets: readonly string[] | undefined;
  readonly mappings: readonly SubnetMapping[] | undefined;
  /** Subnets that the balancer is in already: it needs no further room there. */
  readonly present?: ReadonlySet<string>;
  /** A load balancer cannot leave its VPC. */
  readonly vpcId?: string;
}

/**
 * Resolves and checks the subnets of a load balancer: one VPC, one subnet a zone, two zones for an application load balancer.
 * @throws {ServiceError} `ValidationError`, `SubnetNotFound`, `InvalidSubnet`, `InvalidConfigurationRequest`.
 */
export function placements(call: AwsCall, wanted: Wanted): Placement[] {
  const { subnets = [], mappings = [], type } = wanted;
  if (subnets.length > 0 && mappings.length > 0) {
    throw invalid('You must specify either subnets or subnet mappings, but not both');
  }
  if (subnets.length === 0 && mappings.length === 0) throw invalid(missing(type));

  const all = mappings.length > 0 ? mappings : subnets.map((SubnetId): SubnetMapping => ({ SubnetId }));
  const placed = all.map((mapping) => place(call, mapping, wanted));
  checkZones(placed, type);
  const vpcs = new Set(placed.map(({ subnet }) => subnet.vpcId));
  if (wanted.vpcId !== undefined) vpcs.add(wanted.vpcId);
  if (vpcs.size > 1) throw unfit('All subnets must belong to the same VPC');

  for (const { subnet } of placed) checkRoom(call, subnet, wanted);
  checkGateway(call, placed, wanted.scheme);
  return placed;
}

function missing(type: LoadBalancerTypeEnum): string {
  return type === 'application'
    ? 'At least two subnets in two different Availability Zones must be specified'
    : 'At least one subnet must be specified';
}

function place(call: AwsCall, mapping: SubnetMapping, { type, scheme }: Wanted): Placement {
  const id = mapping.SubnetId ?? '';
  const subnet = findSubnet(call.state, id);
  if (subnet === undefined) throw new ServiceError('SubnetNotFound', `The subnet ID '${id}' does not exist`);

  const { AllocationId: allocationId, PrivateIPv4Address: address, IPv6Address } = mapping;
  if (allocationId !== undefined && type !== 'network') {
    throw unfit(`Elastic IPs are not supported for load balancers with type '${type}'`);
  }
  if (allocationId !== undefined) {
    // Elastic IPs are not simulated, so no allocation exists.
    throw new ServiceError('AllocationIdNotFound', `The allocation ID '${allocationId}' does not exist`);
  }

  if (address !== undefined) {
    if (type !== 'network' || scheme !== 'internal') {
      throw unfit("You can only specify private IPv4 addresses for Network Load Balancers with scheme 'internal'.");
    }

    checkFree(call, subnet, address);
  }
  return { subnet, address: defined({ PrivateIPv4Address: address, IPv6Address }) };
}

/** EC2 checks the address; this service reports the result with its own code. */
function checkFree(call: AwsCall, subnet: SubnetRow, address: string): void {
  try {
    checkAddress(call.state, subnet, address);
  } catch (error) {
    if (error instanceof ServiceError) throw unfit(error.message);

    throw error;
  }
}

function checkZones(placed: readonly Placement[], type: LoadBalancerTypeEnum): void {
  const zones = new Set(placed.map(({ subnet }) => subnet.zoneId));
  if (zones.size < placed.length) {
    throw unfit('A load balancer cannot be attached to multiple subnets in the same Availability Zone');
  }
  if (type === 'application' && zones.size < 2) throw invalid(missing(type));
}

function checkRoom(call: AwsCall, subnet: SubnetRow, { type, dualstack, present }: Wanted): void {
  if (dualstack && !subnet.ipv6CidrBlocks.some((block) => block.state === 'associated')) {
    throw invalid('You must specify subnets with an associated IPv6 CIDR block.');
  }
  if (present?.has(subnet.id)) return;

  const least = FREE_ADDRESSES[type];
  if (freeAddressCount(call.state, subnet.id) < least) {
    throw new ServiceError(
      'InvalidSubnet',
      `Not enough IP space available in ${subnet.id}. ELB requires at least ${least} free IP addresses in each subnet.`,
    );
  }
}

function checkGateway(call: AwsCall, placed: readonly Placement[], scheme: LoadBalancerSchemeEnum | undefined): void {
  const vpcId = placed[0]?.subnet.vpcId;
  if (scheme !== 'internet-facing' || vpcId === undefined) return;

  const attached = [...call.state.ec2.internetGateways.values()].some((gateway) => gateway.vpcId === vpcId);
  if (!attached) throw new ServiceError('InvalidSubnet', `VPC ${vpcId} has no internet gateway`);
}

/**
 * Checks that a load balancer can have an IP address type.
 * @throws {ServiceError} `InvalidConfigurationRequest`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html
 */
export function checkIpAddressType(
  wanted: IpAddressType,
  { Type: type, Scheme: scheme }: Pick<LoadBalancerRow['fields'], 'Type' | 'Scheme'>,
): IpAddressType {
  if (wanted !== 'dualstack-without-public-ipv4') return wanted;
  if (type !== 'application') {
    throw unfit(`The specified IP address type is not supported on load balancers with type '${type}'.`);
  }
  if (scheme === 'internal')
    throw unfit("IP address type 'dualstack-without-public-ipv4' is not supported on internal load balancers");

  return wanted;
}
