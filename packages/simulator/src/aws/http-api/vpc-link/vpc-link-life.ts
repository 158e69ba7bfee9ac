import type { VpcLinkStatus } from '@aws-sdk/client-apigatewayv2';
import type { AwsCall, TimerHandlers } from '../../operation/call.js';
import { createInterface, deleteInterface, findSecurityGroup, serviceAttachment } from '../../ec2/vpc/network.js';
import { ServiceError } from '../../operation/service-error.js';
import type { VpcLinkRow } from '../state.js';

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

/** Starts to delete a link. */
export function startDeletion(call: AwsCall, row: VpcLinkRow): void {
  const { VpcLinkId: id } = row.fields;
  put(call, { ...row, fields: { ...row.fields, ...linkState('DELETING') } });
  call.after(DELETION_MS, 'vpc-link.gone', { id });
}

/**
 * The effect of a call through the link. An AVAILABLE link counts it as traffic. An INACTIVE link starts to
 * become available again, with new addresses (shown as PENDING [U]). Returns whether the link carries the
 * call.
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
