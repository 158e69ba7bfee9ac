import type { CallContext } from '../ground/calls/call-context.js';
import { beginReading } from '../ground/clocks/cloud-time.js';
import type { Driver, Scope } from '../do/driver.js';
import { clouds } from '../do/kinds/cloud/clouds.js';
import { SNAPSHOT_VERSION, type Snapshot } from '../do/snapshot/snapshot.js';
import { sortRequest, type MoveRequest } from './plan/move-plan.js';
import { gatewayOfMigration } from './validate/migration.js';

/**
 * Reads what a plan of a move needs: no more than the move changes, and what the paths to the backends depend on. Without a
 * request: what every move of the account and region needs.
 *
 * ```ts
 * const snapshot = await observeMove(driver, { api: 'a1b2c3', from: 'old123', to: 'new456' }, ctx);
 * ```
 */
export async function observeMove(
  driver: Driver,
  request: MoveRequest | undefined,
  context: CallContext,
): Promise<Snapshot> {
  const taken = beginReading(context);
  const region = await driver.observe(request === undefined ? ALL : scopeOf(request, driver), context);
  return { version: SNAPSHOT_VERSION, ...taken(), regions: [region] };
}

const WHAT = { checks: true, uses: true };
const ALL: Scope = { ...WHAT, all: true };

function scopeOf(request: MoveRequest, { serves, cloud }: Pick<Driver, 'serves' | 'cloud'>): Scope {
  const sorted = sortRequest(request);
  // Only the API groups show on which instance they are, and only the listeners which ports a load balancer has.
  if (sorted.is !== 'gateway') return ALL;

  const { migration } = sorted;
  const gateways = [gatewayOfMigration(migration, clouds([cloud]))];
  return 'group' in migration
    ? { ...WHAT, gateways, links: [migration.to] }
    : {
        ...WHAT,
        gateways,
        links: [migration.from, migration.to],
        linkKinds: serves.links, // a link of another kind is refused as such, and not as one that does not exist
      };
}
