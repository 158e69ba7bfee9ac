import type { Gateway } from '../../do/model/gateway.js';
import { fewText } from '../../ground/text/few-text.js';

/**
 * What deployed stages serve otherwise than the working copy, from which a spec is written, as text: a line for each
 * stage.
 */
export function stageDifferences(gateway: Gateway): readonly string[] {
  const routes = new Map(gateway.routes.map((route) => [route.id, route]));
  const differing = new Map<string, string[]>();
  for (const { kind, stage, id, routeIds, name, linkId, targetId } of gateway.uses ?? []) {
    if (kind !== 'route' || stage === undefined || linkId === undefined) continue;
    const route = routes.get(routeIds[0] ?? id);
    // What a variable names may differ from stage to stage.
    if (route?.variables !== undefined && route.variables.length > 0) continue;
    if (route?.linkId === linkId && (targetId === undefined || route.targetId === targetId)) continue;
    differing.set(stage, [...(differing.get(stage) ?? []), name]);
  }
  return [...differing].map(
    ([stage, names]) =>
      `stage ${stage} of ${gateway.id}: its deployment serves ${fewText(names)} otherwise than the working copy`,
  );
}
