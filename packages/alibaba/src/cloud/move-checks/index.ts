import { ranked } from '@postern/core/checks';
import { migrateAccessibleBlocks } from './accessible-blocks.js';
import { migrateClientNetwork } from './client-network.js';
import { migrateCustomDomain } from './custom-domain.js';
import { migrateDomains } from './domains.js';
import { migrateHttpsPolicy } from './https-policy.js';
import { migrateIpv6 } from './ipv6.js';
import { migrateLocked } from './locked.js';
import { migrateNetwork } from './network.js';
import { migratePlainAddress } from './plain-address.js';
import { migratePrivateDomain } from './private-domain.js';
import { migrateRate } from './rate.js';
import { migrateRefused } from './refused.js';
import { migrateRegistry } from './registry.js';
import { migrateSpec } from './spec.js';
import { migrateStageVariable } from './stage-variable.js';
import { migrateSwitchPending } from './switch-pending.js';
import { migrateUnderWay } from './under-way.js';

/** The checks of a move of an API group. Their ranks are places among those of all moves. */
export const groupMoveChecks = ranked({
  20: migrateStageVariable,
  30: migrateNetwork,
  40: migrateAccessibleBlocks,
  50: migratePlainAddress,
  60: migratePrivateDomain,
  80: migrateRegistry,
  100: migrateLocked,
  110: migrateUnderWay,
  120: migrateSwitchPending,
  130: migrateRefused,
  140: migrateHttpsPolicy,
  150: migrateRate,
  160: migrateDomains,
  170: migrateClientNetwork,
  180: migrateIpv6,
  190: migrateCustomDomain,
  200: migrateSpec,
});
