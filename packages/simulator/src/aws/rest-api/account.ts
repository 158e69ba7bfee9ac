import type { Account } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../operation/call.js';
import { badRequest } from './words.js';

/**
 * Regions with a quarter of the usual throttle.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const SMALL_REGIONS: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

/**
 * The account's settings in the region, as GetAccount answers them.
 * @see https://github.com/turbot/steampipe-plugin-aws/pull/2544 (a new account's, by Region)
 */
export function accountSettings(call: AwsCall): Account {
  return call.state.restApi.settings.get('account') ?? newSettings(call.region);
}

/** What all APIs of an account admit together in a region: calls a second, and at once. */
export function accountThrottle(region: string): { readonly rateLimit: number; readonly burstLimit: number } {
  return SMALL_REGIONS.has(region) ? { burstLimit: 1250, rateLimit: 2500 } : { burstLimit: 5000, rateLimit: 10_000 };
}

function newSettings(region: string): Account {
  return {
    throttleSettings: accountThrottle(region),
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
}

/**
 * Refuses logs to CloudWatch Logs without the account's role.
 * @see https://github.com/Miserlou/Zappa/issues/1946
 * @throws {ServiceError} BadRequestException
 */
export function requireLogsRole(call: AwsCall): void {
  if (accountSettings(call).cloudwatchRoleArn !== undefined) return;
  throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
}
