import type { MigrationCheck } from '../migration-input.js';
import { migrateAccessibleBlocks } from './accessible-blocks.js';
import { migrateClientNetwork } from './client-network.js';
import { migrateCustomDomain } from './custom-domain.js';
import { migrateDeployment } from './deployment.js';
import { migrateDomains } from './domains.js';
import { migrateEgress } from './egress.js';
import { migrateHttpsPolicy } from './https-policy.js';
import { migrateIpv6 } from './ipv6.js';
import { migrateKnown } from './known.js';
import { migrateLocked } from './locked.js';
import { migrateNetwork } from './network.js';
import { migrateOwner } from './owner.js';
import { migratePlainAddress } from './plain-address.js';
import { migratePrivateDomain } from './private-domain.js';
import { migrateQuota } from './quota.js';
import { migrateRate } from './rate.js';
import { migrateReady } from './ready.js';
import { migrateRefused } from './refused.js';
import { migrateRegistry } from './registry.js';
import { migrateRollback } from './rollback.js';
import { migrateSameMachine } from './same-machine.js';
import { migrateSharedIntegration } from './shared-integration.js';
import { migrateSpec } from './spec.js';
import { migrateStageVariable } from './stage-variable.js';
import { migrateSwitchPending } from './switch-pending.js';
import { migrateUnderWay } from './under-way.js';
import { migrateZones } from './zones.js';

/** What the service verifies, and what cannot be known of a group. */
export const VERIFIED: readonly MigrationCheck[] = [
  migrateKnown,
  migrateStageVariable,
  migrateNetwork,
  migrateAccessibleBlocks,
  migratePlainAddress,
  migratePrivateDomain,
];

/** Every check of a migration, in the order in which the documentation lists them. */
export const MIGRATION_CHECKS: readonly MigrationCheck[] = [
  ...VERIFIED,
  migrateSameMachine,
  migrateRegistry,
  migrateReady,
  migrateLocked,
  migrateUnderWay,
  migrateSwitchPending,
  migrateRefused,
  migrateHttpsPolicy,
  migrateRate,
  migrateDomains,
  migrateClientNetwork,
  migrateIpv6,
  migrateCustomDomain,
  migrateSpec,
  migrateZones,
  migrateSharedIntegration,
  migrateDeployment,
  migrateQuota,
  migrateEgress,
  migrateOwner,
  migrateRollback,
];

/**
 * Those that also apply to routes of an HTTP API; the others are about properties that only instances of
 * Alibaba Cloud have.
 */
export const OF_ROUTES: ReadonlySet<MigrationCheck> = new Set([
  migrateKnown,
  migrateSameMachine,
  migrateReady,
  migrateZones,
  migrateSharedIntegration,
  migrateDeployment,
  migrateQuota,
  migrateEgress,
  migrateOwner,
  migrateRollback,
]);

/** Those that also apply to a stage of a REST API whose methods get another link and another load balancer. */
export const STAGE_CHECKS: readonly MigrationCheck[] = [migrateReady, migrateOwner, migrateRollback];
