import type { AwsCall } from '../../call.js';
import type { RestApiRow } from '../../state/rest-api-state.js';
import { privateMethods } from '../vpc-link/private-methods.js';
import { badRequest, WORDS } from '../words.js';

/**
 * Refuses to deploy a working copy that the service would not deploy.
 * @throws {ServiceError} BadRequestException
 */
export function checkDeployable(call: AwsCall, api: RestApiRow): void {
  const methods = [...api.resources.values()].flatMap((resource) => [...resource.methods.values()]);
  if (methods.length === 0) throw WORDS.noMethods();
  if (methods.some(({ methodIntegration }) => methodIntegration === undefined)) throw WORDS.noIntegration();
  for (const linkId of linksOf(api)) checkLink(call, linkId);
}

/**
 * Whether a deployment has to wait for a link: "Deploying an API will wait if the status is PENDING and will fail if
 * the status is DELETING."
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
export function waitsForLink(call: AwsCall, restApiId: string | undefined): boolean {
  const api = call.state.restApi.apis.get(restApiId ?? '');
  return api !== undefined && linksOf(api).some((id) => linkStatus(call, id) === 'PENDING');
}

function linksOf({ resources }: RestApiRow): readonly string[] {
  return [...new Set(privateMethods(resources).map(({ linkId }) => linkId))];
}

function linkStatus({ state }: AwsCall, id: string): string | undefined {
  return state.restApi.vpcLinks.get(id)?.fields.status ?? state.apiGateway.vpcLinks.get(id)?.fields.VpcLinkStatus;
}

/**
 * A link that is DELETING is refused, and so are one that is FAILED and one that does not exist [I]. One that is still
 * PENDING has been waited for as long as a call waits. An INACTIVE link (V2) comes back with its next call, and is
 * deployed [I]. No record has the sentences [U].
 */
function checkLink(call: AwsCall, id: string): void {
  const status = linkStatus(call, id);
  if (status === 'AVAILABLE' || status === 'INACTIVE') return;
  if (status === undefined) throw badRequest(`Cannot deploy API. Vpc link '${id}' does not exist.`);
  throw badRequest(`Cannot deploy API. Vpc link '${id}' is not available. Its status is ${status}.`);
}
