import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { MoveUnit } from '../../do/move-driver.js';
import { publicAddress } from '../../do/kinds/gateway/gateway-rules.js';
import type { Gateway } from '../../do/model/gateway.js';
import { gatewayRef } from '../../do/model/reference.js';
import type { JudgedMigration } from '../validate/validate.js';
import type { PlannedUnit } from './move-plan.js';
import type { MovePlace } from './place-of-request.js';

/** The parts of a gateway that move one by one: all of a group; the routes that share an integration. */
export function unitsOf(
  { gateway, input }: NonNullable<JudgedMigration['found']>,
  {
    from,
    to,
    route,
    stage,
    targetBalancer,
    formerBalancer,
  }: Omit<MovePlace, 'provider' | 'region' | 'account' | 'securityGroupIds'> & {
    readonly route?: string | undefined;
  },
): readonly Omit<PlannedUnit, 'probes'>[] {
  const ref = gatewayRef(gateway);
  const label = gateway.name === '' ? gateway.id : `${gateway.name} (${gateway.id})`;
  const address = addressOf(input.region.clouds, gateway, input.region.region.region, stage);
  if (input.region.clouds.movesAsOne(gateway)) {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id}`, gateway: ref, from, to };
    return [{ name: label, unit, ...address }];
  }
  if (stage !== undefined) {
    const unit: MoveUnit = { id: `${ref.kind} ${ref.id} ${stage}`, gateway: ref, from, to, stage, targetBalancer };
    return [{ name: `stage ${stage} of ${label}`, unit, ...address, formerBalancer }];
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
    return { unit, name: `${routes.join(', ')} of ${label}`, ...address };
  });
}

/** The public name of a gateway, with the stage that moves, or the one that most callers use. */
function addressOf(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  stage: string | undefined,
): Pick<PlannedUnit, 'address'> {
  const names = gateway.stages.map(({ name }) => name);
  const one = stage ?? ['$default', 'RELEASE'].find((name) => names.includes(name)) ?? names[0];
  if (one === undefined) return {};
  const found = publicAddress(clouds.gateway(gateway.kind).rules, gateway, region, one);
  return 'because' in found ? {} : { address: found };
}

/** Units by the ID of their gateway: those of one follow each other, and gateways do not depend on each other. */
export function unitsByGateway(units: readonly PlannedUnit[]): ReadonlyMap<string, readonly PlannedUnit[]> {
  const found = new Map<string, PlannedUnit[]>();
  for (const planned of units) {
    const { id } = planned.unit.gateway;
    const own = found.get(id);
    if (own === undefined) found.set(id, [planned]);
    else own.push(planned);
  }
  return found;
}
