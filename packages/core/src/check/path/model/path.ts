import type * as explanation from '../../../do/findings/explanation.js';
import type { PathCode } from '../reasons/index.js';

/** A hop of an explanation, with the codes of the path checks. */
export type Hop = explanation.Hop<PathCode>;
