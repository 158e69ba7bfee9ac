import type { AnyOperation } from '../operation/operation.js';
import { instanceProfileOperations } from './instance-profile.js';
import { policyOperations } from './policy.js';
import { roleOperations } from './role.js';

export { newState } from './state.js';

/** What is simulated of IAM: roles, policies and instance profiles, without any effect on what calls are allowed. */
export const operations: readonly AnyOperation[] = [
  ...instanceProfileOperations,
  ...policyOperations,
  ...roleOperations,
];
