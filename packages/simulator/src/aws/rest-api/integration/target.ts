import type { AwsCall } from '../../operation/call.js';
import { badRequest } from '../words.js';

/**
 * Refuses an `integrationTarget` that is not an application or network load balancer of this account and
 * region, in the link's VPC. The model calls it a listener; the developer guide and all public uses give
 * the load balancer. All messages are [U], and so is the moment: the service may refuse some of these only
 * when a call is made.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @param link the V2 link; undefined where a stage variable names it
 * @throws {ServiceError} BadRequestException
 */
export function checkTarget(
  call: AwsCall,
  target: string,
  link?: { readonly id: string; readonly vpcId: string },
): void {
  const own = `arn:${call.partition}:elasticloadbalancing:${call.region}:${call.account}:loadbalancer/`;
  const isBalancer = target.startsWith(own) && /^(?:app|net)\/[^/]+\/[^/]+$/.test(target.slice(own.length));
  if (!isBalancer) {
    throw badRequest(
      `Invalid IntegrationTarget specified: ${target}. It must be the ARN of an Application Load Balancer or a ` +
        'Network Load Balancer of the account in the Region.',
    );
  }
  const balancer = call.state.loadBalancing.loadBalancers.get(target);
  if (!balancer) throw badRequest(`Invalid IntegrationTarget specified: ${target} does not exist.`);
  if (link && link.vpcId !== balancer.vpcId) {
    throw badRequest(`Invalid IntegrationTarget specified: ${target} is not in the VPC of VpcLinkV2 ${link.id}.`);
  }
}
