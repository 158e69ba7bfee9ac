import type * as sdk from '@aws-sdk/client-apigatewayv2';
import { familyOf, type GivenFamily } from '../operation/family.js';
import type { AnyOperation } from '../operation/operation.js';

/**
 * IAM identifies API Gateway's operations by their HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^(Get|Export)/, 'GET'],
  [/^(Create|TagResource)/, 'POST'],
  [/^(Import|Reimport)/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^(Delete|UntagResource)/, 'DELETE'],
];

/** Operations of API Gateway V2, with the permissions that they need. */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'apigatewayv2',
  permission: (name) => `apigateway:${METHODS.find(([pattern]) => pattern.test(name))?.[1] ?? 'POST'}`,
});
