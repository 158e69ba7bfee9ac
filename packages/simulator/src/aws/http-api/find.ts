import type { AwsCall } from '../operation/call.js';
import type { ApiRow, DeploymentRow, IntegrationRow, RouteRow, StageRow, VpcLinkRow } from './state.js';
import { WORDS } from '../api-gateway/words.js';

/** @throws {ServiceError} NotFoundException */
export function getApi(call: AwsCall, id: string | undefined): ApiRow {
  const row = call.state.apiGateway.apis.get(id ?? '');
  if (!row) throw WORDS.apiNotFound(call.account, id ?? '');
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getIntegration(api: ApiRow, id: string | undefined): IntegrationRow {
  const row = api.integrations.get(id ?? '');
  if (!row) throw WORDS.integrationNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getRoute(api: ApiRow, id: string | undefined): RouteRow {
  const row = api.routes.get(id ?? '');
  if (!row) throw WORDS.routeNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getStage(api: ApiRow, name: string | undefined): StageRow {
  const row = api.stages.get(name ?? '');
  if (!row) throw WORDS.stageNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getDeployment(api: ApiRow, id: string | undefined): DeploymentRow {
  const row = api.deployments.get(id ?? '');
  if (!row) throw WORDS.deploymentNotFound();
  return row;
}

/** @throws {ServiceError} NotFoundException */
export function getVpcLink(call: AwsCall, id: string | undefined): VpcLinkRow {
  const row = call.state.apiGateway.vpcLinks.get(id ?? '');
  if (!row) throw WORDS.vpcLinkNotFound();
  return row;
}
