import type { Operation } from '../operation.js';

/**
 * IAM identifies API Gateway's operations by their HTTP methods.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
 */
const METHODS: readonly (readonly [RegExp, string])[] = [
  [/^(Get|Export)/, 'GET'],
  [/^(Create|TagResource)/, 'POST'],
  [/^Update/, 'PATCH'],
  [/^(Delete|UntagResource)/, 'DELETE'],
];

/** An operation of API Gateway V2, with the permission that it needs. */
export function gatewayOperation<I, O>(definition: Omit<Operation<I, O>, 'service' | 'permission'>): Operation<I, O> {
  const method = METHODS.find(([pattern]) => pattern.test(definition.name))?.[1] ?? 'POST';
  return { ...definition, service: 'apigatewayv2', permission: `apigateway:${method}` };
}
