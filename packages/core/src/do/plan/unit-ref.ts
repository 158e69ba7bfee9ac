import type { GatewayRef } from '../model/reference.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Unit, UnitKind } from './plan.js';

/**
 * The reference to a unit. The ID is for display and for references; `kind` and `name` contain the same
 * facts.
 */
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

/**
 * The unit of a link or an integration of that name; `part` distinguishes it from other units of the same
 * name.
 */
export function unitRef(kind: UnitKind, name: string, part?: string): UnitRef {
  return { id: `${PREFIX[kind]}:${name}${part === undefined ? '' : `/${part}`}`, kind, name };
}

/** The unit of a gateway's deployments. */
export function gatewayUnitRef({ provider, region }: RegionSnapshot, { kind, id }: GatewayRef): UnitRef {
  return { id: `${PREFIX.gateway}:${provider}/${region}/${kind}/${id}`, kind: 'gateway', name: id };
}
