import { badRequest } from '../words.js';

export const LINK_WORDS = {
  /** This and the next are recorded in LocalStack's snapshot test_create_vpc_link_invalid_parameters. */
  name: () => badRequest('Name cannot be empty'),
  malformedArn: (arn: string) => badRequest(`Invalid ARN. ARN is not well formed ${arn}`),
  /** This and the next: @see https://github.com/hashicorp/terraform-provider-aws/pull/2512 */
  oneTarget: () => badRequest('More than one target arn specified for vpc link.'),
  targetsFixed: () => badRequest('Target arns are not allowed to be changed/added.'),
  /** [U] */
  noTarget: () => badRequest('No target arn specified for vpc link.'),
  /** @see https://github.com/hashicorp/terraform-provider-aws/issues/40500 (V2; V1 has the same words) */
  tooMany: (limit: number) => badRequest(`There are too many Vpc Links defined for this account. Limit is ${limit}.`),
  /** @see https://github.com/klothoplatform/klotho/issues/202 */
  usedByStages: (id: string, users: readonly string[]) => referenced(id, users, 'RESTApiId:Method:Resource:Stage'),
  /** The service's words on V2 links name the method and the resource; the API's ID before them is [I]. */
  usedByApis: (id: string, users: readonly string[]) => referenced(id, users, 'RESTApiId:Method:Resource'),
} as const;

function referenced(id: string, users: readonly string[], form: string) {
  return badRequest(
    `Cannot delete vpc link. Vpc link '${id}', is referenced in [${users.join(', ')}] in format of [${form}].`,
  );
}
