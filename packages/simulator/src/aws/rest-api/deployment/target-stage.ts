import type { CreateDeploymentRequest } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { RestApiRow, RestStageRow } from '../state.js';
import { newCanary } from '../stage/canary.js';
import { newStage, withSettings, type StageSettings } from '../stage/new-stage.js';
import { STAGE_WORDS } from '../stage/words.js';

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
  const { stageName, stageDescription: description, variables, tracingEnabled, canarySettings } = input;
  const settings: StageSettings = { description, variables, tracingEnabled };
  if (canarySettings !== undefined) {
    const found = canaryStage(api, stageName);
    const changed = withSettings(call, found, settings);
    return { ...changed, canarySettings: newCanary(call, canarySettings, deploymentId) };
  }
  if (stageName === undefined || stageName === '') return undefined;
  const found = api.stages.get(stageName);
  if (found === undefined) return newStage(call, api, stageName, deploymentId, settings);
  if (found.canarySettings !== undefined) throw STAGE_WORDS.canaryInProgress(stageName);
  return { ...withSettings(call, found, settings), deploymentId };
}

/** The stage of a canary release, which must exist. */
function canaryStage(api: RestApiRow, stageName: string | undefined): RestStageRow {
  if (stageName === undefined || stageName === '') throw STAGE_WORDS.canaryStageName(stageName);
  const found = api.stages.get(stageName);
  if (found === undefined) throw STAGE_WORDS.canaryStage(stageName);
  return found;
}
