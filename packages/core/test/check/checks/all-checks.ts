import { checksOf, rulesOf } from '../../../src/check/checks/registry.js';
import { BUILT_IN } from '../../../src/do/kinds/built-in/built-in.js';

/** Every check of core and of the clouds. */
export const CHECKS = checksOf(BUILT_IN);

/** Every rule of a report's findings. */
export const RULES = rulesOf(BUILT_IN);
