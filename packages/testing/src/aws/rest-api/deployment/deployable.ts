import type { AwsCall } from '../../call.js';
import type { RestApiRow } from '../../state/rest-api-state.js';
import { privateMethods } from '../vpc-link/private-methods.js';
import { badRequest, WORDS } from '../words.js';

/**
 * Refuses to deploy a working copy that the service would not deploy.
 * @throws {ServiceError} BadRequestException
 */
export function checkDeployable(call: AwsCall, { resources }: RestApiRow): void {
  const methods = [...resources.values()].flatMap((resource) => [...resource.methods.values()]);
  if (methods.length === 0) throw WORDS.noMethods();
  if (methods.some(({ methodIntegration }) => methodIntegration === undefined)) throw WORDS.noIntegration();
  for (const linkId of new Set(privateMethods(resources).map((method) => method.linkId))) checkLink(call, linkId);
}

/**
 * "Deploying an API will wait if the status is PENDING and will fail if the status is DELETING." A call
 * does not wait here: while the link is PENDING it is refused, so that a deployment succeeds only once
 * the link is AVAILABLE [I]. That a FAILED link and one that does not exist are refused is [I], too. An
 * INACTIVE link (V2) comes back with its next call, and is deployed [I]. No record has the sentences
 * [U].
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
function checkLink(call: AwsCall, id: string): void {
  const status =
    call.state.restApi.vpcLinks.get(id)?.fields.status ?? call.state.apiGateway.vpcLinks.get(id)?.fields.VpcLinkStatus;
  if (status === 'AVAILABLE' || status === 'INACTIVE') return;
  if (status === undefined) throw badRequest(`Cannot deploy API. Vpc link '${id}' does not exist.`);
  throw badRequest(`Cannot deploy API. Vpc link '${id}' is not available. Its status is ${status}.`);
}
