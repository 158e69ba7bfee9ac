import type { GatewayRef } from '../model/reference.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Unit, UnitKind } from './plan.js';

/** Which unit it is. The ID is for people and for references; what it says is in `kind` and `name`, too. */
export type UnitRef = Pick<Unit, 'id' | 'kind' | 'name'>;

/** What the ID of a unit of each kind begins with. */
const PREFIX: Readonly<Record<UnitKind, string>> = {
  link: 'link',
  'link-removal': 'link',
  'link-narrowing': 'link',
  'allowlist-removal': 'link',
  integration: 'integration',
  'target-removal': 'integration',
  gateway: 'gateway',
};

/** The unit of a link or an integration of that name; `part` tells it from other units of the same name. */
export function unitRef(kind: UnitKind, name: string, part?: string): UnitRef {
  return { id: `${PREFIX[kind]}:${name}${part === undefined ? '' : `/${part}`}`, kind, name };
}

/** The unit of a gateway's deployments. */
export function gatewayUnit({ provider, region }: RegionSnapshot, { kind, id }: GatewayRef): UnitRef {
  return { id: `${PREFIX.gateway}:${provider}/${region}/${kind}/${id}`, kind: 'gateway', name: id };
}
