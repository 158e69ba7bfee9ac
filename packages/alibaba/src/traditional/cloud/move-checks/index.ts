import { ranked, type MigrationCheck } from '@postern/core/internal/checks';
import { migrateAccessibleBlocks } from './accessible-blocks.js';
import { migrateClientNetwork, migrateNetwork, migrateIpv6 } from './network.js';
import { migrateCustomDomain, migrateDomains, migratePrivateDomain } from './domains.js';
import { migrateHttpsPolicy, migrateRate } from './https-policy.js';
import { migrateLocked, migrateRefused, migrateSwitchPending, migrateUnderWay } from './refused.js';
import { migratePlainAddress, migrateStageVariable } from './plain-address.js';
import { migrateRegistry } from './registry.js';
import { migrateSpec } from './spec.js';

/** The checks of a move of an API group. Their ranks are places among those of all moves. */
export const groupMoveChecks = ranked<MigrationCheck>({
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
