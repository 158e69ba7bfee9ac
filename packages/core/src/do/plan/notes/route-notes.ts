import { fewText } from '../../../ground/text/quantities.js';
import type { Gateway } from '../../model/gateway.js';
import type { Spec } from '../../spec.js';
import { allRoutesOf } from '../removal/remove-routes.js';
import type { UnitPart } from '../plan-part.js';
import type { PlanScope } from '../plan-scope.js';
import { unitsOf } from '../unit-list.js';
import { otherSpecNotes } from './kept.js';
import { type IntegrationPlan } from '../plan-integration.js';
import { gatewayKeyOf } from '../../world/resolve/find-gateway.js';

/** Names in advance the options that `apply` will require. */
export function allRoutesNotes(units: readonly UnitPart[], spec: Spec): readonly string[] {
  const routes = allRoutesOf({ goal: 'apply', units: unitsOf(units) }, spec);
  if (routes.length === 0) return [];
  return [
    `the spec declares no routes, so every live route of this spec (${routes.length}) is deleted; apply needs --delete-all-routes for that`,
  ];
}

/** Names the routes of the spec's gateways that the project does not manage. */
export function foreignRouteNotes(scope: PlanScope, integrations: readonly IntegrationPlan[]): readonly string[] {
  const notes: string[] = [];
  const declared = new Map<
    string,
    { readonly gateway: Gateway; readonly keys: Set<string>; readonly leftAlone: string[] }
  >();
  for (const { resolved, leftAlone } of integrations) {
    const key = gatewayKeyOf(resolved);
    const known = declared.get(key) ?? { gateway: resolved.gateway, keys: new Set(), leftAlone: [] };
    declared.set(key, known);
    for (const key of Object.keys(resolved.spec.routes)) known.keys.add(key);
    known.leftAlone.push(...leftAlone);
  }
  for (const { gateway, keys, leftAlone } of declared.values()) {
    const foreign = gateway.routes.filter(({ key, owner }) => owner?.project !== scope.project && !keys.has(key));
    notes.push(...otherSpecNotes(scope, gateway));
    if (leftAlone.length > 0)
      notes.push(
        `gateway ${gateway.id} has declared routes that this project does not manage, and that match the spec: ${fewText(leftAlone, 5)}; they are not changed. \`adopt: true\` on their integration takes them over`,
      );
    if (foreign.length === 0) continue;
    notes.push(
      `gateway ${gateway.id} has routes that this project does not manage, and that are not changed: ${fewText(
        foreign.map(({ key }) => key),
        5,
      )}`,
    );
  }
  return notes;
}
