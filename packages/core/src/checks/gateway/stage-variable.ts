import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { stageVariableWords } from './words/stage-variable.words.js';
import { aboutThings, part, thing, type About } from '../../findings/subject.js';
import { deployedStage, gatewayId, gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { Gateway, Stage } from '../../model/gateway.js';
import { mayChange } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import { routeDifferences } from '../../world/routes/route-differences.js';
import type { CheckInput, IntegrationView, Missing, TargetView } from '../../world/views.js';
import { useOn } from './on-stages.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';
import { wantedOf } from './wanted.js';

const { fails, holds, unsure } = stating<(typeof stageVariableWords)['says']>();

/** `gateway/stage-variable`. */
export const gatewayStageVariable: Judgement = {
  id: 'gateway/stage-variable',
  severity: 'error',
  *run(input) {
    for (const view of input.integrations) {
      const { name, spec, gateway, link, unresolved } = view;
      if (GATEWAY_KINDS[gatewayKind(spec.gateway)].namesByVariables !== true) continue;
      if (gateway === undefined) {
        const id = gatewayId(spec.gateway);
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined)
          yield unsure(aboutThings(name, thing('gateway', id)), 'GATEWAY_NOT_READ', { id }, unread);
        continue;
      }
      const named = deployedStage(spec.gateway);
      const there = routesByKey(link.region, gateway);
      for (const target of view.targets) {
        for (const key of target.routeKeys) {
          const route = there.get(key);
          if (route?.variables === undefined || route.variables.length === 0) continue;
          for (const stage of gateway.stages) {
            if (named === undefined || stage.name === named)
              yield onStage(input, view, { gateway, target, route, stage });
          }
        }
      }
    }
  },
};

interface Named {
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly route: Route;
  readonly stage: Stage;
}

/** Whether the variables of a stage name a link that exists. */
function onStage(input: CheckInput, view: IntegrationView, of: Named): Statement {
  const { gateway, route, stage } = of;
  const { region } = view.link;
  const { key, variables = [] } = route;
  const about = aboutThings(view.name, thing('route', key), part('stage', stage.name));
  const params = { key, gateway: gateway.name || gateway.id, stage: stage.name };
  const evidence = [{ kind: 'route', id: route.id, text: `${key} names ${variables.join(', ')}` }];
  const isKept = !isChanged(input, view, of);
  const severity = isKept ? undefined : ('warning' as const);
  const lacking = variables.filter((one) => !Object.hasOwn(stage.variables ?? {}, one));
  if (lacking.length > 0) {
    const missing = stage.variables === undefined ? region.missing('gateways', gateway.id) : undefined;
    if (missing !== undefined) return unsure(about, 'VALUES_NOT_READ', params, missing, { evidence });
    return fails(about, 'VARIABLE_ABSENT', {
      params: { ...params, lacking, gatewayId: gateway.id, isKept },
      evidence: [...evidence, { kind: 'stage', id: stage.name, text: variablesText(stage) }],
      severity,
    });
  }
  return ofLink(input, of, { about, params, evidence, severity, isKept, region });
}

/** Whether a plan changes the route: it then writes the link and the target themselves in place of variables. */
function isChanged({ spec }: CheckInput, view: IntegrationView, { route, target }: Named): boolean {
  if (view.spec.owner === 'external' || !mayChange(route.owner, spec)) return false;
  return routeDifferences(route, wantedOf(view, target, route.key), view.name, spec.spec).length > 0;
}

interface Place {
  readonly about: About;
  readonly params: { readonly key: string; readonly gateway: string; readonly stage: string };
  readonly evidence: Statement['evidence'];
  readonly severity: 'warning' | undefined;
  readonly isKept: boolean;
  readonly region: IntegrationView['link']['region'];
}

function ofLink(input: CheckInput, { gateway, route, stage }: Named, place: Place): Statement {
  const { about, params, evidence, severity, isKept, region } = place;
  const linkId = linkOn(gateway, route, stage, region);
  if (linkId === undefined) {
    const missing: Missing = region.missing('gateways', gateway.id) ?? {
      what: `the link that ${route.key} uses on stage ${stage.name}`,
      remedy: `Take a snapshot with \`postern snapshot\`, then check that snapshot; or check the values of ${(route.variables ?? []).join(', ')} on stage ${stage.name} of ${gateway.id}.`,
    };
    return unsure(about, 'VALUES_NOT_READ', params, missing, { evidence });
  }
  const found = region.find('links', linkId);
  if (found.is === 'unknown') return unsure(about, 'LINK_NOT_READ', { ...params, linkId }, found.missing, { evidence });
  if (found.is === 'absent') {
    return fails(about, 'LINK_ABSENT', {
      params: { ...params, linkId, variables: route.variables ?? [], gatewayId: gateway.id, isKept },
      evidence: [...evidence, { kind: 'stage', id: stage.name, text: variablesText(stage) }],
      severity,
    });
  }
  return holds(input, about, 'LINK_EXISTS', () => ({
    params: { ...params, linkId },
    evidence: [...evidence, { kind: 'link', id: linkId, text: found.value.name }],
  }));
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
