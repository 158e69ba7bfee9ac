import type { Gateway } from '../model/gateway.js';
import type { Route } from '../model/route.js';
import type { RouteDifference } from '../world/routes/route-differences.js';
import type { RouteInput } from '../world/routes/route-input.js';
import type { Step } from './plan.js';
import { routeStepId } from './route-step-id.js';
import { step } from './step-input.js';

/** Takes over a route by its mark, and then changes the settings that differ. */
export function adoptRoute(
  gateway: Gateway,
  integration: string,
  there: Route,
  input: RouteInput,
  settings: readonly RouteDifference[],
): readonly Step[] {
  const { key, id } = there;
  const resource = { type: 'route', name: key, id } as const;
  const { settings: _declared, ...unchanged } = input;
  const adopt = step(
    {
      id: routeStepId('adopt', key, gateway.id),
      kind: 'adopt',
      resource,
      reason: 'it matches the spec and carries no mark',
      changes: [{ field: 'owner', to: integration }],
    },
    { ...unchanged, routeId: id },
  );
  if (settings.length === 0) return [adopt];
  const reason = 'settings differ from the spec';
  const fields = { id: routeStepId('retarget', key, gateway.id), kind: 'retarget', resource, reason } as const;
  return [adopt, step({ ...fields, changes: settings }, { ...input, routeId: id })];
}
