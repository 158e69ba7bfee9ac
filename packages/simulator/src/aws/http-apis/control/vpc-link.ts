import { raise } from '../../../simulation/raise.js';
import type { VpcLinkStatus } from '@aws-sdk/client-apigatewayv2';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import {
  createInterface,
  deleteInterface,
  findSecurityGroup,
  serviceAttachment,
  findSubnet,
} from '../../ec2/vpc/network.js';
import type { VpcLinkRow } from './state.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';

/** From the call until the network interfaces exist, simulated milliseconds. */
export const INTERFACES_MS = 30_000;
/** From the call until the link is AVAILABLE: "a few minutes". */
export const PROVISIONING_MS = 120_000;
/** From the call until the link is deleted and its interfaces are released. */
export const DELETION_MS = 120_000;
/**
 * A link without traffic for so long becomes INACTIVE.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export const IDLE_MS = 60 * 24 * 3_600_000;

/** @see https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/create-vpc-link.rst (and get-, update-); FAILED, INACTIVE and DELETING [U] */
const MESSAGES = {
  PENDING: 'VPC link is provisioning ENIs',
  AVAILABLE: 'VPC link is ready to route traffic',
  DELETING: 'VPC link is deleting ENIs',
  INACTIVE: 'VPC link has had no traffic for 60 days, and its ENIs were deleted',
} as const;

/** The state and its sentence, for a link's row. */
export function linkState(status: keyof typeof MESSAGES): {
  VpcLinkStatus: VpcLinkStatus;
  VpcLinkStatusMessage: string;
} {
  return { VpcLinkStatus: status, VpcLinkStatusMessage: MESSAGES[status] };
}

/** Starts to provision a link that is PENDING. */
export function startProvisioning(call: AwsCall, id: string): void {
  call.after(INTERFACES_MS, 'vpc-link.interfaces', { id });
  call.after(PROVISIONING_MS, 'vpc-link.available', { id });
}

export function startDeletion(call: AwsCall, row: VpcLinkRow): void {
  const { VpcLinkId: id } = row.fields;
  put(call, { ...row, fields: { ...row.fields, ...linkState('DELETING') } });
  call.after(DELETION_MS, 'vpc-link.gone', { id });
}

/**
 * The effect of a call through the link. An AVAILABLE link counts it as traffic. An INACTIVE link starts to become
 * available again, with new addresses (shown as PENDING [U]). Returns whether the link carries the call.
 */
export function useVpcLink(call: AwsCall, id: string): boolean {
  const row = call.state.apiGateway.vpcLinks.get(id);
  if (row?.fields.VpcLinkStatus === 'INACTIVE') {
    put(call, { ...row, fields: { ...row.fields, ...linkState('PENDING') } });
    startProvisioning(call, id);
  }
  if (row?.fields.VpcLinkStatus !== 'AVAILABLE') return false;

  put(call, { ...row, lastUsedAt: call.now });
  return true;
}

function put(call: AwsCall, row: VpcLinkRow): void {
  call.state.apiGateway.vpcLinks.set(row.fields.VpcLinkId, row);
}

function find(call: AwsCall, id: string | number | undefined, status: VpcLinkStatus): VpcLinkRow | undefined {
  const row = call.state.apiGateway.vpcLinks.get(String(id));
  return row?.fields.VpcLinkStatus === status ? row : undefined;
}

function makeInterfaces(call: AwsCall, row: VpcLinkRow): void {
  const { VpcLinkId: id, Name, SubnetIds, SecurityGroupIds } = row.fields;
  const message =
    call.state.apiGateway.failingVpcLinks.get(Name ?? '') ?? call.state.apiGateway.failingVpcLinks.get('*');
  if (message !== undefined) return fail(call, row, message);

  const made: string[] = [];
  try {
    const missing = SecurityGroupIds.find((group) => !findSecurityGroup(call.state, group));
    if (missing !== undefined)
      throw new ServiceError('InvalidGroup.NotFound', `The security group '${missing}' does not exist`);

    for (const subnetId of new Set(SubnetIds)) {
      made.push(
        createInterface(call, {
          subnetId,
          groupIds: SecurityGroupIds,
          interfaceType: 'api_gateway_managed',
          // Neither the description nor the requester is on record [U]; nothing should rely on them.
          description: `API Gateway VPC link ${id}`,
          requesterId: 'amazon-apigateway',
          requesterManaged: true,
          // As the interfaces of other services on the same network layer (Lambda's) are attached.
          attachment: serviceAttachment(call),
          operator: 'apigateway.amazonaws.com',
          // The service's role may set these two keys only; the values are [U].
          tags: { Owner: 'API Gateway', VpcLinkId: id },
        }).id,
      );
    }
    put(call, { ...row, interfaceIds: made });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    for (const interfaceId of made) deleteInterface(call, interfaceId);
    fail(call, row, `Failed to provision ENIs: ${error.message}`);
  }
}

function fail(call: AwsCall, row: VpcLinkRow, message: string): void {
  put(call, { ...row, fields: { ...row.fields, VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: message } });
}

function release(call: AwsCall, row: VpcLinkRow): void {
  for (const id of row.interfaceIds) deleteInterface(call, id);
}

/**
 * State changes of links over time. Each handler checks the state first, since the link may have changed in
 * another way.
 */
export const vpcLinkTimers: TimerHandlers = {
  'vpc-link.interfaces': (call, { id }) => {
    const row = find(call, id, 'PENDING');
    if (row) makeInterfaces(call, row);
  },
  'vpc-link.available': (call, { id }) => {
    const row = find(call, id, 'PENDING');
    if (!row) return;

    put(call, { ...row, fields: { ...row.fields, ...linkState('AVAILABLE') }, lastUsedAt: call.now });
    call.after(IDLE_MS, 'vpc-link.idle', { id: row.fields.VpcLinkId });
  },
  'vpc-link.idle': (call, { id }) => {
    const row = find(call, id, 'AVAILABLE');
    if (!row) return;

    const rest = row.lastUsedAt + IDLE_MS - call.now;
    if (rest > 0) return call.after(rest, 'vpc-link.idle', { id: row.fields.VpcLinkId });

    release(call, row);
    put(call, { ...row, fields: { ...row.fields, ...linkState('INACTIVE') }, interfaceIds: [] });
  },
  'vpc-link.gone': (call, { id }) => {
    const row = find(call, id, 'DELETING');
    if (!row) return;

    release(call, row);
    call.state.apiGateway.vpcLinks.delete(row.fields.VpcLinkId);
  },
};

/**
 * The zones in which V2 VPC links can be made, by region. Zone ids, not names: names differ from account to account.
 * A region that is not listed is not known to refuse any.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html#http-api-vpc-link-availability
 */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['use1-az1', 'use1-az2', 'use1-az4', 'use1-az5', 'use1-az6'],
  'us-east-2': ['use2-az1', 'use2-az2', 'use2-az3'],
  'us-west-1': ['usw1-az1', 'usw1-az3'],
  'us-west-2': ['usw2-az1', 'usw2-az2', 'usw2-az3', 'usw2-az4'],
  'ca-central-1': ['cac1-az1', 'cac1-az2'],
  'sa-east-1': ['sae1-az1', 'sae1-az2', 'sae1-az3'],
  'eu-central-1': ['euc1-az1', 'euc1-az2', 'euc1-az3'],
  'eu-west-1': ['euw1-az1', 'euw1-az2', 'euw1-az3'],
  'eu-west-2': ['euw2-az1', 'euw2-az2', 'euw2-az3'],
  'eu-west-3': ['euw3-az1', 'euw3-az3'],
  'eu-north-1': ['eun1-az1', 'eun1-az2', 'eun1-az3'],
  'eu-south-2': ['eus2-az1', 'eus2-az2', 'eus2-az3'],
  'me-south-1': ['mes1-az1', 'mes1-az2', 'mes1-az3'],
  'ap-east-1': ['ape1-az2', 'ape1-az3'],
  'ap-south-1': ['aps1-az1', 'aps1-az2', 'aps1-az3'],
  'ap-northeast-1': ['apne1-az1', 'apne1-az2', 'apne1-az4'],
  'ap-northeast-2': ['apne2-az1', 'apne2-az2', 'apne2-az3'],
  'ap-southeast-1': ['apse1-az1', 'apse1-az2', 'apse1-az3'],
  'ap-southeast-2': ['apse2-az1', 'apse2-az2', 'apse2-az3'],
  'us-gov-west-1': ['usgw1-az1', 'usgw1-az2', 'usgw1-az3'],
};

/** Whether V2 VPC links can be made in the zone with this id. */
function servesVpcLinks(region: string, zoneId: string): boolean {
  return ZONES[region]?.includes(zoneId) ?? true;
}

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
    return findSubnet(call.state, id) ?? raise(badRequest(`The subnet ID '${id}' does not exist`));
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
    const group = findSecurityGroup(call.state, id) ?? raise(badRequest(`The security group '${id}' does not exist`));

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
