import type { AwsCall } from '../../operation/call.js';
import type { ApiRow } from '../../http-api/state.js';
import type { RestApiRow } from '../state.js';
import { privateMethods } from './private-methods.js';
import { LINK_WORDS } from './words.js';

/**
 * Refuses to delete a V1 link that is in use: in a REST API, or in an integration of a WebSocket API [I].
 * @throws {ServiceError} BadRequestException
 */
export function checkUnused(call: AwsCall, id: string): void {
  const sockets = [...call.state.apiGateway.apis.values()].flatMap((api) => integrationsWith(api, id));
  checkUnusedByRestApis(call, id, sockets);
}

/**
 * Refuses to delete a link, of either version, that a REST API uses: in a deployment that a stage points to,
 * or in its working copy. That the service protects a V2 link in the same words is [U].
 * @param others what else uses the link
 * @throws {ServiceError} BadRequestException
 */
export function checkUnusedByRestApis(call: AwsCall, id: string, others: readonly string[] = []): void {
  const apis = [...call.state.restApi.apis.values()];
  const deployed = apis.flatMap((api) => stagesWith(api, id));
  if (deployed.length > 0) throw LINK_WORDS.usedByStages(id, deployed);
  const users = [...apis.flatMap((api) => methodsWith(api, id)), ...others];
  if (users.length > 0) throw LINK_WORDS.usedByApis(id, users);
}

function methodsWith({ fields, resources }: RestApiRow, id: string): string[] {
  return privateMethods(resources)
    .filter(({ linkId }) => linkId === id)
    .map(({ verb, resourceId }) => `${fields.id}:${verb}:${resourceId}`);
}

/** The deployed methods with the link, by stage. A canary's deployment is one that its stage points to. */
function stagesWith({ fields, stages, deployments }: RestApiRow, id: string): string[] {
  return [...stages.values()].flatMap(({ stageName, deploymentId, canarySettings }) =>
    [...new Set([deploymentId, canarySettings?.deploymentId ?? deploymentId])]
      .flatMap((deployment) => privateMethods(deployments.get(deployment)?.copy.resources ?? new Map()))
      .filter(({ linkId }) => linkId === id)
      .map(({ verb, resourceId }) => `${fields.id}:${verb}:${resourceId}:${stageName}`),
  );
}

function integrationsWith({ fields, integrations }: ApiRow, id: string): string[] {
  return [...integrations.values()]
    .filter(({ ConnectionType, ConnectionId }) => ConnectionType === 'VPC_LINK' && ConnectionId === id)
    .map(({ IntegrationMethod, IntegrationId }) => `${fields.ApiId}:${IntegrationMethod ?? 'ANY'}:${IntegrationId}`);
}
