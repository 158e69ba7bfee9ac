import { wordedAs } from '../../findings/worded.js';
import type { MigrationCheck } from '../migration-input.js';
import { migrateAccessibleBlocks as migrateAccessibleBlocksJudged } from './accessible-blocks.js';
import { migrateAccessibleBlocksWords } from './words/accessible-blocks.words.js';
import { migrateClientNetwork as migrateClientNetworkJudged } from './client-network.js';
import { migrateClientNetworkWords } from './words/client-network.words.js';
import { migrateCustomDomain as migrateCustomDomainJudged } from './custom-domain.js';
import { migrateCustomDomainWords } from './words/custom-domain.words.js';
import { migrateDeployment as migrateDeploymentJudged } from './deployment.js';
import { migrateDeploymentWords } from './words/deployment.words.js';
import { migrateDomains as migrateDomainsJudged } from './domains.js';
import { migrateDomainsWords } from './words/domains.words.js';
import { migrateEgress as migrateEgressJudged } from './egress.js';
import { migrateEgressWords } from './words/egress.words.js';
import { migrateHttpsPolicy as migrateHttpsPolicyJudged } from './https-policy.js';
import { migrateHttpsPolicyWords } from './words/https-policy.words.js';
import { migrateIpv6 as migrateIpv6Judged } from './ipv6.js';
import { migrateIpv6Words } from './words/ipv6.words.js';
import { migrateKnown as migrateKnownJudged } from './known.js';
import { migrateKnownWords } from './words/known.words.js';
import { migrateLocked as migrateLockedJudged } from './locked.js';
import { migrateLockedWords } from './words/locked.words.js';
import { migrateNetwork as migrateNetworkJudged } from './network.js';
import { migrateNetworkWords } from './words/network.words.js';
import { migrateOwner as migrateOwnerJudged } from './owner.js';
import { migrateOwnerWords } from './words/owner.words.js';
import { migratePlainAddress as migratePlainAddressJudged } from './plain-address.js';
import { migratePlainAddressWords } from './words/plain-address.words.js';
import { migratePrivateDomain as migratePrivateDomainJudged } from './private-domain.js';
import { migratePrivateDomainWords } from './words/private-domain.words.js';
import { migrateQuota as migrateQuotaJudged } from './quota.js';
import { migrateQuotaWords } from './words/quota.words.js';
import { migrateRate as migrateRateJudged } from './rate.js';
import { migrateRateWords } from './words/rate.words.js';
import { migrateReady as migrateReadyJudged } from './ready.js';
import { migrateReadyWords } from './words/ready.words.js';
import { migrateRefused as migrateRefusedJudged } from './refused.js';
import { migrateRefusedWords } from './words/refused.words.js';
import { migrateRegistry as migrateRegistryJudged } from './registry.js';
import { migrateRegistryWords } from './words/registry.words.js';
import { migrateRollback as migrateRollbackJudged } from './rollback.js';
import { migrateRollbackWords } from './words/rollback.words.js';
import { migrateSameMachine as migrateSameMachineJudged } from './same-machine.js';
import { migrateSameMachineWords } from './words/same-machine.words.js';
import { migrateSharedIntegration as migrateSharedIntegrationJudged } from './shared-integration.js';
import { migrateSharedIntegrationWords } from './words/shared-integration.words.js';
import { migrateSpec as migrateSpecJudged } from './spec.js';
import { migrateSpecWords } from './words/spec.words.js';
import { migrateStageVariable as migrateStageVariableJudged } from './stage-variable.js';
import { migrateStageVariableWords } from './words/stage-variable.words.js';
import { migrateSwitchPending as migrateSwitchPendingJudged } from './switch-pending.js';
import { migrateSwitchPendingWords } from './words/switch-pending.words.js';
import { migrateUnderWay as migrateUnderWayJudged } from './under-way.js';
import { migrateUnderWayWords } from './words/under-way.words.js';
import { migrateZones as migrateZonesJudged } from './zones.js';
import { migrateZonesWords } from './words/zones.words.js';

const migrateAccessibleBlocks: MigrationCheck = wordedAs(migrateAccessibleBlocksJudged, migrateAccessibleBlocksWords);
const migrateClientNetwork: MigrationCheck = wordedAs(migrateClientNetworkJudged, migrateClientNetworkWords);
const migrateCustomDomain: MigrationCheck = wordedAs(migrateCustomDomainJudged, migrateCustomDomainWords);
const migrateDeployment: MigrationCheck = wordedAs(migrateDeploymentJudged, migrateDeploymentWords);
const migrateDomains: MigrationCheck = wordedAs(migrateDomainsJudged, migrateDomainsWords);
const migrateEgress: MigrationCheck = wordedAs(migrateEgressJudged, migrateEgressWords);
const migrateHttpsPolicy: MigrationCheck = wordedAs(migrateHttpsPolicyJudged, migrateHttpsPolicyWords);
const migrateIpv6: MigrationCheck = wordedAs(migrateIpv6Judged, migrateIpv6Words);
export const migrateKnown: MigrationCheck = wordedAs(migrateKnownJudged, migrateKnownWords);
const migrateLocked: MigrationCheck = wordedAs(migrateLockedJudged, migrateLockedWords);
const migrateNetwork: MigrationCheck = wordedAs(migrateNetworkJudged, migrateNetworkWords);
const migrateOwner: MigrationCheck = wordedAs(migrateOwnerJudged, migrateOwnerWords);
const migratePlainAddress: MigrationCheck = wordedAs(migratePlainAddressJudged, migratePlainAddressWords);
const migratePrivateDomain: MigrationCheck = wordedAs(migratePrivateDomainJudged, migratePrivateDomainWords);
const migrateQuota: MigrationCheck = wordedAs(migrateQuotaJudged, migrateQuotaWords);
const migrateRate: MigrationCheck = wordedAs(migrateRateJudged, migrateRateWords);
export const migrateReady: MigrationCheck = wordedAs(migrateReadyJudged, migrateReadyWords);
const migrateRefused: MigrationCheck = wordedAs(migrateRefusedJudged, migrateRefusedWords);
const migrateRegistry: MigrationCheck = wordedAs(migrateRegistryJudged, migrateRegistryWords);
const migrateRollback: MigrationCheck = wordedAs(migrateRollbackJudged, migrateRollbackWords);
const migrateSameMachine: MigrationCheck = wordedAs(migrateSameMachineJudged, migrateSameMachineWords);
const migrateSharedIntegration: MigrationCheck = wordedAs(
  migrateSharedIntegrationJudged,
  migrateSharedIntegrationWords,
);
const migrateSpec: MigrationCheck = wordedAs(migrateSpecJudged, migrateSpecWords);
const migrateStageVariable: MigrationCheck = wordedAs(migrateStageVariableJudged, migrateStageVariableWords);
const migrateSwitchPending: MigrationCheck = wordedAs(migrateSwitchPendingJudged, migrateSwitchPendingWords);
const migrateUnderWay: MigrationCheck = wordedAs(migrateUnderWayJudged, migrateUnderWayWords);
const migrateZones: MigrationCheck = wordedAs(migrateZonesJudged, migrateZonesWords);

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
