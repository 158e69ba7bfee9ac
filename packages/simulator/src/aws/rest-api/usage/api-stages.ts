import type { ApiStage } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { UsagePlanRow } from '../state.js';
import { badRequest, conflict, notFound } from '../words.js';
import { checkThrottle } from './limits.js';

/** `a1b2c3d4e5:prod`. */
export const stageName = ({ apiId, stage }: ApiStage) => `${apiId ?? ''}:${stage ?? ''}`;

/**
 * Refuses a stage that does not exist. The service's sentence for a member that is missing has its placeholders
 * unfilled.
 * @see https://github.com/aws/aws-sdk/issues/354
 * @throws {ServiceError} BadRequestException, NotFoundException
 */
export function checkApiStage(call: AwsCall, apiStage: ApiStage): void {
  const { apiId, stage, throttle } = apiStage;
  if (!apiId || !stage) throw badRequest('Invalid API Stage {api: %s, stage: %s} specified for usageplan %s');
  if (call.state.restApi.apis.get(apiId)?.stages.has(stage) !== true) {
    throw notFound(`API Stage not found: ${stageName(apiStage)}`);
  }
  for (const settings of Object.values(throttle ?? {})) checkThrottle(settings);
}

/**
 * The stages of a new plan, each one once.
 * @throws {ServiceError} BadRequestException, NotFoundException, ConflictException
 */
export function checkApiStages(call: AwsCall, apiStages: readonly ApiStage[]): void {
  const names = new Set<string>();
  for (const each of apiStages) {
    checkApiStage(call, each);
    if (names.has(stageName(each))) throw stageTwice(each);
    names.add(stageName(each));
  }
}

/** The sentence is [U]. */
export function stageTwice(apiStage: ApiStage) {
  return conflict(`API Stage ${stageName(apiStage)} is already in the usage plan`);
}

/** A stage as a patch operation names it: `a1b2c3d4e5:prod`. @throws {ServiceError} BadRequestException */
export function readApiStage(value: string | undefined): Required<Pick<ApiStage, 'apiId' | 'stage'>> {
  const [, apiId, stage] = /^([^:]+):([^:]+)$/.exec(value ?? '') ?? [];
  if (apiId === undefined || stage === undefined) throw badRequest('Invalid API Stage specified');
  return { apiId, stage };
}

/** @throws {ServiceError} NotFoundException */
export function stageOfPlan(
  plan: { readonly id: string; readonly apiStages?: ApiStage[] | undefined },
  named: ApiStage,
): ApiStage {
  const stage = plan.apiStages?.find((each) => stageName(each) === stageName(named));
  if (stage) return stage;
  throw notFound(`Invalid API Stage {api: ${named.apiId}, stage: ${named.stage}} specified for usageplan ${plan.id}`);
}

/**
 * A key belongs to one plan of a stage at most.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @throws {ServiceError} ConflictException; the sentence is [U]
 */
export function checkOnePlanPerStage(call: AwsCall, keyId: string, plan: UsagePlanRow['fields']): void {
  const stages = new Set((plan.apiStages ?? []).map(stageName));
  for (const { fields, keys } of call.state.restApi.usagePlans.values()) {
    if (fields.id === plan.id || !keys.has(keyId)) continue;
    const shared = (fields.apiStages ?? []).map(stageName).find((name) => stages.has(name));
    if (shared === undefined) continue;
    throw conflict(
      `Usage Plan ID ${plan.id} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with ` +
        `the same API Stage: ${shared}`,
    );
  }
}
