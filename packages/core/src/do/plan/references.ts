import type { SecurityGroup } from '../model/network.js';
import type { GatewayRef } from '../model/reference.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { Unit, UnitKind } from './plan.js';

/**
 * The rules of other groups that name a group, each as text: `inbound rule sgr-1 of sg-2 (tcp 80)`. A group that such a rule
 * names cannot be deleted.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
export function referencesTo(groupId: string, groups: readonly SecurityGroup[]): readonly string[] {
  return groups
    .filter(({ id }) => id !== groupId)
    .flatMap(({ id, rules }) =>
      rules
        .filter(({ securityGroupId }) => securityGroupId === groupId)
        .map(({ id: ruleId, direction, protocol, fromPort, toPort }) => {
          const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
          const what = ['-1', 'all'].includes(protocol) ? 'all traffic' : `${protocol} ${ports}`;
          return `${direction}bound rule${ruleId === undefined ? '' : ` ${ruleId}`} of ${id} (${what})`;
        }),
    );
}

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

/** The step's id: `create route ANY /orders on a1b2c3`. */
export function routeStepId(
  verb: 'create' | 'adopt' | 'retarget' | 'move' | 'forget' | 'delete',
  key: string,
  gateway: string,
): string {
  return `${verb} route ${key} on ${gateway}`;
}
