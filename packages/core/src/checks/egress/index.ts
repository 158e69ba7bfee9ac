import type { Judgement } from '../../findings/statement.js';
import { egressAdmitted } from './admitted.js';
import { egressWider } from './wider.js';

/** The checks of the family `egress/*`. */
export const egressChecks: readonly Judgement[] = [egressAdmitted, egressWider];
