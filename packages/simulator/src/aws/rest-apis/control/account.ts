import type { Account } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/operation.js';
import { badRequest } from './words.js';
import { family } from './collection.js';
import { rule, patched, withMember, type PatchTable } from './patch.js';

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
function accountSettings(call: AwsCall): Account {
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

/** The account's settings of API Gateway. */
export const accountOperations = family({
  /** The account's settings in the region: the role for CloudWatch Logs, and the throttle of all APIs together. */
  GetAccount: (call) => accountSettings(call),

  /**
   * Changes the account's settings in the region. The throttle is a quota: no patch operation changes it.
   * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
   */
  UpdateAccount: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 20, burst: 1 },
    run(call, { patchOperations }) {
      const settings = patched(accountSettings(call), patchOperations, tableOf(call));
      call.state.restApi.settings.set('account', settings);
      return settings;
    },
  },
});

const tableOf = (call: AwsCall): PatchTable<Account> => ({
  '/cloudwatchRoleArn': rule(['replace'], (row, { value }) =>
    withMember(row, 'cloudwatchRoleArn', checkRole(call, value)),
  ),
  // UsagePlans is the only known feature. Every account has it, and it cannot be removed. The sentence
  '/features':
    // is [U].
    rule(['add', 'remove'], (row, { op, value }) => {
      if (op === 'add' && value === 'UsagePlans') return row;

      throw badRequest(`Invalid feature specified for op '${op}': ${value ?? ''}`);
    }),
});

/** An empty text removes the role. Whether the role exists is not known here: IAM is not simulated. */
function checkRole(call: AwsCall, arn: string | undefined): string | undefined {
  if (arn === undefined || arn === '') return undefined;

  const [, partition, account] = /^arn:([^:]+):iam::(\d{12}):role\/\S+$/.exec(arn) ?? [];
  if (partition !== call.partition) throw badRequest('Invalid ARN specified in the request'); // [I]
  if (account !== call.account) throw badRequest('Cross-account pass role is not allowed.'); // [U]

  return arn;
}
