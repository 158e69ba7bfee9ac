import type { AnyOperation } from '../../../operation.js';
import { getAccount } from './get-account.js';
import { updateAccount } from './update-account.js';

/** The simulated operations on the account's settings. */
export const operations: readonly AnyOperation[] = [getAccount, updateAccount];
