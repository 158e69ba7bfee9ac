import type { PlannerOption } from '@postern/core/internal/planner';
import type { AlibabaQuota } from '../cloud/quotas.js';

/** An option of Alibaba Cloud. No price of it is in a table: instances are paid for by the hour. */
export type AlibabaOption = PlannerOption<AlibabaQuota, never>;

/** Where the prices of instances apply. */
export const MAINLAND = 'the mainland of China';

/** Hong Kong has prices of its own. */
export function isMainland(region: string): boolean {
  return region.startsWith('cn-') && region !== 'cn-hongkong';
}
