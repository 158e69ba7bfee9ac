import type { AwsCall } from '../../operation/operation.js';
import { chooseRoute, routeTableOf } from '../../connects/transit-gateway.js';
import { routeState } from '../../ec2/route-table/route-table-view.js';
import { findTaskDefinition } from '../find.js';
import type { RegionState } from '../../state/aws-state.js';
import { interfaceOf } from '../container-instances.js';
import type { TaskRow } from '../state.js';

/** Any public address: the registry's are not in the simulation. */
const REGISTRY = '198.51.100.1';

/**
 * Why a task cannot pull its images: neither the routes of its subnet nor VPC endpoints lead to the registry. On an instance, the
 * agent there pulls them.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 */
export function pullProblem(call: AwsCall, row: TaskRow): string | undefined {
  const { state, region } = call;
  const own = interfaceOf(state, row.instanceId);
  const { subnetId } = own ?? row;
  const hasAddress =
    own === undefined
      ? row.source.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED'
      : state.ec2.subnets.get(subnetId)?.fields.MapPublicIpOnLaunch === true; // instances have no public addresses in the simulation
  if (leavesVpc(state, subnetId, hasAddress)) return undefined;

  const images =
    findTaskDefinition(state, row.source.taskDefinition)?.fields.containerDefinitions.map(({ image = '' }) => image) ??
    [];
  const other = images.find((image) => !isOfEcr(image));
  if (other !== undefined) return noImage(other);

  return hasEndpoints(state, subnetId) ? undefined : noAuth(region);
}

/**
 * Whether packets of a subnet get to the internet: to an internet gateway from a public address, or through a NAT gateway
 * whose own subnet leads there. Other next hops are assumed to forward.
 */
function leavesVpc(
  state: RegionState,
  subnetId: string,
  hasAddress: boolean,
  through: readonly string[] = [],
): boolean {
  const subnet = state.ec2.subnets.get(subnetId);
  const table = subnet && routeTableOf(state, subnet);
  const route = table && chooseRoute(state, table, REGISTRY, () => 0);
  if (!route || routeState(state.ec2, table, route) === 'blackhole') return false;

  const { targetKind, targetId } = route;
  if (targetKind === 'internet-gateway') return hasAddress;

  const nat = targetKind === 'nat-gateway' ? state.ec2.natGateways.get(targetId) : undefined;
  if (nat === undefined) return true;
  if (nat.fields.State !== 'available' || through.includes(nat.id)) return false;

  return leavesVpc(state, nat.fields.SubnetId, nat.fields.ConnectivityType === 'public', [...through, nat.id]);
}

/**
 * The endpoints that images of Amazon ECR need: two of interfaces with private DNS, and one for S3, which has the layers.
 * Their security groups are not looked at.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
function hasEndpoints({ ec2 }: RegionState, subnetId: string): boolean {
  const vpcId = ec2.subnets.get(subnetId)?.vpcId;
  const own = [...ec2.vpcEndpoints.values()].filter(
    ({ fields, state }) => fields.VpcId === vpcId && state === 'available',
  );
  const ofInterface = (suffix: string): boolean =>
    own.some(({ fields }) => fields.ServiceName.endsWith(suffix) && fields.PrivateDnsEnabled);
  const s3 = own.some(({ fields }) => fields.ServiceName.endsWith('.s3'));
  return ofInterface('.ecr.api') && ofInterface('.ecr.dkr') && s3;
}

/** Images of Amazon ECR: what VPC endpoints lead to. */
/** Whether an image is of a private registry of Amazon ECR. */
export const isOfEcr = (image: string): boolean => /^\d{12}\.dkr\.ecr\./.test(image);

/** @see https://github.com/doctorray117/minecraft-ondemand/issues/74 */
function noAuth(region: string): string {
  return (
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to ' +
    'retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: ' +
    `Post "https://api.ecr.${region}.amazonaws.com/": dial tcp ${REGISTRY}:443: i/o timeout. ` +
    'Please check your task network configuration.'
  );
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html (connection issues) */
function noImage(image: string): string {
  return `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image}: failed to do request: dial tcp ${REGISTRY}:443: i/o timeout`;
}
