import { raise } from '../../../simulation/raise.js';
import { defined } from '../../../simulation/defined.js';
import type { MethodSnapshot, CreateDeploymentRequest } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/operation.js';
import type { MethodRow, RestApiRow, RestApiCopy, RestApiFields, RestStageRow } from './state.js';
import { privateMethods } from './vpc-link.js';
import { badRequest, WORDS } from './words.js';
import { newCanary } from './stage/canary.js';
import { newStage, withSettings, type StageSettings, STAGE_WORDS } from './stage/new-stage.js';

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

/**
 * The settings of an API that calls see after the next deployment only.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
function frozenSettings({ policy, apiKeySource, binaryMediaTypes, minimumCompressionSize }: RestApiFields) {
  return {
    ...defined({ policy, apiKeySource }),
    ...(binaryMediaTypes !== undefined && { binaryMediaTypes: [...binaryMediaTypes] }),
    ...defined({ minimumCompressionSize }),
  };
}

/**
 * The API as it is now. Rows are replaced and never changed in place, so the copy shares them with the
 * working copy and stays what it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export function frozenCopy(api: RestApiRow): RestApiCopy {
  return {
    resources: new Map(api.resources),
    authorizers: new Map(api.authorizers),
    gatewayResponses: new Map(api.gatewayResponses),
    models: new Map(api.models),
    requestValidators: new Map(api.requestValidators),
    ...frozenSettings(api.fields),
  };
}

/** What GetDeployment embeds: each path with methods, and how each method authorizes. */
export function apiSummary({ resources }: RestApiCopy): Record<string, Record<string, MethodSnapshot>> {
  const paths = [...resources.values()].filter(({ methods }) => methods.size > 0);
  return Object.fromEntries(
    paths.map(({ path, methods }) => [
      path,
      Object.fromEntries(
        [...methods].map(([verb, { authorizationType = 'NONE', apiKeyRequired = false }]) => [
          verb,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  );
}

/**
 * The stage that a new deployment creates or moves; undefined where it names none.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
 * @throws {ServiceError} BadRequestException
 */
export function targetStage(
  call: AwsCall,
  api: RestApiRow,
  input: CreateDeploymentRequest,
  deploymentId: string,
): RestStageRow | undefined {
  const { stageName, stageDescription: description, canarySettings } = input;
  const { variables, tracingEnabled, cacheClusterEnabled, cacheClusterSize } = input;
  const settings: StageSettings = { description, variables, tracingEnabled, cacheClusterEnabled, cacheClusterSize };
  if (canarySettings !== undefined) {
    const found = canaryStage(api, stageName);
    const changed = withSettings(call, api, found, settings);
    return { ...changed, canarySettings: newCanary(call, canarySettings, deploymentId) };
  }
  if (stageName === undefined || stageName === '') return undefined;

  const found = api.stages.get(stageName);
  if (found === undefined) return newStage(call, api, stageName, deploymentId, settings);
  if (found.canarySettings !== undefined) throw STAGE_WORDS.canaryInProgress(stageName);

  return { ...withSettings(call, api, found, settings), deploymentId };
}

/** The stage of a canary release, which must exist. */
function canaryStage(api: RestApiRow, stageName: string | undefined): RestStageRow {
  if (stageName === undefined || stageName === '') throw STAGE_WORDS.canaryStageName(stageName);

  return api.stages.get(stageName) ?? raise(STAGE_WORDS.canaryStage(stageName));
}
