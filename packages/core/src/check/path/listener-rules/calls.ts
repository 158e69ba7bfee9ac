import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { entryOf } from '../../../ground/json.js';
import { madeOnce } from '../../../do/world/derived.js';
import type { ListenerRule } from '../../../do/model/load-balancer.js';
import type { Route, RouteParameters, RouteSettings } from '../../../do/model/route.js';
import { mappingsTo } from '../../../do/world/routes/custom-domains.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import type { CheckInput, IntegrationView, TargetView, LinkView } from '../../../do/world/views.js';
import { ANYTHING, exactly, SEGMENT, type TextForm } from '../../../ground/text/texts.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { readSpan, type Span } from '../model/span.js';

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
  /** What the gateway writes into them, whatever the caller sends. */
  readonly parameters?: RouteParameters | undefined;
}

/** The hosts of calls, and the path in the spec that declares them, or would: `assume.hosts.orders.main`. */
export interface CalledHost {
  readonly path: string;
  /** In lower case. Undefined: not known. */
  readonly names?: readonly string[] | undefined;
  /** Set where the spec declares it for the route or the target, or the route that is served sets it: then it is not assumed. */
  readonly declared?: true | undefined;
}

/** Of calls whose path is not known. */
export const ANY_PATH: readonly TextForm[] = [[...exactly('/'), ...ANYTHING]];

/** For a target without routes, the calls are unknown. */
export const ANY_CALL: Call = { paths: ANY_PATH };
export const ANY_CALLS: readonly Call[] = [ANY_CALL];

/** The calls of each route of the spec with a target. */
export function callsOf(integration: IntegrationView, target: TargetView): readonly Call[] {
  return madeOnce(integration.link.region, 'calls of targets', target, () => {
    const { routeKeys, hosts } = target;
    const any = hosts === undefined ? ANY_CALLS : [{ ...ANY_CALL, host: hostOf(integration, target) }];
    return routeKeys.length === 0 ? any : routeKeys.flatMap((key) => callsOfRoute(integration, target, key));
  });
}

/** The calls of one route: of an unmanaged integration, as each stage serves it. */
function callsOfRoute(integration: IntegrationView, target: TargetView, route: string): readonly Call[] {
  const [, verb = 'ANY', path] = /^([A-Z]+) (\/.*)$/.exec(route) ?? [];
  const call = (
    paths: readonly TextForm[] | undefined,
    method: string | undefined,
    served: Route | undefined,
  ): Call => ({
    route,
    ...(method === undefined || method === 'ANY' ? {} : { method }),
    paths: paths ?? ANY_PATH,
    host: hostOf(integration, target, route, served),
    parameters: settingsOf(integration, route, served)?.parameters ?? served?.settings?.parameters,
  });
  if (integration.spec.owner !== 'external') {
    const paths = sentPaths(integration, target, path);
    const current = integration.gateway?.routes.find((one) => one.key === route);
    return [call(paths, paths === undefined ? undefined : verb, current)];
  }

  const distinct = new Map(
    servedRoutes(integration, route).map(
      (one) =>
        [
          `${one?.path} ${one?.method} ${one?.settings?.host} ${JSON.stringify(one?.settings?.parameters)}`,
          one,
        ] as const,
    ),
  );
  return [...distinct.values()].map((one) =>
    call(sentAsServed(integration, one, path), one && (one.method ?? verb), one),
  );
}

/** The routes with a key that the stages of an unmanaged integration serve; undefined for one that does not exist. */
function servedRoutes({ spec, gateway, link }: IntegrationView, key: string): readonly (Route | undefined)[] {
  if (gateway === undefined) return [undefined];

  const found = stageRoutesOf(link.region.clouds, gateway, spec.gateway).flatMap(
    ({ routes }) => routes?.find((one) => one.key === key) ?? [],
  );
  return found.length > 0 ? found : [gateway.routes.find((one) => one.key === key)];
}

function hostOf(
  integration: IntegrationView,
  target: TargetView,
  route?: string | undefined,
  current?: Route | undefined,
): CalledHost {
  const path = `assume.hosts.${integration.name}.${target.name}`;
  const host = route === undefined ? undefined : hostSet(integration, target, route, current);
  return host === undefined || host.includes('$')
    ? { path, names: target.hosts }
    : { path, names: [host.toLowerCase()], declared: true };
}

/**
 * The host that calls of a route are given, as a constant or as a mapping from the call (`$request.header.x`). Undefined where none
 * is: then a REST API or a WebSocket API sends the host of the integration's URI, which Postern writes as the name that the
 * certificate is checked for. An HTTP API sends the host that the caller used [I]: its own or that of a custom domain. No page of
 * AWS says so, and the name depends on the caller, so that only the spec can assume it.
 *
 * An unmanaged route has the host that it has. A managed one keeps the host that the spec does not declare.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @see https://repost.aws/knowledge-center/forward-host-header-api-gateway
 */
function hostSet(
  integration: IntegrationView,
  target: TargetView,
  route: string,
  current: Route | undefined,
): string | undefined {
  const { spec, link } = integration;
  const settings = settingsOf(integration, route, current);
  if (spec.owner === 'external') return settings?.host;

  const { sendsServerName } = gatewayTraits(link.region.clouds, spec.gateway);
  return settings?.host ?? (sendsServerName === true ? target.spec.tls?.serverName : current?.settings?.host);
}

/** The settings that a route has, of an unmanaged one; else those that the spec declares. */
function settingsOf({ spec }: IntegrationView, route: string, current: Route | undefined): RouteSettings | undefined {
  const settings = entryOf(spec.settings, route);
  return spec.owner === 'external' ? (current?.settings ?? settings) : settings;
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
 * The paths that the target sees. Where the integration overwrites the path, as Postern's integrations do: the route's own path.
 * Where it keeps the path: what callers write before the path of the route, and the path. A REST API sends the path of the
 * integration's URI, which Postern writes as the route's own path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function sentPaths(integration: IntegrationView, target: TargetView, path: string | undefined) {
  const { stagesShowInPaths, sendsOwnPath } = gatewayTraits(integration.link.region.clouds, integration.spec.gateway);
  if (!stagesShowInPaths && sendsOwnPath !== true) return undefined;
  if (path === undefined) return ANY_PATH;

  return stagesShowInPaths && target.spec.path === 'keep' ? keptPaths(integration, path) : [formOf(path)];
}

function keptPaths(integration: IntegrationView, path: string | undefined): readonly TextForm[] {
  const prefixes = path === undefined ? undefined : prefixesOf(integration);
  return prefixes?.map((prefix) => [...exactly(prefix), ...formOf(path ?? '')]) ?? ANY_PATH;
}

/**
 * What is before the path of a route in calls to a target that keeps the path: nothing or the name of the stage; of the stage
 * `$default` behind a custom domain, the key of its mapping [I]. Behind a domain, another stage than `$default` shows its name in the
 * place of the key [U]. Undefined: not known.
 * @see https://jonwallsten.com/cloudfront-api-gateway-integration-debugger
 * @see https://github.com/CodeGenieApp/serverless-express/issues/465
 */
function prefixesOf({ gateway, link: { region } }: IntegrationView): readonly string[] | undefined {
  if (gateway === undefined || region.missing('customDomains') !== undefined) return undefined;

  const at = (stage: string | undefined, key: string): string =>
    stage === '$default' ? (key === '' ? '' : `/${key}`) : `/${stage}`;
  const own = gateway.endpoint === 'disabled' ? [] : gateway.stages.map(({ name }) => at(name, ''));
  const named = mappingsTo(region.region.customDomains ?? [], gateway.id).map(({ mapping }) =>
    at(mapping.stage, mapping.path),
  );
  const all = new Set([...own, ...named]);
  return all.size === 0 ? undefined : [...all];
}

/** The same of an unmanaged route; `undefined` where it may send another path. */
function sentAsServed(
  integration: IntegrationView,
  served: Route | undefined,
  path: string | undefined,
): readonly TextForm[] | undefined {
  const { stagesShowInPaths, sendsOwnPath } = gatewayTraits(integration.link.region.clouds, integration.spec.gateway);
  if (!stagesShowInPaths && sendsOwnPath !== true) return undefined;
  if (stagesShowInPaths && served?.keepsPath === true) return keptPaths(integration, path);
  if (served?.writtenPath !== undefined) return [formOf(served.writtenPath)];
  if (served?.path !== 'overwrite') return undefined;

  return path === undefined ? ANY_PATH : [formOf(path)];
}

/** `/orders/{id}` and `/x/{proxy+}`. `{proxy+}` may match the empty string, because no source excludes it. */
function formOf(path: string): TextForm {
  return path
    .split(/(\{[^{}]*\})/)
    .flatMap((part) => (/^\{.*\+\}$/.test(part) ? ANYTHING : /^\{.*\}$/.test(part) ? SEGMENT : exactly(part)));
}

/** The blocks that calls of a link come from, where its subnets were read. */
export function callersOf(view: LinkView): readonly Span[] | undefined {
  if (!standsInSubnets(view)) return undefined;

  const { region, subnetIds } = view;
  const spans = subnetIds.map((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? readSpan(subnet.value.cidrBlock) : undefined;
  });
  const read = spans.flatMap((span) => span ?? []);
  return read.length === spans.length && read.length > 0 ? read : undefined;
}
