import type { Check } from '../../../do/findings/check.js';
import { egressAdmitted } from './admitted.js';
import { egressWider } from './wider.js';

/** The checks of the family `egress/*`. */
export const egressChecks: readonly Check[] = [egressAdmitted, egressWider];
