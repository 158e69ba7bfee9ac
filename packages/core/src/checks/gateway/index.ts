import type { Check } from '../check.js';
import { gatewayExists } from './exists.js';

/** The checks of the family `gateway/*`. */
export const gatewayChecks: readonly Check[] = [gatewayExists];
