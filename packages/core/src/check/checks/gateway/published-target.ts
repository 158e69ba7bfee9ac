import { entryOf } from '../../../ground/json.js';
import { isVariable, withVariables } from '../../../do/world/uses/gateway-uses.js';
import type { Route } from '../../../do/model/route.js';
import type { Spec } from '../../../do/spec.js';
import type { RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { Missing } from '../../../do/world/views.js';

/** How a draft differs from the spec, and the stages that the spec names. */
interface DraftDifferences {
  readonly found: readonly RouteDifference[];
  readonly stages: readonly string[] | undefined;
}

/**
 * The differences between the published API and the spec; the target of each stage counts, not the draft's. TLS and path are
 * known of drafts only. Empty where it is not published on any of the stages: `gateway/published` reports that.
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
      what: `the target of ${route.key} on ${untold.stage}`,
      remedy: `Check the version of ${route.key} that is published on ${untold.stage}. Write the values of stage variables under assume.stageVariables.`,
    };
  }
  const shown = stages.length > 0 && stages.every((stage) => route.stages?.includes(stage) === true);
  // A draft that is published on no stage receives no calls.
  return shown && ofTarget === undefined ? found : [];
}

/** The target of a stage's version; null where it is not in a network, undefined where it is not known. */
function targetOn({ assume }: Pick<Spec, 'assume'>, route: Route, stage: string): string | null | undefined {
  const { id, key, gatewayId, targetId, publishedTargets: published } = route;
  const isDraft = route.stages?.includes(stage) === true;
  const shown =
    published !== undefined && Object.hasOwn(published, stage)
      ? published[stage]
      : published === undefined && isDraft
        ? (targetId ?? null)
        : undefined;
  if (typeof shown !== 'string' || !isVariable(shown)) return shown;
  const variables = assume?.stageVariables;
  const values = entryOf(variables, gatewayId);
  const [use] = withVariables({ kind: 'route', id, name: key, routeIds: [id], stage, targetId: shown }, values);
  return isVariable(use?.targetId) ? undefined : use?.targetId;
}
