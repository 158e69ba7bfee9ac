import type { Gateway, GatewayUse } from '../../../do/model/gateway.js';
import type { Route } from '../../../do/model/route.js';
import type { Missing } from '../../../do/world/views.js';

/**
 * A route whose link or target is named by stage variables, as it is on each stage, or on one that is `named`; the missing fact where
 * the values of a stage could not be read.
 */
export function onStages(
  gateway: Gateway,
  route: Route,
  named: string | undefined,
): readonly { readonly stage: string; readonly route: Route }[] | Missing {
  const live: { readonly stage: string; readonly route: Route }[] = [];
  for (const { name: stage } of gateway.stages) {
    if (named !== undefined && stage !== named) continue;
    const use = useOn(gateway, route, stage);
    if (use === undefined) {
      return {
        what: `the values of ${(route.variables ?? []).join(', ')} on stage ${stage}`,
        remedy: `Check the variables of stage ${stage} of ${gateway.id}, by which ${route.key} names its link or target.`,
      };
    }
    const { linkId = route.linkId, targetId = route.targetId } = use;
    live.push({ stage, route: { ...route, linkId, targetId } });
  }
  return live;
}

/** What a route uses on a stage, with the values of its variables there. */
export function useOn({ uses }: Gateway, { id }: Route, stage: string): GatewayUse | undefined {
  return uses?.find(
    (use) => use.kind === 'route' && use.stage === stage && (use.id === id || use.routeIds.includes(id)),
  );
}
