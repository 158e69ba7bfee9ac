import type * as sdk from '@aws-sdk/client-api-gateway';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

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
