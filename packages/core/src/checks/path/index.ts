import type { Check } from '../check.js';

/** The checks of the family `path/*`. */
export const pathChecks: readonly Check[] = [];
