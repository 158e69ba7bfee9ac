import type { Account } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { accountSettings } from '../account.js';
import { family } from '../family.js';
import { PATCH_LIMITS, patched, withMember, type PatchTable } from '../patch.js';
import { badRequest } from '../words.js';

/** The account's settings of API Gateway. */
export const accountOperations = family({
  /** The account's settings in the region: the role for CloudWatch Logs, and the throttle of all APIs together. */
  GetAccount: (call) => accountSettings(call),

  /**
   * Changes the account's settings in the region. The throttle is a quota: no patch operation changes it.
   * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
   */
  UpdateAccount: {
    limits: PATCH_LIMITS,
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
  '/cloudwatchRoleArn': {
    ops: ['replace'],
    apply: (row, { value }) => withMember(row, 'cloudwatchRoleArn', checkRole(call, value)),
  },
  '/features': {
    ops: ['add', 'remove'],
    // UsagePlans is the only known feature. Every account has it, and it cannot be removed. The sentence
    // is [U].
    apply: (row, { op, value }) => {
      if (op === 'add' && value === 'UsagePlans') return row;
      throw badRequest(`Invalid feature specified for op '${op}': ${value ?? ''}`);
    },
  },
});

/** An empty text removes the role. Whether the role exists is not known here: IAM is not simulated. */
function checkRole(call: AwsCall, arn: string | undefined): string | undefined {
  if (arn === undefined || arn === '') return undefined;
  const [, partition, account] = /^arn:([^:]+):iam::(\d{12}):role\/\S+$/.exec(arn) ?? [];
  if (partition !== call.partition) throw badRequest('Invalid ARN specified in the request'); // [I]
  if (account !== call.account) throw badRequest('Cross-account pass role is not allowed.'); // [U]
  return arn;
}
