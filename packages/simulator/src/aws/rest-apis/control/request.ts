import { raise } from '../../../simulation/raise.js';
import type { AwsCall, AnyOperation } from '../../operation/operation.js';
import type { MethodRow, ResourceRow, RestApiRow, RestDeploymentRow, RestStageRow, VpcLinkV1Row } from './state.js';
import { WORDS } from './words.js';
import type * as sdk from '@aws-sdk/client-api-gateway';
import { familyOf, type GivenFamily } from '../../operation/family.js';
import { page } from '../../operation/page.js';

/** @throws {ServiceError} NotFoundException */
export function getApi(call: AwsCall, id: string | undefined): RestApiRow {
  return call.state.restApi.apis.get(id ?? '') ?? raise(WORDS.apiNotFound(call.account, id ?? ''));
}

/**
 * The API of a call on one of its resources: an unknown API has the sentence of an unknown resource there.
 * @throws {ServiceError} NotFoundException
 */
export function getApiOfResource(call: AwsCall, id: string | undefined): RestApiRow {
  return call.state.restApi.apis.get(id ?? '') ?? raise(WORDS.resourceNotFound());
}

/** @throws {ServiceError} NotFoundException */
export function getResource(api: RestApiRow, id: string | undefined): ResourceRow {
  return api.resources.get(id ?? '') ?? raise(WORDS.resourceNotFound());
}

/** @throws {ServiceError} NotFoundException */
export function getMethod(resource: ResourceRow, verb: string | undefined): MethodRow {
  return resource.methods.get(verb ?? '') ?? raise(WORDS.methodNotFound());
}

/** @throws {ServiceError} NotFoundException */
export function getDeployment(api: RestApiRow, id: string | undefined): RestDeploymentRow {
  return api.deployments.get(id ?? '') ?? raise(WORDS.deploymentNotFound());
}

/** @throws {ServiceError} NotFoundException */
export function getStage(api: RestApiRow, name: string | undefined): RestStageRow {
  return api.stages.get(name ?? '') ?? raise(WORDS.stageNotFound());
}

/** @throws {ServiceError} NotFoundException */
export function getVpcLink(call: AwsCall, id: string | undefined): VpcLinkV1Row {
  return call.state.restApi.vpcLinks.get(id ?? '') ?? raise(WORDS.vpcLinkNotFound());
}

/**
 * IAM identifies API Gateway's operations by their HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^Get/, 'GET'],
  [/^(Create|Import|TestInvoke)/, 'POST'],
  [/^(Put|TagResource)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(Delete|UntagResource|Flush)/, 'DELETE'],
];

/**
 * Operations of API Gateway V1 (REST APIs), with the permissions that they need.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'apigateway',
  permission: (name) => `apigateway:${METHODS.find(([pattern]) => pattern.test(name))?.[1] ?? 'POST'}`,
});

/** `limit` and `position`. */
export interface ListInput {
  readonly limit?: number | undefined;
  readonly position?: string | undefined;
}

/**
 * One page of a list: 25 items by default, at most 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
 * @param list the operation's name, and the API's ID where there is one
 */
export function listPage<T>(
  rows: Iterable<T>,
  { limit, position }: ListInput,
  list: string,
  key: (row: T) => string,
): { items: T[]; position?: string | undefined } {
  const { items, next } = page(
    [...rows],
    { size: limit, token: position },
    { service: 'apigateway', list, defaultSize: 25, largest: 500, key },
  );
  return next === undefined ? { items } : { items, position: next };
}
