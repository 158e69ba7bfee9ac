import { gatewayKind } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { ListenerRule } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, TargetView } from '../../world/views.js';
import { ANYTHING, exactly, SEGMENT, type TextForm } from '../../text/texts.js';

/** Calls that a gateway sends to a target, as far as that is known before they are made. */
export interface Call {
  /** The key of their route in the spec; undefined: any call. */
  readonly route?: string | undefined;
  /** Undefined: any. */
  readonly method?: string | undefined;
  /** The forms that their paths have, as the target sees them. */
  readonly paths: readonly TextForm[];
  /** Undefined where nobody says who calls. */
  readonly host?: CalledHost | undefined;
}

/** The hosts that calls name, and where the spec says them, or would: `assume.hosts.orders.main`. */
export interface CalledHost {
  readonly path: string;
  /** In lower case. Undefined: not known. */
  readonly names?: readonly string[] | undefined;
}

const ANY_PATH: readonly TextForm[] = [[...exactly('/'), ...ANYTHING]];

/** Of a target without routes nobody knows what will be called. */
export const ANY_CALL: Call = { paths: ANY_PATH };
export const ANY_CALLS: readonly Call[] = [ANY_CALL];

const known = new WeakMap<TargetView, readonly Call[]>();

/** The calls of each route of the spec that leads to a target. */
export function callsOf(integration: IntegrationView, target: TargetView): readonly Call[] {
  const there = known.get(target);
  if (there !== undefined) return there;
  const { routeKeys, hosts } = target;
  const any = hosts === undefined ? ANY_CALLS : [{ ...ANY_CALL, host: hostOf(integration, target) }];
  const made = routeKeys.length === 0 ? any : routeKeys.map((key) => callOf(integration, target, key));
  known.set(target, made);
  return made;
}

/**
 * The calls of one route. No page says which host a gateway names to a private target, and parameters of an integration may set
 * another (`overwrite:header.Host`; Host is none of the reserved headers): only the spec can say it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
function callOf(integration: IntegrationView, target: TargetView, route: string): Call {
  const [, verb = 'ANY', path] = /^([A-Z]+) (\/.*)$/.exec(route) ?? [];
  const sent = sentPaths(integration, target, route, path);
  const method = verb === 'ANY' || sent === undefined ? {} : { method: verb };
  return { route, ...method, paths: sent ?? ANY_PATH, host: hostOf(integration, target) };
}

function hostOf({ name }: IntegrationView, { name: target, hosts }: TargetView): CalledHost {
  return { path: `assume.hosts.${name}.${target}`, names: hosts };
}

/** Says that a verdict rests on the hosts that the spec assumes, where it does: rules look at hosts, and calls name some. */
export function assumeHosts(
  { assumed }: Pick<CheckInput, 'assumed'>,
  calls: readonly Call[],
  rules: readonly ListenerRule[],
): void {
  const host = calls.find(({ host: one }) => one?.names !== undefined)?.host;
  if (host?.names === undefined || !rules.some(looksAtHost)) return;
  assumed(host.path, `calls name the host ${host.names.join(' or ')}`);
}

/** Whether it matters to a rule which host calls name. */
export function looksAtHost({ conditions }: ListenerRule): boolean {
  return conditions.some(({ kind, values }) => kind === 'host' && values !== undefined && !values.includes('*'));
}

/**
 * The paths that the target sees: the route's own where the integration overwrites the path, as those of ours do; behind the stage's
 * name where it keeps it, but for the stage `$default`. `undefined` where somebody else's integration may send another one.
 * What the mapping of a custom domain puts before it is in no snapshot.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function sentPaths(
  { spec, gateway }: IntegrationView,
  target: TargetView,
  route: string,
  path: string | undefined,
): readonly TextForm[] | undefined {
  if (!GATEWAY_KINDS[gatewayKind(spec.gateway)].stagesShowInPaths) return undefined;
  if (spec.owner === 'external') {
    const live = gateway?.routes.find(({ key }) => key === route);
    if (live?.path !== 'overwrite') return undefined;
  } else if (target.spec.path === 'keep') {
    const stages = gateway?.stages ?? [];
    if (path === undefined || stages.length === 0) return ANY_PATH;
    return stages.map(({ name }) => [...exactly(name === '$default' ? '' : `/${name}`), ...formOf(path)]);
  }
  return path === undefined ? ANY_PATH : [formOf(path)];
}

/** `/orders/{id}` and `/x/{proxy+}`; what `{proxy+}` stands for may be nothing, where nobody says that it may not. */
function formOf(path: string): TextForm {
  return path
    .split(/(\{[^{}]*\})/)
    .flatMap((part) => (/^\{.*\+\}$/.test(part) ? ANYTHING : /^\{.*\}$/.test(part) ? SEGMENT : exactly(part)));
}
