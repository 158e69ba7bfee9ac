import type { Check } from '../check.js';
import { targetExists } from './exists.js';

/** The checks of the family `target/*`. */
export const targetChecks: readonly Check[] = [targetExists];
