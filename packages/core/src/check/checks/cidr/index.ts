import type { Check } from '../../../do/findings/check.js';
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
export const cidrChecks: readonly Check[] = [
  instanceBlock,
  instanceBlockAccessible,
  instanceBlockNetwork,
  instanceBlockRoutes,
  internalBlock,
  outsideNetwork,
  reserved,
  redundant,
  canonical,
  targetOutside,
  networkOverlap,
];
