import type { AwsCall } from '../operation/call.js';
import type { MethodRow, ResourceRow, RestApiRow, RestDeploymentRow, RestStageRow, VpcLinkV1Row } from './state.js';
import { WORDS } from './words.js';

/** @throws {ServiceError} NotFoundException */
export function getApi(call: AwsCall, id: string | undefined): RestApiRow {
  const row = call.state.restApi.apis.get(id ?? '');
  if (!row) throw WORDS.apiNotFound(call.account, id ?? '');
  return row;
}

/**
 * The API of a call on one of its resources: an unknown API has the sentence of an unknown resource there.
 * @throws {ServiceError} NotFoundException
 */
export function getApiOfResource(call: AwsCall, id: string | undefined): RestApiRow {
  const row = call.state.restApi.apis.get(id ?? '');
  if (!row) throw WORDS.resourceNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getResource(api: RestApiRow, id: string | undefined): ResourceRow {
  const row = api.resources.get(id ?? '');
  if (!row) throw WORDS.resourceNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getMethod(resource: ResourceRow, verb: string | undefined): MethodRow {
  const row = resource.methods.get(verb ?? '');
  if (!row) throw WORDS.methodNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getDeployment(api: RestApiRow, id: string | undefined): RestDeploymentRow {
  const row = api.deployments.get(id ?? '');
  if (!row) throw WORDS.deploymentNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getStage(api: RestApiRow, name: string | undefined): RestStageRow {
  const row = api.stages.get(name ?? '');
  if (!row) throw WORDS.stageNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getVpcLink(call: AwsCall, id: string | undefined): VpcLinkV1Row {
  const row = call.state.restApi.vpcLinks.get(id ?? '');
  if (!row) throw WORDS.vpcLinkNotFound();
  return row;
}
