import { ranked } from '../../../check/checks/define-check.js';
import type { CheckOfCloud } from '../../../do/kinds/cloud/cloud-checks.js';
import type { Clouds } from '../../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { GatewayKind } from '../../../do/model/gateway-kind.js';
import type { MigrationCheck, RankedMigrationCheck } from '../migration-input.js';
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

/** Those of gateways of all kinds. */
const SHARED: readonly RankedMigrationCheck[] = ranked({
  10: migrateKnown,
  70: migrateSameMachine,
  90: migrateReady,
  210: migrateZones,
  220: migrateSharedIntegration,
  230: migrateDeployment,
  240: migrateQuota,
  250: migrateEgress,
  260: migrateOwner,
  270: migrateRollback,
});

/** Those of gateways that move as one. */
const OF_GROUPS: readonly RankedMigrationCheck[] = ranked({
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

/** Those that also apply to a stage of a REST API whose methods get another link and another load balancer. */
export const STAGE_CHECKS: readonly MigrationCheck[] = [migrateReady, migrateOwner, migrateRollback];

/** Every check of a migration of a set of clouds, in the order in which the documentation lists them. */
export function migrationChecksOf({ all }: Clouds): readonly MigrationCheck[] {
  return inOrder([...OF_GROUPS, ...all.flatMap(({ moveChecks = {} }) => Object.values(moveChecks).flat())]);
}

const BY_KIND = Symbol('checks of moves');

/** Those by which a move of a gateway is judged. */
export function moveChecksOf(clouds: Clouds, { kind }: Pick<Gateway, 'kind'>): readonly MigrationCheck[] {
  const byKind = clouds.once(BY_KIND, (set) => new Map(set.gatewayKinds.map((one) => [one, ofKind(set, one)])));
  return byKind.get(kind) ?? SHARED;
}

function ofKind(clouds: Clouds, kind: GatewayKind): readonly MigrationCheck[] {
  const { moveChecks = {} } = clouds.named(clouds.gateway(kind).provider) ?? {};
  return inOrder([...(clouds.movesAsOne({ kind }) ? OF_GROUPS : []), ...(moveChecks[kind] ?? [])]);
}

// What a cloud brings was made by `migrationCheck` and `ranked`.
function inOrder(brought: readonly CheckOfCloud[]): readonly MigrationCheck[] {
  return [...SHARED, ...(brought as readonly RankedMigrationCheck[])].toSorted(
    (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1),
  );
}
