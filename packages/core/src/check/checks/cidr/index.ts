import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { canonical } from './canonical.js';
import { networkOverlap } from './network-overlap.js';
import { outsideNetwork } from './outside-network.js';
import { redundant } from './redundant.js';
import { reserved } from './reserved.js';

/** The checks of the family `cidr/*`. */
export const cidrChecks: readonly RankedCheck[] = ranked({
  710: outsideNetwork,
  720: reserved,
  730: redundant,
  740: canonical,
  760: networkOverlap,
});
