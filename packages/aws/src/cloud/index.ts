import { withChecks, type Cloud } from '@postern/core/internal/kinds';
import { checks } from './checks/index.js';
import { cloud as withoutChecks } from './cloud.js';
import type { AwsTypes } from './types.js';

export type { AwsTypes } from './types.js';

/** AWS, with its checks: `check` of a snapshot can judge with a set of it at once. */
export const cloud: Cloud<AwsTypes> = withChecks(withoutChecks, checks);
