import { madeOnce } from '../../../do/world/derived.js';
import { gatewayKind } from '../../../do/kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../../do/kinds/gateway/gateway-table.js';
import type { ListenerRule } from '../../../do/model/load-balancer.js';
import type { Route } from '../../../do/model/route.js';
import { servedOn } from '../../../do/world/routes/served.js';
import type { CheckInput, IntegrationView, TargetView } from '../../../do/world/views.js';
import { ANYTHING, exactly, SEGMENT, type TextForm } from '../../../ground/text/texts.js';

/** Calls that a gateway sends to a target, as far as they are known in advance. */
export interface Call {
  /** The key of their route in the spec; undefined: any call. */
  readonly route?: string | undefined;
  /** Undefined: any. */
  readonly method?: string | undefined;
  /** The forms that their paths have, as the target sees them. */
  readonly paths: readonly TextForm[];
  /** Undefined where the host is not given. */
  readonly host?: CalledHost | undefined;
}

/** The hosts of calls, and the path in the spec that declares them, or would: `assume.hosts.orders.main`. */
export interface CalledHost {
  readonly path: string;
  /** In lower case. Undefined: not known. */
  readonly names?: readonly string[] | undefined;
  /** Set where the spec declares it for the route or the target: then it is not assumed. */
  readonly declared?: true | undefined;
}

const ANY_PATH: readonly TextForm[] = [[...exactly('/'), ...ANYTHING]];

/** For a target without routes, the calls are unknown. */
export const ANY_CALL: Call = { paths: ANY_PATH };
export const ANY_CALLS: readonly Call[] = [ANY_CALL];

/** The calls of each route of the spec with a target. */
export function callsOf(integration: IntegrationView, target: TargetView): readonly Call[] {
  return madeOnce(integration.link.region, 'calls of targets', target, () => {
    const { routeKeys, hosts } = target;
    const any = hosts === undefined ? ANY_CALLS : [{ ...ANY_CALL, host: hostOf(integration, target, undefined) }];
    return routeKeys.length === 0 ? any : routeKeys.flatMap((key) => callsOfRoute(integration, target, key));
  });
}

/**
 * The calls of one route. The documentation does not say which host a gateway sends to a private target, and parameters of an
 * integration may set another (`overwrite:header.Host`; Host is not a reserved header): only the spec can declare it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
function callsOfRoute(integration: IntegrationView, target: TargetView, route: string): readonly Call[] {
  const [, verb = 'ANY', path] = /^([A-Z]+) (\/.*)$/.exec(route) ?? [];
  const host = hostOf(integration, target, route);
  const call = (paths: readonly TextForm[] | undefined, method: string | undefined): Call => ({
    route,
    ...(method === undefined || method === 'ANY' ? {} : { method }),
    paths: paths ?? ANY_PATH,
    host,
  });
  if (integration.spec.owner !== 'external') {
    const paths = sentPaths(integration, target, path);
    return [call(paths, paths === undefined ? undefined : verb)];
  }
  const distinct = new Map(
    servedRoutes(integration, route).map((one) => [`${one?.path} ${one?.method}`, one] as const),
  );
  return [...distinct.values()].map((one) => call(sentAsServed(integration, one, path), one && (one.method ?? verb)));
}

/** The routes with a key that the stages of an unmanaged integration serve; undefined for one that does not exist. */
function servedRoutes({ spec, gateway }: IntegrationView, key: string): readonly (Route | undefined)[] {
  if (gateway === undefined) return [undefined];
  const found = servedOn(gateway, spec.gateway).flatMap(({ routes }) => routes?.find((one) => one.key === key) ?? []);
  return found.length > 0 ? found : [gateway.routes.find((one) => one.key === key)];
}

function hostOf(integration: IntegrationView, target: TargetView, route: string | undefined): CalledHost {
  const path = `assume.hosts.${integration.name}.${target.name}`;
  const declared = declaredHost(integration, target, route)?.toLowerCase();
  return declared === undefined ? { path, names: target.hosts } : { path, names: [declared], declared: true };
}

/**
 * The host of calls, where the spec declares it: the setting of the route. REST and WebSocket APIs send the host of the integration's
 * URI, which Postern writes as the name that the certificate is checked for.
 */
function declaredHost({ spec }: IntegrationView, target: TargetView, route: string | undefined): string | undefined {
  if (spec.owner === 'external' || route === undefined) return undefined;
  const settings =
    spec.settings !== undefined && Object.hasOwn(spec.settings, route) ? spec.settings[route] : undefined;
  const { sendsServerName } = GATEWAY_KINDS[gatewayKind(spec.gateway)];
  return settings?.host ?? (sendsServerName === true ? target.spec.tls?.serverName : undefined);
}

/** Reports that a verdict depends on the hosts that the spec assumes: rules match hosts, and hosts are assumed. */
export function assumeHosts(
  { assumed }: Pick<CheckInput, 'assumed'>,
  calls: readonly Call[],
  rules: readonly ListenerRule[],
): void {
  const host = calls.find(({ host: one }) => one?.names !== undefined && one.declared !== true)?.host;
  if (host?.names === undefined || !rules.some(looksAtHost)) return;
  assumed(host.path, `calls have the host ${host.names.join(' or ')}`);
}

/** Whether a rule depends on the host of calls. */
export function looksAtHost({ conditions }: ListenerRule): boolean {
  return conditions.some(({ kind, values }) => kind === 'host' && values !== undefined && !values.includes('*'));
}

/**
 * The paths that the target sees. Where the integration overwrites the path, as Postern's integrations do:
 * the route's own path. Where it keeps the path: the stage's name and the path, without the name for the
 * stage `$default`. The path prefix that the mapping of a custom domain adds is not in the snapshot. A REST API sends
 * the path of the integration's URI, which Postern writes as the route's own path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function sentPaths(
  { spec, gateway }: IntegrationView,
  target: TargetView,
  path: string | undefined,
): readonly TextForm[] | undefined {
  const { stagesShowInPaths, sendsOwnPath } = GATEWAY_KINDS[gatewayKind(spec.gateway)];
  if (!stagesShowInPaths && sendsOwnPath !== true) return undefined;
  if (stagesShowInPaths && target.spec.path === 'keep') {
    const stages = gateway?.stages ?? [];
    if (path === undefined || stages.length === 0) return ANY_PATH;
    return stages.map(({ name }) => [...exactly(name === '$default' ? '' : `/${name}`), ...formOf(path)]);
  }
  return path === undefined ? ANY_PATH : [formOf(path)];
}

/** The same of an unmanaged route; `undefined` where it may send another path. */
function sentAsServed(
  { spec }: IntegrationView,
  served: Route | undefined,
  path: string | undefined,
): readonly TextForm[] | undefined {
  const { stagesShowInPaths, sendsOwnPath } = GATEWAY_KINDS[gatewayKind(spec.gateway)];
  if ((!stagesShowInPaths && sendsOwnPath !== true) || served?.path !== 'overwrite') return undefined;
  return path === undefined ? ANY_PATH : [formOf(path)];
}

/** `/orders/{id}` and `/x/{proxy+}`. `{proxy+}` may match the empty string, because no source excludes it. */
function formOf(path: string): TextForm {
  return path
    .split(/(\{[^{}]*\})/)
    .flatMap((part) => (/^\{.*\+\}$/.test(part) ? ANYTHING : /^\{.*\}$/.test(part) ? SEGMENT : exactly(part)));
}
