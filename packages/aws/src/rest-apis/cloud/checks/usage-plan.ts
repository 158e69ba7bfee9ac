import type { IntegrationView, Outcome, Say } from '@postern/core/internal/check';
import {
  aboutThings,
  defineCheck,
  deployedStage,
  fail,
  mayChange,
  part,
  pass,
  routesByKey,
  stagesNamed,
  thing,
  unknown,
} from '@postern/core/internal/checks';
import type { Stage } from '@postern/core/internal/snapshot';

const CODES = {
  PLANS_NOT_READ: unknown('a usage plan contains stage {stage}, which requires an API key for {keys}'),
  NO_USAGE_PLAN: fail(
    '{gateway} requires an API key for {keys}, and no usage plan contains stage {stage}: every call gets status 403, also with a key',
    'Add stage {stage} of {gatewayId} to a usage plan that has an API key.',
  ),
  STAGE_IS_NEW: fail(
    '{gateway} requires an API key for {keys}, and `postern apply` creates stage {stage}, which no usage plan contains: every call gets status 403, also with a key',
    'After `postern apply`, add stage {stage} of {gatewayId} to a usage plan that has an API key.',
    'warning',
  ),
  IN_USAGE_PLAN: pass('usage plans that contain stage {stage}: {plans}'),
};

export const usagePlanOfStage = defineCheck({
  id: 'aws/usage-plan',
  severity: 'error',
  title: 'A usage plan contains each stage whose routes need an API key',
  about:
    'A method of a REST API with `apiKeyRequired` accepts an API key only if a usage plan contains both the key and the stage. On a stage in ' +
    'no usage plan, every call gets status 403 (`Forbidden`). The finding is a warning if `postern apply` makes the route need a key, or ' +
    'creates the stage: a usage plan can contain it only afterwards. The check does not read which keys a plan has.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html'],
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { spec, gateway, link } = view;
      if (gateway?.kind !== 'rest-api') continue;

      const routes = routesByKey(link.region, gateway);
      const now = (key: string): boolean => routes.get(key)?.settings?.apiKey === true;
      const needsKey = (key: string): boolean => {
        const declared = spec.owner === 'external' ? undefined : spec.settings?.[key]?.apiKey;
        if (declared === undefined) return now(key);

        const route = routes.get(key);
        return route === undefined || mayChange(route.owner, input.spec) ? declared : now(key);
      };
      const keys = view.targets.flatMap(({ routeKeys }) => routeKeys).filter(needsKey);
      if (keys.length === 0) continue;

      const named = deployedStage(spec.gateway);
      const stages = stagesNamed(gateway, spec.gateway);
      if (named !== undefined && stages.length === 0 && spec.owner !== 'external') {
        const on = { keys, gateway: gateway.name || gateway.id, gatewayId: gateway.id, stage: named };
        yield say.STAGE_IS_NEW(aboutThings(view.name, thing('gateway', gateway.id), part('stage', named)), on, [
          { kind: 'stage', id: named, text: 'does not exist yet' },
        ]);
      }
      for (const stage of stages) yield onStage(say, view, gateway, stage, { keys, isLive: keys.some(now) });
    }
  },
});

function onStage(
  say: Say<typeof CODES>,
  { name, link }: IntegrationView,
  gateway: NonNullable<IntegrationView['gateway']>,
  { name: stage, usagePlans: plans }: Stage,
  { keys, isLive }: { readonly keys: readonly string[]; readonly isLive: boolean },
): Outcome {
  const about = aboutThings(name, thing('gateway', gateway.id), part('stage', stage));
  if (plans === undefined) {
    const missing = link.region.missing('quotas', 'usage plans') ?? {
      what: `the usage plans that contain stage ${stage}`,
      remedy: isLive
        ? 'Take the snapshot again with `postern snapshot`, which reads them.'
        : `Look in the usage plans of API Gateway for stage ${stage} of ${gateway.id}.`,
    };
    return say.PLANS_NOT_READ(about, { keys, stage }, missing);
  }
  if (plans.length > 0) {
    return say.IN_USAGE_PLAN(about, { stage, plans }, [{ kind: 'stage', id: stage, text: plans.join(', ') }]);
  }

  return say.NO_USAGE_PLAN(
    about,
    { keys, gateway: gateway.name || gateway.id, gatewayId: gateway.id, stage },
    { evidence: [{ kind: 'stage', id: stage, text: 'in no usage plan' }], ...(isLive ? {} : { severity: 'warning' }) },
  );
}
