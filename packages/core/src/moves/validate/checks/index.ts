import { ranked } from '../../../check/checks/define-check.js';
import { withRemarks } from '../../../check/checks/registry.js';
import type { CheckOfCloud } from '../../../do/kinds/cloud/cloud-checks.js';
import { broughtChecks, type Clouds } from '../../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { GatewayKind } from '../../../do/model/gateway-kind.js';
import type { MigrationCheck, RankedMigrationCheck } from '../migration.js';
import { migrateDeployment } from './deployment.js';
import { migrateEgress } from './egress.js';
import { migrateKnown } from './known.js';
import { migrateOwner } from './owner.js';
import { migrateQuota } from './quota.js';
import { migrateReady } from './ready.js';
import { migrateRollback } from './rollback.js';
import { migrateSameMachine } from './same-machine.js';
import { migrateSharedIntegration } from './shared-integration.js';
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

/** Those that also apply to a stage of a REST API whose methods get another link and another load balancer. */
export const STAGE_CHECKS: readonly MigrationCheck[] = [migrateReady, migrateOwner, migrateRollback];

/** Every check of a migration of a set of clouds, in the order in which the documentation lists them. */
export function migrationChecksOf(clouds: Clouds): readonly MigrationCheck[] {
  return withRemarks(
    clouds,
    inOrder(clouds.all.flatMap((cloud) => Object.values(broughtChecks(cloud).moveChecks ?? {}).flat())),
  );
}

/** Those by which a move of a gateway is judged. */
export function moveChecksOf(clouds: Clouds, { kind }: Pick<Gateway, 'kind'>): readonly MigrationCheck[] {
  return clouds.derived(checksByKind).get(kind) ?? SHARED;
}

function checksByKind(set: Clouds): ReadonlyMap<GatewayKind, readonly MigrationCheck[]> {
  return new Map(set.gatewayKinds.map((one) => [one, ofKind(set, one)]));
}

function ofKind(clouds: Clouds, kind: GatewayKind): readonly MigrationCheck[] {
  const cloud = clouds.named(clouds.gateway(kind).provider);
  const { moveChecks = {} } = cloud === undefined ? {} : broughtChecks(cloud);
  return inOrder(moveChecks[kind] ?? []);
}

// What a cloud brings was made by `migrationCheck` and `ranked`.
function inOrder(brought: readonly CheckOfCloud[]): readonly MigrationCheck[] {
  return [...SHARED, ...(brought as readonly RankedMigrationCheck[])].toSorted(
    (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1),
  );
}
