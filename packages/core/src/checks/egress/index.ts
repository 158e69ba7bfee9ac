import type { Check } from '../check.js';

/** The checks of the family `egress/*`. */
export const egressChecks: readonly Check[] = [];
