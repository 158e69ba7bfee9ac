import type { AwsCall } from '../../operation/call.js';
import { findSecurityGroup } from '../../ec2/vpc/network.js';
import { ServiceError } from '../../operation/service-error.js';
import { unfit } from '../errors.js';

/**
 * Checks that security groups exist, and are of the load balancer's VPC.
 * @returns each once, in the order given
 * @throws {ServiceError} `InvalidSecurityGroup`, `InvalidConfigurationRequest`.
 */
export function checkSecurityGroups(call: AwsCall, vpcId: string, ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const group = findSecurityGroup(call.state, id);
    if (group === undefined) throw new ServiceError('InvalidSecurityGroup', `Security group '${id}' does not exist`);
    if (group.vpcId !== vpcId) throw unfit(`Security group '${id}' does not belong to VPC '${vpcId}'`);
  }
  const most = call.quota('security-groups-per-interface');
  if (unique.length > most) throw unfit(`The number of security groups exceeds the limit of ${most}`);
  return unique;
}
