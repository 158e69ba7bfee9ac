import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { canaryAdvice, canaryRemedy } from './canary-remedy.js';
import type { Outcome } from '../../../do/findings/check.js';
import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import type { About } from '../../../do/findings/subject.js';
import type { Gateway } from '../../../do/model/gateway.js';
import type { RouteDifference } from '../../../do/world/routes/route-differences.js';
import type { StageRoutes } from '../../../do/world/routes/deployed-routes.js';
import { stageText, routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { sidesOf } from '../../../do/world/routes/setting-text.js';
import type { IntegrationView, Missing, TargetView } from '../../../do/world/views.js';
import { settingsOf } from './declared-route.js';

/** The verdicts of routes. */
export const ROUTE_CODES = {
  ROUTE_NOT_READ: unknown('{key} matches the spec'),
  AS_DECLARED: pass('{key} of {titleOf} matches the spec'),
  ROUTE_NOT_SEEN: unknown('route {key} exists'),
  ROUTE_ABSENT: fail(
    '[{stages} of {titleOf} {stages?has:have}|{titleOf} has] no route {key}: its calls get 404 or 403, or the response of another route',
    [
      'if isUndeployed: Ask the owner of {gateway} to deploy it to {stages}: {key} exists, and was not deployed there. Or remove it from integrations.{integration}.routes.',
      'if isExternal: Ask the owner of {gateway} to recreate {key} with target {target} and link {linkId}[, and to deploy to {stages}], or remove it from integrations.{integration}.routes.',
      '{deploys}',
      'Run `postern apply`: it creates {key}.',
    ],
    undefined,
    [
      'if isUndeployed: Deploy {key} to {stages}.',
      'Create {key} with target {target} and link {linkId}[, and deploy to {stages}].',
    ],
  ),
  METHOD_ELSEWHERE: fail(
    '{others} of {titleOf} {others?gets:get} calls that {key} would get, and the spec does not declare {others?it:them}',
    'Write {others} under integrations.{integration}.routes, or delete {others?it:them} if all methods are for {key}.',
    'warning',
  ),
  RESPONSE_LACKING: fail(
    '{key} of {titleOf} has no response for status 200 of its backend on {stages}: the calls get status 500',
    'Ask the owner of {gateway} to add an integration response and a method response to {key}, or to use the integration type HTTP_PROXY, and to deploy to {stages}.',
    undefined,
    'Add an integration response and a method response to {key}, or use the integration type HTTP_PROXY, and deploy to {stages}.',
  ),
  VALUE_LACKING: fail(
    '{key} of {titleOf} has no value for {variables} in the URI of its backend on {stages}: the calls get status 500',
    'Add {mappings} to the integration of {key}, and deploy to {stages}.',
  ),
  ROUTE_DIFFERS: fail(
    '{key} of {titleOf} differs from the spec: {differences:;}{isExternal?:. The verdicts hold for the state after `postern apply`}',
    [
      'if isExternal: Ask the owner of {gateway} to change {key}: {wanted}. Or declare the current state under integrations.{integration}.',
      '{deploys}',
      'Run `postern apply`: it changes {key}.',
    ],
  ),
  NEXT_DEPLOYMENT: fail(
    'a change of {key} of {titleOf} is not deployed: {stages} {stages?serves:serve} the old deployment, and the next one changes it: {differences:;}',
    [
      'if isAbsent: Ask the owner of {gateway} to recreate {key} with target {target} and link {linkId} before the next deployment. Or remove it from integrations.{integration}.routes.',
      'Ask the owner of {gateway} to change {key} before the next deployment: {wanted}. Or declare its current state under integrations.{integration}, once it is deployed.',
    ],
    'warning',
  ),
};

/** Makes the verdicts of routes. */
export type RouteSay = Say<typeof ROUTE_CODES>;

export interface Declared {
  readonly view: IntegrationView;
  readonly gateway: Gateway;
  readonly target: TargetView;
  readonly key: string;
  /** The integration is not this project's, or the route that has the key. */
  readonly isExternal: boolean;
}

/** What is to be said about a route that differs, besides its differences. */
interface Differing {
  readonly evidence: Outcome['evidence'];
  /** What was compared, where stages have deployments. Otherwise the route itself was. */
  readonly served?: readonly StageRoutes[] | undefined;
  /** Whether callers get something that no apply of the spec as it is now has written. */
  readonly wasApplied?: boolean | undefined;
}

/** A declared route that a gateway, or stages of it, do not have; `isUndeployed`: the gateway has it as declared. */
export function lacking(
  say: RouteSay,
  { view, gateway, target, key, isExternal }: Declared,
  about: About,
  missing: Missing | undefined,
  on: readonly StageRoutes[] = [],
  isUndeployed = false,
): Outcome {
  const place = `integrations.${view.name}.routes`;
  const evidence = [{ kind: 'spec', id: `${place}.${key}`, text: `to ${target.name}` }];
  if (missing !== undefined) return say.ROUTE_NOT_SEEN(about, { key }, missing, evidence);

  const { deploys, mendedBy } = deploying(on, gateway);
  return say.ROUTE_ABSENT(
    about,
    {
      titleOf: titleOf(gateway),
      key,
      stages: on.map(stageText),
      gateway: gateway.id,
      target: target.target?.id ?? target.name,
      linkId: view.link.link?.id ?? view.link.name,
      integration: view.name,
    },
    {
      evidence: [...evidence, { kind: 'gateway', id: gateway.id, text: `${gateway.routes.length} routes` }],
      mendedBy: isExternal ? undefined : mendedBy,
      words: { isExternal, isUndeployed: isExternal && isUndeployed, deploys },
    },
  );
}

/** A route that differs from the spec. */
export function other(
  say: RouteSay,
  { view, gateway, key, isExternal }: Declared,
  about: About,
  found: readonly RouteDifference[],
  { evidence, served, wasApplied = served !== undefined }: Differing,
): Outcome {
  const sides = found.map((one) => sidesOf(one));
  const text = sides.map(({ label, from, to }) => `${label} is ${from}, declared is ${to}`);
  const onlyPath = found.every(({ field }) => /^path(?: on |$)/.test(field));
  const wanted = sides.map(({ label, to }) => `${label} ${to}`);
  const { deploys, mendedBy } = deploying(served ?? [], gateway);
  return say.ROUTE_DIFFERS(
    about,
    {
      key,
      titleOf: titleOf(gateway),
      differences: text,
      isExternal,
      gateway: gateway.id,
      wanted,
      integration: view.name,
    },
    {
      evidence: [...evidence, ...sides.map(({ label, from }) => ({ kind: `live ${label}`, id: from, text: key }))],
      severity: (isExternal ? onlyPath : !wasApplied) ? 'warning' : undefined,
      mendedBy: isExternal ? undefined : mendedBy,
      words: { deploys },
    },
  );
}

/** What corrects stages that serve something else than the routes of the gateway. Without such stages, a run corrects the routes. */
function deploying(
  served: readonly StageRoutes[],
  { id }: Pick<Gateway, 'id'>,
): { readonly deploys?: string | undefined; readonly mendedBy?: 'apply' | undefined } {
  if (served.length === 0) return { mendedBy: 'apply' };

  const names = [...new Set(served.map(({ stage }) => stage.name))].join(', ');
  const canaries = new Set(served.map(({ stage }) => stage).filter(({ canary }) => canary !== undefined));
  if (canaries.size > 0) {
    const ends = [...canaries].map((stage) => `${canaryRemedy(id, canaryAdvice(stage, false))}.`);
    return { deploys: `${ends.join(' ')} Then run \`postern apply\`.` };
  }

  return { deploys: `Run \`postern apply\`: it deploys ${id} to ${names}.`, mendedBy: 'apply' };
}

/** How a gateway is named in a sentence. */
export function titleOf({ id, name }: Pick<Gateway, 'id' | 'name'>): string {
  return name === '' ? id : `${name} (${id})`;
}

/** How long a route waits for its backend. */
export interface RouteTimeout {
  readonly timeoutMs: number;
  /** Why the live route may wait less: the spec declares no timeout, and the route was not read. */
  readonly unread?: Missing | undefined;
}

/**
 * How long a declared route waits for its backend: as the spec declares, as the live route does, or the default of its
 * gateway, which is also the most. Undefined where routes of the gateway have no such setting.
 */
export function timeoutOf(integration: IntegrationView, key: string): RouteTimeout | undefined {
  const { spec, gateway, link, unresolved } = integration;
  const rule = gatewayTraits(link.region.clouds, spec.gateway).timeout;
  if (rule === undefined) return undefined;

  const declared = settingsOf(spec, key)?.timeoutMs;
  if (declared !== undefined) return { timeoutMs: declared };

  const live = gateway === undefined ? undefined : routesByKey(link.region, gateway).get(key)?.settings?.timeoutMs;
  if (live !== undefined) return { timeoutMs: live };

  const unread = gateway === undefined ? unresolved?.missing : link.region.missing('gateways', gateway.id);
  return { timeoutMs: rule.most.byDefault, unread };
}

/** `29 s`, `50 ms`. */
export function timeText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}
