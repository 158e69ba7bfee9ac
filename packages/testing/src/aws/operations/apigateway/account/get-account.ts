import type { Account, GetAccountRequest } from '@aws-sdk/client-api-gateway';
import { accountSettings } from '../../../rest-api/account/settings.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/**
 * The account's settings in the region: the role for CloudWatch Logs, and the throttle of all APIs
 * together.
 */
export const getAccount = restOperation<GetAccountRequest, Account>({
  name: 'GetAccount',
  kind: 'read',
  run: (call) => accountSettings(call),
});
