import type { QuotaSettings, ThrottleSettings, UsagePlan } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../words.js';

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
