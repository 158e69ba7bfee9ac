import type { Check } from '../check.js';
import { linkExists } from './exists.js';

/** The checks of the family `link/*`. */
export const linkChecks: readonly Check[] = [linkExists];
