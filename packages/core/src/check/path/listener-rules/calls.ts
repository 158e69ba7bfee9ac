import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { entryOf } from '../../../ground/json.js';
import { madeOnce } from '../../../do/world/derived.js';
import type { ListenerRule } from '../../../do/model/load-balancer.js';
import type { Route, RouteParameters, RouteSettings } from '../../../do/model/route.js';
import { mappingsTo } from '../../../do/world/routes/custom-domains.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import { stageText } from '../../../do/world/routes/route-on-stage.js';
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
  /** The form of their paths, as the target sees them. */
  readonly path: TextForm;
  /** What callers write before the path of the route, where the target gets it: `/prod`. */
  readonly prefix?: string | undefined;
  /** Whose calls they are, where stages send a route's calls in several ways: `prod`. */
  readonly stage?: string | undefined;
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
export const ANY_PATH: TextForm = [...exactly('/'), ...ANYTHING];

/** For a target without routes, the calls are unknown. */
export const ANY_CALL: Call = { path: ANY_PATH };
export const ANY_CALLS: readonly Call[] = [ANY_CALL];

/** The calls of each route of the spec with a target. */
export function callsOf(integration: IntegrationView, target: TargetView): readonly Call[] {
  return madeOnce(integration.link.region, 'calls of targets', target, () => {
    const { routeKeys, hosts } = target;
    const any = hosts === undefined ? ANY_CALLS : [{ ...ANY_CALL, host: hostOf(integration, target) }];
    return routeKeys.length === 0 ? any : routeKeys.flatMap((key) => callsOfRoute(integration, target, key));
  });
}

/** The calls of one route, of each form that its paths have: of an unmanaged integration, as each stage serves it. */
function callsOfRoute(integration: IntegrationView, target: TargetView, route: string): readonly Call[] {
  const [, verb = 'ANY', path] = /^([A-Z]+) (\/.*)$/.exec(route) ?? [];
  const callsBy = (
    paths: readonly SentPath[] | undefined,
    method: string | undefined,
    served: Route | undefined,
  ): readonly Call[] =>
    (paths ?? [{ path: ANY_PATH }]).map((sent) => ({
      route,
      ...sent,
      ...(method === undefined || method === 'ANY' ? {} : { method }),
      host: hostOf(integration, target, route, served),
      parameters: settingsOf(integration, route, served)?.parameters ?? served?.settings?.parameters,
    }));
  if (integration.spec.owner !== 'external') {
    const paths = sentPaths(integration, target, path);
    const current = integration.gateway?.routes.find((one) => one.key === route);
    return callsBy(paths, paths === undefined ? undefined : verb, current);
  }

  const sentBy = ({ path: own, writtenPath, method, settings = {} }: Partial<Route> = {}): string =>
    JSON.stringify([own, writtenPath, method, settings.host, settings.parameters]);
  const distinct = new Map(servedRoutes(integration, route).map((one) => [sentBy(one.route), one] as const));
  return [...distinct.values()].flatMap(({ route: served, ...of }) =>
    callsBy(sentAsServed(integration, served, path), served && (served.method ?? verb), served).map((call) =>
      distinct.size === 1 ? call : { ...of, ...call },
    ),
  );
}

/** A route that a stage serves. */
interface ServedRoute {
  readonly route: Route | undefined;
  readonly stage?: string | undefined;
}

/** The routes with a key that the stages of an unmanaged integration serve; undefined for one that does not exist. */
function servedRoutes({ spec, gateway, link }: IntegrationView, key: string): readonly ServedRoute[] {
  if (gateway === undefined) return [{ route: undefined }];

  const found = stageRoutesOf(link.region.clouds, gateway, spec.gateway).flatMap((on): readonly ServedRoute[] => {
    const route = on.routes?.find((one) => one.key === key);
    return route === undefined ? [] : [{ route, stage: stageText(on) }];
  });
  return found.length > 0 ? found : [{ route: gateway.routes.find((one) => one.key === key) }];
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
  if (path === undefined) return [{ path: ANY_PATH }];

  return stagesShowInPaths && target.spec.path === 'keep' ? keptPaths(integration, path) : [{ path: formOf(path) }];
}

/** A path that a target sees, and the stage whose calls have it. */
type SentPath = Pick<Call, 'path' | 'prefix' | 'stage'>;

function keptPaths(integration: IntegrationView, path: string | undefined): readonly SentPath[] {
  const prefixes = path === undefined ? undefined : prefixesOf(integration);
  if (path === undefined || prefixes === undefined) return [{ path: ANY_PATH }];

  const isOne = prefixes.size === 1;
  return [...prefixes].map(([prefix, stage]) => ({
    path: [...exactly(prefix), ...formOf(path)],
    ...(prefix === '' ? {} : { prefix }),
    ...(isOne ? {} : { stage }),
  }));
}

/**
 * What is before the path of a route in calls to a target that keeps the path: nothing or the name of the stage; of the stage
 * `$default` behind a custom domain, the key of its mapping [I]. Behind a domain, another stage than `$default` shows its name in the
 * place of the key [U]. Each with the stage whose calls have it. Undefined: not known.
 * @see https://jonwallsten.com/cloudfront-api-gateway-integration-debugger
 * @see https://github.com/CodeGenieApp/serverless-express/issues/465
 */
function prefixesOf({ gateway, link: { region } }: IntegrationView): ReadonlyMap<string, string> | undefined {
  if (gateway === undefined || region.missing('customDomains') !== undefined) return undefined;

  const at = (stage: string | undefined, key: string): string =>
    stage === '$default' ? (key === '' ? '' : `/${key}`) : `/${stage}`;
  const named = mappingsTo(region.region.customDomains ?? [], gateway.id).map(
    ({ domain, mapping: { stage = '', path } }) =>
      [at(stage, path), `${stage}${path === '' ? '' : ` at ${domain.id}/${path}`}`] as const,
  );
  const own = gateway.endpoint === 'disabled' ? [] : gateway.stages.map(({ name }) => [at(name, ''), name] as const);
  const all = new Map([...named, ...own]);
  return all.size === 0 ? undefined : all;
}

/** The same of an unmanaged route; `undefined` where it may send another path. */
function sentAsServed(
  integration: IntegrationView,
  served: Route | undefined,
  path: string | undefined,
): readonly SentPath[] | undefined {
  const { stagesShowInPaths, sendsOwnPath } = gatewayTraits(integration.link.region.clouds, integration.spec.gateway);
  if (!stagesShowInPaths && sendsOwnPath !== true) return undefined;
  if (stagesShowInPaths && served?.keepsPath === true) return keptPaths(integration, path);
  if (served?.writtenPath !== undefined) return [{ path: formOf(served.writtenPath) }];
  if (served?.path !== 'overwrite') return undefined;

  return [{ path: path === undefined ? ANY_PATH : formOf(path) }];
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
