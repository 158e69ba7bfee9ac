import { rowBy } from '../../../simulation/raise.js';
import type { AwsCall, AnyOperation } from '../../operation/operation.js';
import type { ResourceRow, RestApiRow } from './state.js';
import { PATCH_LIMITS } from './patch.js';
import { WORDS } from './words.js';
import type * as sdk from '@aws-sdk/client-api-gateway';
import { familyOf, type GivenFamily } from '../../operation/family.js';
import { page } from '../../operation/page.js';

/** Rows by ID or name. Each function @throws {ServiceError} NotFoundException */
export const getApi = rowBy(
  (call: AwsCall) => call.state.restApi.apis,
  (id, call) => WORDS.apiNotFound(call.account, id),
);

/**
 * The API of a call on one of its resources: an unknown API has the sentence of an unknown resource there.
 * @throws {ServiceError} NotFoundException
 */
export const getApiOfResource = rowBy((call: AwsCall) => call.state.restApi.apis, WORDS.resourceNotFound);
export const getResource = rowBy((api: RestApiRow) => api.resources, WORDS.resourceNotFound);
export const getMethod = rowBy((resource: ResourceRow) => resource.methods, WORDS.methodNotFound);
export const getDeployment = rowBy((api: RestApiRow) => api.deployments, WORDS.deploymentNotFound);
export const getStage = rowBy((api: RestApiRow) => api.stages, WORDS.stageNotFound);
export const getVpcLink = rowBy((call: AwsCall) => call.state.restApi.vpcLinks, WORDS.vpcLinkNotFound);

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
  gateways: ['domainName', 'usagePlanId', 'restApiId'],
  updates: PATCH_LIMITS,
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
