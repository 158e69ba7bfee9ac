import type { AnyOperation } from '../../../operation.js';
import { createApiKey } from './create-api-key.js';
import { createUsagePlanKey } from './create-usage-plan-key.js';
import { createUsagePlan } from './create-usage-plan.js';
import { deleteApiKey } from './delete-api-key.js';
import { deleteUsagePlanKey } from './delete-usage-plan-key.js';
import { deleteUsagePlan } from './delete-usage-plan.js';
import { getApiKey } from './get-api-key.js';
import { getApiKeys } from './get-api-keys.js';
import { getUsagePlanKey } from './get-usage-plan-key.js';
import { getUsagePlanKeys } from './get-usage-plan-keys.js';
import { getUsagePlan } from './get-usage-plan.js';
import { getUsagePlans } from './get-usage-plans.js';
import { updateApiKey } from './update-api-key.js';
import { updateUsagePlan } from './update-usage-plan.js';

/** The simulated operations on usage plans and API keys. */
export const operations: readonly AnyOperation[] = [
  createUsagePlan,
  getUsagePlan,
  getUsagePlans,
  updateUsagePlan,
  deleteUsagePlan,
  createUsagePlanKey,
  getUsagePlanKey,
  getUsagePlanKeys,
  deleteUsagePlanKey,
  createApiKey,
  getApiKey,
  getApiKeys,
  updateApiKey,
  deleteApiKey,
];
