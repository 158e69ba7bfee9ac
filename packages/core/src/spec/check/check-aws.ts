import type { Problem } from '../problems/problem.js';
import type { CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { arnFault, roleFault } from '../../do/kinds/arn-fault.js';
import { checkIds } from './check-ids.js';

type AwsLink = Extract<CheckedLink, { provider: 'aws' }>;

/**
 * Checks of a VPC link that are impossible in a schema: kinds of IDs, whether the role is in the link's AWS
 * partition, and the load balancer in its region.
 */
export function checkAwsLink(link: AwsLink, region: string | undefined, path: KeyPath, problems: Problem[]): void {
  checkIds('aws', link.subnets, 'subnet', [...path, 'subnets'], problems);
  checkIds('aws', link.securityGroups, 'sg', [...path, 'securityGroups'], problems);
  const fault = link.assumeRole === undefined ? undefined : roleFault(link.assumeRole, region);
  if (fault) problems.push({ ...fault, path: [...path, 'assumeRole'] });
  if (link.loadBalancer?.startsWith('arn:') === true) {
    const wrong = arnFault(link.loadBalancer, 'load balancer', region);
    if (wrong) problems.push({ ...wrong, path: [...path, 'loadBalancer'] });
  }
  if (link.network !== undefined) checkIds('aws', [link.network], 'vpc', [...path, 'network'], problems, true);
}
