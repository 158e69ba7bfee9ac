import type { AwsCall } from '../../operation/call.js';
import type { MethodRow, RestApiRow } from '../state.js';
import { privateMethods } from '../vpc-link/private-methods.js';
import { badRequest, WORDS } from '../words.js';

/**
 * Refuses to deploy a working copy that the service would not deploy.
 * @throws {ServiceError} BadRequestException
 */
export function checkDeployable(call: AwsCall, api: RestApiRow): void {
  const methods = methodsOf(api);
  const isPrivate = api.fields.endpointConfiguration?.types?.includes('PRIVATE') === true;
  if (isPrivate && api.fields.policy === undefined) throw WORDS.noPolicy();
  if (methods.length === 0) throw WORDS.noMethods();
  if (methods.some(({ methodIntegration }) => methodIntegration === undefined)) throw WORDS.noIntegration();
  checkLinks(call, api);
}

/**
 * Whether a deployment has to wait for a link: "Deploying an API will wait if the status is PENDING and will
 * fail if the status is DELETING." One that is refused for another reason does not wait.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
export function waitsForLink(call: AwsCall, restApiId: string | undefined): boolean {
  const api = call.state.restApi.apis.get(restApiId ?? '');
  if (!api || methodsOf(api).some(({ methodIntegration }) => methodIntegration === undefined)) return false;
  const statuses = linksOf(api).map((id) => linkStatus(call, id));
  return statuses.includes('PENDING') && statuses.every((status) => status === 'PENDING' || isReady(status));
}

function methodsOf({ resources }: RestApiRow): readonly MethodRow[] {
  return [...resources.values()].flatMap((resource) => [...resource.methods.values()]);
}

function linksOf({ resources }: RestApiRow): readonly string[] {
  return [...new Set(privateMethods(resources).map(({ linkId }) => linkId))];
}

function linkStatus({ state }: AwsCall, id: string): string | undefined {
  return state.restApi.vpcLinks.get(id)?.fields.status ?? state.apiGateway.vpcLinks.get(id)?.fields.VpcLinkStatus;
}

/** An INACTIVE link (V2) comes back with its next call, and is deployed [I]. */
function isReady(status: string | undefined): boolean {
  return status === 'AVAILABLE' || status === 'INACTIVE';
}

/**
 * A link that is DELETING is refused, and so are one that is FAILED and one that does not exist [I]. One that is still
 * PENDING has been waited for as long as a call waits. No record has the sentences [U].
 */
function checkLinks(call: AwsCall, api: RestApiRow): void {
  const links = linksOf(api)
    .map((id) => ({ id, status: linkStatus(call, id) }))
    .filter(({ status }) => !isReady(status));
  const refused = links.find(({ status }) => status !== 'PENDING') ?? links[0];
  if (!refused) return;
  const { id, status } = refused;
  if (status === undefined) throw badRequest(`Cannot deploy API. Vpc link '${id}' does not exist.`);
  throw badRequest(`Cannot deploy API. Vpc link '${id}' is not available. Its status is ${status}.`);
}
