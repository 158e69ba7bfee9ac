import type { Check } from '../check.js';

/** The checks of the family `cidr/*`. */
export const cidrChecks: readonly Check[] = [];
