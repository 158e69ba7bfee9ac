import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { canonical } from './canonical.js';
import { instanceBlockAccessible } from './instance-block-accessible.js';
import { instanceBlockNetwork } from './instance-block-network.js';
import { instanceBlockRoutes } from './instance-block-routes.js';
import { instanceBlock } from './instance-block.js';
import { internalBlock } from './internal-block.js';
import { networkOverlap } from './network-overlap.js';
import { outsideNetwork } from './outside-network.js';
import { redundant } from './redundant.js';
import { reserved } from './reserved.js';
import { targetOutside } from './target-outside.js';

/** The checks of the family `cidr/*`. */
export const cidrChecks: readonly RankedCheck[] = ranked({
  660: instanceBlock,
  670: instanceBlockAccessible,
  680: instanceBlockNetwork,
  690: instanceBlockRoutes,
  700: internalBlock,
  710: outsideNetwork,
  720: reserved,
  730: redundant,
  740: canonical,
  750: targetOutside,
  760: networkOverlap,
});
