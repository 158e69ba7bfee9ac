import type { MoveUnit } from '../../driver.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { gatewayRef } from '../../model/reference.js';
import type { JudgedMigration } from '../../migrate/validate.js';
import type { PlannedUnit } from './move-plan.js';
import type { MovePlace } from './place-of-request.js';

/** The parts of a gateway that move one by one: all of a group; the routes that share an integration. */
export function unitsOf(
  { gateway }: NonNullable<JudgedMigration['found']>,
  { from, to, route, stage, targetBalancer }: Omit<MovePlace, 'provider' | 'region' | 'account' | 'securityGroupIds'> & {
    readonly route?: string | undefined;
  },
): readonly Omit<PlannedUnit, 'probes'>[] {
  const ref = gatewayRef(gateway);
  const label = gateway.name === '' ? gateway.id : `${gateway.name} (${gateway.id})`;
  if (movesAsOne(gateway)) {
    const host = gateway.settings?.domains?.find(({ kind }) => kind === 'public')?.name;
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id}`, gateway: ref, from, to };
    return [{ name: label, unit, ...(host === undefined ? {} : { host }) }];
  }
  if (stage !== undefined) {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id} ${stage}`, gateway: ref, from, to, stage, targetBalancer };
    return [{ name: `stage ${stage} of ${label}`, unit }];
  }
  const moved = gateway.routes.filter(
    ({ linkId, key }) => linkId === from.id && (route === undefined || key === route),
  );
  const shared = new Map<string, string[]>();
  for (const { id, key, integrationId } of moved) {
    const name = integrationId ?? id;
    const keys = shared.get(name);
    if (keys === undefined) shared.set(name, [key]);
    else keys.push(key);
  }
  return [...shared].map(([integration, routes]) => {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id} ${integration}`, gateway: ref, from, to, routes, integration };
    return { unit, name: `${routes.join(', ')} of ${label}` };
  });
}
