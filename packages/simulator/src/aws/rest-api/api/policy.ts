import type { AwsCall } from '../../operation/call.js';
import { badRequest } from '../words.js';

/**
 * A resource policy as it is stored. A resource without an ARN (`execute-api:/prod/GET/pets`) becomes one
 * of the API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
 * @throws {ServiceError} BadRequestException
 */
export function storedPolicy(call: AwsCall, apiId: string, text: string): string {
  const prefix = `arn:${call.partition}:execute-api:${call.region}:${call.account}:${apiId}/`;
  let document: unknown;
  try {
    document = JSON.parse(text, (key, value: unknown) =>
      key === 'Resource' || key === 'NotResource' ? absolute(value, prefix) : value,
    );
  } catch {
    throw invalidPolicy();
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw invalidPolicy();
  return JSON.stringify(document);
}

/**
 * A policy as the service answers it: escaped once more, slashes included.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigateway/rest_api.go `flattenAPIPolicy`
 */
export function shownPolicy(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/');
}

function absolute(resource: unknown, prefix: string): unknown {
  if (Array.isArray(resource)) return resource.map((item) => absolute(item, prefix));
  return typeof resource === 'string' ? resource.replace(/^execute-api:\/+/, prefix) : resource;
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/29392 */
function invalidPolicy() {
  return badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.');
}
