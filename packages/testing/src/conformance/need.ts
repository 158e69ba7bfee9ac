import type { AbilityName } from '@postern/core/internal/adapter';

/** Parts of a harness that a check needs beside its must. */
export const PARTS = ['faults', 'unreachable', 'process'] as const;
export const WORLD_PARTS = ['elsewhere', 'missingTarget', 'fullSubnetId', 'fillRoutes'] as const;

/**
 * What a check needs beside the must: an ability of the driver, a part of the harness, or links with subnets. Without it the check is
 * skipped.
 */
export type Need = AbilityName | (typeof PARTS)[number] | (typeof WORLD_PARTS)[number] | 'subnets';
