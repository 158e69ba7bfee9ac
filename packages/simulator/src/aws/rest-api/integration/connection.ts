import type { Integration } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { badRequest, WORDS } from '../words.js';
import { checkTarget } from './target.js';
import { isHttp } from './uri.js';

/** Whether a text contains a stage variable, so that its value is unknown until a call is made. */
function hasStageVariable(text: string): boolean {
  return /\$\{stageVariables\.[^}]+\}/.test(text);
}

/**
 * Refuses a connection that the service would refuse. A link that a stage variable names is not checked. A
 * V2 link needs a target.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @throws {ServiceError} BadRequestException, NotFoundException; the messages are [U], except the one of a
 * V2 link without a target
 */
export function checkConnection(call: AwsCall, integration: Integration): void {
  const { connectionType, connectionId = '', integrationTarget } = integration;
  if (connectionType !== 'VPC_LINK') return checkPublic(integration);
  if (!isHttp(integration)) {
    throw badRequest('Connection type VPC_LINK is only supported for integration types HTTP and HTTP_PROXY');
  }
  if (connectionId === '') throw badRequest('ConnectionId is required for connection type VPC_LINK');
  if (hasStageVariable(connectionId)) {
    if (integrationTarget !== undefined) checkTarget(call, integrationTarget);
    return;
  }
  checkLink(call, connectionId, integrationTarget);
}

function checkPublic({ connectionType, connectionId, integrationTarget }: Integration): void {
  if (connectionType !== undefined && connectionType !== 'INTERNET') {
    throw badRequest('Invalid connection type specified. Valid options are INTERNET,VPC_LINK');
  }
  if (connectionId !== undefined) throw badRequest('ConnectionId is only supported for connection type VPC_LINK');
  if (integrationTarget !== undefined) {
    throw badRequest('IntegrationTarget is only supported for connection type VPC_LINK');
  }
}

/**
 * The literal ID of a link, V1 or V2. A link that is DELETING is unknown [I]; one that is PENDING or FAILED
 * is not.
 */
function checkLink(call: AwsCall, id: string, target: string | undefined): void {
  const first = call.state.restApi.vpcLinks.get(id);
  if (first && first.fields.status !== 'DELETING') {
    // Whether the service refuses or ignores it is unknown [U].
    if (target !== undefined) throw badRequest(`IntegrationTarget is not supported for VpcLink ${id}.`);
    return;
  }
  const second = call.state.apiGateway.vpcLinks.get(id);
  if (!second || second.fields.VpcLinkStatus === 'DELETING') throw WORDS.vpcLinkNotFound();
  if (target === undefined) throw WORDS.targetRequired(id);
  checkTarget(call, target, { id, vpcId: second.vpcId });
}
