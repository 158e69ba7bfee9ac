import { isVariable } from '../../world/uses/gateway-uses.js';
import { withVariables } from '../../world/uses/stage-variables.js';
import type { Route } from '../../model/route.js';
import type { Spec } from '../../model/spec.js';
import type { RouteDifference } from '../../world/routes/route-differences.js';
import type { Missing } from '../../world/views.js';

/** How a draft differs from what is declared, and the stages on which the spec says that it is called. */
interface DraftDifferences {
  readonly found: readonly RouteDifference[];
  readonly stages: readonly string[] | undefined;
}

/**
 * In what an API as it is published differs from what is declared; the target of each stage counts, not the draft's. TLS and path are
 * known of drafts alone. Empty where it is published on none of the stages: `gateway/published` says that.
 */
export function publishedDifferences(
  spec: Pick<Spec, 'assume'>,
  route: Route,
  { found, stages: named }: DraftDifferences,
): readonly RouteDifference[] | Missing {
  const callable = route.publishedOn ?? route.stages ?? [];
  const stages = callable.filter((stage) => named?.includes(stage) ?? true);
  const ofTarget = found.find(({ field }) => field === 'target');
  const wanted = ofTarget === undefined ? (route.targetId ?? null) : ofTarget.to;
  const live = stages.map((stage) => ({ stage, to: targetOn(spec, route, stage) }));
  const other = live.filter(({ to }) => to !== undefined && to !== wanted);
  if (other.length > 0) {
    return other.map(({ stage, to = '' }) => ({ field: `target on ${stage}`, from: to, to: wanted }));
  }
  const untold = live.find(({ to }) => to === undefined);
  if (untold !== undefined) {
    return {
      what: `where ${route.key} leads on ${untold.stage}`,
      remedy: `Look at the version of ${route.key} that ${untold.stage} shows; values of stage variables go under assume.stageVariables.`,
    };
  }
  const shown = stages.length > 0 && stages.every((stage) => route.stages?.includes(stage) === true);
  // Of a draft that no stage shows, nothing is called.
  return shown && ofTarget === undefined ? found : [];
}

/** The target that a stage's version leads to; null where it leads into no network, undefined where that is not known. */
function targetOn({ assume }: Pick<Spec, 'assume'>, route: Route, stage: string): string | null | undefined {
  const { id, key, gatewayId, targetId, publishedTargets: published } = route;
  const isDraft = route.stages?.includes(stage) === true;
  const told =
    published !== undefined && Object.hasOwn(published, stage)
      ? published[stage]
      : published === undefined && isDraft
        ? (targetId ?? null)
        : undefined;
  if (typeof told !== 'string' || !isVariable(told)) return told;
  const variables = assume?.stageVariables;
  const values = variables !== undefined && Object.hasOwn(variables, gatewayId) ? variables[gatewayId] : undefined;
  const [use] = withVariables({ kind: 'route', id, name: key, routeIds: [id], stage, targetId: told }, values);
  return isVariable(use?.targetId) ? undefined : use?.targetId;
}
