import { withChecks, type Cloud } from '@postern/core/internal/kinds';
import { checks } from './checks/index.js';
import { cloud as withoutChecks } from './cloud.js';
import type { AlibabaTypes } from './types.js';

export type { AlibabaTypes } from './types.js';

/** Alibaba Cloud, with its checks: `check` of a snapshot can judge with a set of it at once. */
export const cloud: Cloud<AlibabaTypes> = withChecks(withoutChecks, checks);
