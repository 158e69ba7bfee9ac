import type { Operation } from '../operation.js';

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

/** An operation of API Gateway V1 (REST APIs), with the permission that it needs. */
export function restOperation<I, O>(definition: Omit<Operation<I, O>, 'service' | 'permission'>): Operation<I, O> {
  const method = METHODS.find(([pattern]) => pattern.test(definition.name))?.[1] ?? 'POST';
  return { ...definition, service: 'apigateway', permission: `apigateway:${method}` };
}
