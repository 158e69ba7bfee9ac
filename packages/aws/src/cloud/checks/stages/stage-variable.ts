import type { Route, Gateway, Stage } from '@postern/core/internal/adapter';
import type {
  CheckInput,
  IntegrationView,
  Missing,
  Outcome,
  Said,
  Say,
  TargetView,
} from '@postern/core/internal/check';
import {
  gatewayTraits,
  type About,
  aboutThings,
  defineCheck,
  fail,
  gatewayId,
  mayChange,
  part,
  pass,
  routeDifferences,
  routesByKey,
  stagesNamed,
  thing,
  unknown,
  unreadGateway,
  useOn,
  wantedOf,
} from '@postern/core/internal/checks';

const BY_APPLY = 'Run `postern apply`: it writes the link and the target of {key} in place of the variables.';

const CODES = {
  GATEWAY_NOT_READ: unknown('stage variables of {id} name links that exist'),
  VALUES_NOT_READ: unknown('{key} has a link on stage {stage}'),
  LINK_NOT_READ: unknown('link {linkId}, which {key} uses on stage {stage}, exists'),
  VARIABLE_ABSENT: fail(
    'stage {stage} of {gateway} has no variable {lacking}, by which {key} names its link or target: calls get status 500',
    `[if isKept: Set {lacking} on stage {stage} of {gatewayId}.|${BY_APPLY}]`,
  ),
  LINK_ABSENT: fail(
    'link {linkId}, which {key} of {gateway} uses on stage {stage} by a variable ({variables}), does not exist: calls get status 500',
    `[if isKept: Set the variable ({variables}) of stage {stage} of {gatewayId} to the ID of a link that exists.|${BY_APPLY}]`,
  ),
  LINK_EXISTS: pass('link {linkId}, which {key} uses on stage {stage}, exists'),
};

export const gatewayStageVariable = defineCheck({
  id: 'gateway/stage-variable',
  severity: 'error',
  title: 'Stage variables that a route names exist, and name a link that exists',
  about:
    'A route of a REST API or a WebSocket API can name its link (connectionId) and its target (uri) by stage variables. API Gateway accepts ' +
    'a variable that does not exist, and does not count such references when a link is deleted. On a stage without the variable, ' +
    'or with the ID of a link that does not exist, calls get status 500. The check evaluates the stage that the spec names, or else every ' +
    'stage. If `postern apply` changes the route, it writes the link and the target themselves, and the finding is a warning.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  ],
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (gatewayTraits(link.region.clouds, spec.gateway).namesByVariables !== true) continue;
      if (gateway === undefined) {
        const id = gatewayId(spec.gateway);
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined) yield say.GATEWAY_NOT_READ(aboutThings(name, thing('gateway', id)), { id }, unread);
        continue;
      }

      const stages = stagesNamed(gateway, spec.gateway);
      const routesOfGateway = routesByKey(link.region, gateway);
      for (const target of view.targets) {
        for (const key of target.routeKeys) {
          const route = routesOfGateway.get(key);
          if (route?.variables === undefined || route.variables.length === 0) continue;

          for (const stage of stages) yield onStage(say, input, view, { gateway, target, route, stage });
        }
      }
    }
  },
});

interface Named {
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly route: Route;
  readonly stage: Stage;
}

/** Whether the variables of a stage name a link that exists. */
function onStage(say: Say<typeof CODES>, input: CheckInput, view: IntegrationView, of: Named): Outcome {
  const { gateway, route, stage } = of;
  const { region } = view.link;
  const { key, variables = [] } = route;
  const about = aboutThings(view.name, thing('route', key), part('stage', stage.name));
  const on = { key, gateway: gateway.name || gateway.id, stage: stage.name };
  const evidence = [{ kind: 'route', id: route.id, text: `${key} names ${variables.join(', ')}` }];
  const isKept = !isChanged(input, view, of);
  const failed: Said = {
    evidence: [...evidence, { kind: 'stage', id: stage.name, text: variablesText(stage) }],
    ...(isKept ? {} : { severity: 'warning', mendedBy: 'apply' }),
  };
  const lacking = variables.filter((one) => !Object.hasOwn(stage.variables ?? {}, one));
  if (lacking.length > 0) {
    const missing = stage.variables === undefined ? region.missing('gateways', gateway.id) : undefined;
    if (missing !== undefined) return say.VALUES_NOT_READ(about, on, missing, evidence);

    return say.VARIABLE_ABSENT(about, { ...on, lacking, gatewayId: gateway.id, isKept }, failed);
  }

  return ofLink(say, of, { about, on, evidence, failed, isKept, region });
}

/** Whether a plan changes the route: it then writes the link and the target themselves in place of variables. */
function isChanged({ spec }: CheckInput, view: IntegrationView, { route, target }: Named): boolean {
  if (view.spec.owner === 'external' || !mayChange(route.owner, spec)) return false;

  return routeDifferences(route, wantedOf(view, target, route.key), view.name, spec.spec).length > 0;
}

interface Place {
  readonly about: About;
  readonly on: { readonly key: string; readonly gateway: string; readonly stage: string };
  readonly evidence: Outcome['evidence'];
  readonly failed: Said;
  /** `postern apply` does not change the route. */
  readonly isKept: boolean;
  readonly region: IntegrationView['link']['region'];
}

function ofLink(say: Say<typeof CODES>, { gateway, route, stage }: Named, place: Place): Outcome {
  const { about, on, evidence, failed, isKept, region } = place;
  const linkId = linkOn(gateway, route, stage, region);
  if (linkId === undefined) {
    const missing: Missing = region.missing('gateways', gateway.id) ?? {
      what: `the link that ${route.key} uses on stage ${stage.name}`,
      remedy: `Take a snapshot with \`postern snapshot\`, then check that snapshot; or check the values of ${(route.variables ?? []).join(', ')} on stage ${stage.name} of ${gateway.id}.`,
    };
    return say.VALUES_NOT_READ(about, on, missing, evidence);
  }

  const found = region.find('links', linkId);
  if (found.is === 'unknown') return say.LINK_NOT_READ(about, { ...on, linkId }, found.missing, evidence);
  if (found.is === 'absent') {
    const { variables = [] } = route;
    return say.LINK_ABSENT(about, { ...on, linkId, variables, gatewayId: gateway.id, isKept }, failed);
  }

  const exists = { kind: 'link', id: linkId, text: found.value.name };
  return say.LINK_EXISTS(about, { ...on, linkId }, [...evidence, exists]);
}

/**
 * The link that a route uses on a stage: as an adapter resolved it; otherwise the value of a variable which is the ID of a link, or
 * the value of the only variable where the target does not depend on one.
 */
function linkOn(gateway: Gateway, route: Route, stage: Stage, { region }: Place['region']): string | undefined {
  const resolved = useOn(gateway, route, stage.name)?.linkId ?? route.linkId;
  if (resolved !== undefined) return resolved;

  const { variables = [], targetId } = route;
  const values = variables.flatMap((name) => stage.variables?.[name] ?? []);
  const known = values.find((value) => region.links.some(({ id }) => id === value));
  return known ?? (variables.length === 1 && targetId !== undefined ? values[0] : undefined);
}

/** Names only: values may be secrets. */
function variablesText({ variables = {} }: Stage): string {
  return `variables: ${Object.keys(variables).join(', ') || 'none'}`;
}
