import type { AwsCall } from '../../operation/call.js';
import { chooseRoute, routeTableOf } from '../../connects/route-choice.js';
import { routeState } from '../../ec2/route-table/route-table-view.js';
import { findTaskDefinition } from '../find.js';
import type { TaskRow } from '../state.js';

/** Any public address: the registry's are not in the simulation. */
const REGISTRY = '198.51.100.1';

/**
 * Why a task on Fargate cannot pull its images: the subnet has no path to the registry. A path is a default route to a NAT
 * gateway, or to an internet gateway with a public address; other next hops are assumed to forward.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function pullProblem(call: AwsCall, row: TaskRow): string | undefined {
  const { state, region } = call;
  const subnet = state.ec2.subnets.get(row.subnetId);
  const table = subnet && routeTableOf(state, subnet);
  const route = table && chooseRoute(state, table, REGISTRY, () => 0);
  const hop = route && routeState(state.ec2, table, route) !== 'blackhole' ? route.targetKind : undefined;
  const hasAddress = row.source.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED';
  if (hop !== undefined && (hop !== 'internet-gateway' || hasAddress)) return undefined;
  const images = findTaskDefinition(state, row.source.taskDefinition)?.containers.map(({ image = '' }) => image) ?? [];
  const other = images.find((image) => !isOfEcr(image));
  return other === undefined ? noAuth(region) : noImage(other);
}

/** Images of Amazon ECR: what VPC endpoints lead to. */
const isOfEcr = (image: string): boolean => /^\d{12}\.dkr\.ecr\./.test(image);

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
  return (
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ' +
    `${image}: failed to do request: dial tcp ${REGISTRY}:443: i/o timeout`
  );
}
