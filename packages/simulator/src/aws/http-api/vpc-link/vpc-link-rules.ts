import type { AwsCall } from '../../operation/call.js';
import { findSecurityGroup, findSubnet } from '../../ec2/vpc/network.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';
import { servesVpcLinks } from './zones.js';

/**
 * Refuses a link that the service would refuse, and returns the VPC that it would connect to.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 * @throws {ServiceError} BadRequestException, for a quota, too
 */
export function checkVpcLink(
  call: AwsCall,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): { vpcId: string } {
  // [U]: the messages on counts, unknown subnets, several VPCs, unknown groups and groups of another VPC are
  // EC2's own or invented.
  if (subnetIds.length === 0) throw badRequest('At least one subnet-id should be provided');
  const mostSubnets = call.quota('subnets-per-vpc-link');
  if (subnetIds.length > mostSubnets) {
    throw badRequest(`There are too many subnets specified for the Vpc Link. Limit is ${mostSubnets}.`);
  }
  const [first, ...others] = subnetIds.map((id) => {
    const subnet = findSubnet(call.state, id);
    if (!subnet) throw badRequest(`The subnet ID '${id}' does not exist`);
    return subnet;
  });
  if (!first) throw badRequest('At least one subnet-id should be provided');
  if (others.some(({ vpcId }) => vpcId !== first.vpcId)) throw badRequest('All subnets must belong to the same VPC');
  for (const { id, zoneId } of [first, ...others]) {
    if (!servesVpcLinks(call.region, zoneId)) throw WORDS.zoneNotServed(id, zoneId);
  }
  if (groupIds.length === 0 && [first, ...others].some(({ ownerId }) => ownerId !== call.account)) {
    throw WORDS.sharedSubnet();
  }
  checkGroups(call, groupIds, first);
  const limit = call.quota('vpc-links');
  if (call.state.apiGateway.vpcLinks.size >= limit) throw WORDS.tooManyVpcLinks(limit);
  return { vpcId: first.vpcId };
}

function checkGroups(
  call: AwsCall,
  ids: readonly string[],
  subnet: { readonly id: string; readonly vpcId: string },
): void {
  const most = call.quota('security-groups-per-interface');
  if (ids.length > most)
    throw badRequest(`You have exceeded the number of security groups (${most}) allowed per network interface.`);
  for (const id of ids) {
    const group = findSecurityGroup(call.state, id);
    if (!group) throw badRequest(`The security group '${id}' does not exist`);
    if (group.vpcId !== subnet.vpcId) {
      throw badRequest(`Security group ${id} and subnet ${subnet.id} belong to different networks.`);
    }
  }
}

/**
 * The users of a link, as the service lists them: method and route (`ANY:qtfgl2b`), or method and
 * integration where no route uses the integration [the latter inferred].
 */
export function usersOfVpcLink(call: AwsCall, id: string): string[] {
  const users: string[] = [];
  for (const api of call.state.apiGateway.apis.values()) {
    for (const integration of api.integrations.values()) {
      if (integration.ConnectionId !== id) continue;
      const target = `integrations/${integration.IntegrationId}`;
      const routes = [...api.routes.values()].filter((route) => route.Target === target);
      users.push(...routes.map(({ RouteKey, RouteId }) => `${methodOf(RouteKey)}:${RouteId}`));
      if (routes.length === 0) users.push(`${integration.IntegrationMethod ?? 'ANY'}:${integration.IntegrationId}`);
    }
  }
  return users;
}

function methodOf(routeKey: string): string {
  return routeKey === '$default' ? 'ANY' : (routeKey.split(' ', 1)[0] ?? 'ANY');
}
