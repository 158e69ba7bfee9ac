import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { egressAdmitted } from './admitted.js';
import { egressWider } from './wider.js';

/** The checks of the family `egress/*`. */
export const egressChecks: readonly RankedCheck[] = ranked({
  870: egressAdmitted,
  880: egressWider,
});
