import type { QuotaSettings, ThrottleSettings, UsagePlan, ApiStage } from '@aws-sdk/client-api-gateway';
import { badRequest, conflict, notFound } from '../words.js';
import type { AwsCall } from '../../../operation/operation.js';
import type { UsagePlanRow } from '../state.js';

const PERIODS: readonly string[] = ['DAY', 'WEEK', 'MONTH'];

/** Days of a period in which a quota may begin: a week's has 7, a month's 28. */
const OFFSETS: Readonly<Record<string, number>> = { DAY: 0, WEEK: 6, MONTH: 27 };

/**
 * The rate and burst of a plan, a stage or a method. The burst may be above the rate.
 * @throws {ServiceError} BadRequestException [U]
 */
export function checkThrottle({ burstLimit = 0, rateLimit = 0 }: ThrottleSettings): void {
  if (!Number.isInteger(burstLimit) || burstLimit < 0) throw badRequest('Usage Plan throttle burst limit is invalid');
  if (rateLimit < 0) throw badRequest('Usage Plan throttle rate limit is invalid');
}

/**
 * A quota with its defaults.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html
 * @throws {ServiceError} BadRequestException [U]
 */
function checkedQuota({ limit, offset = 0, period }: QuotaSettings): QuotaSettings {
  if (limit === undefined || !Number.isInteger(limit) || limit <= 0) {
    throw badRequest('Usage Plan quota limit must be greater than 0');
  }
  if (period === undefined || !PERIODS.includes(period)) {
    throw badRequest('Usage Plan quota period must be DAY, WEEK or MONTH');
  }
  if (!Number.isInteger(offset) || offset < 0 || offset > (OFFSETS[period] ?? 0)) {
    throw badRequest(`Usage Plan quota offset is invalid for the period ${period}`);
  }

  return { limit, offset, period };
}

/** A plan with a complete quota and a throttle that the service takes. */
export function checkedPlan<T extends UsagePlan>(plan: T): T {
  if (!plan.name) throw badRequest('Usage Plan name cannot be empty'); // [U]

  if (plan.throttle) checkThrottle(plan.throttle);
  return plan.quota ? { ...plan, quota: checkedQuota(plan.quota) } : plan;
}

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
      `Usage Plan ID ${plan.id} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with the same API Stage: ${shared}`,
    );
  }
}
