import { entryOf } from '../../../ground/json.js';
import type { GatewayUse, Gateway } from '../../model/gateway.js';
import type { Target } from '../../model/target.js';
import { fewText } from '../../../ground/text/quantities.js';
import type { Route } from '../../model/route.js';
import { servedBy, type ServedOn } from '../routes/deployed-routes.js';
import type { AssumedFacts } from '../../spec.js';
import { isAddress } from '../../kinds/id-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import type { LinkRef } from '../../model/reference.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { readAddress } from '../../../cidr/read-address.js';

/** A backend of the gateway, and all its uses. */
export interface MovedBackend {
  /** The authorization's name, or host and port: unique in the gateway. */
  readonly name: string;
  readonly uses: readonly GatewayUse[];
  /** The names of its targets in the spec of the future: one for each of its addresses, none where they are not known. */
  readonly targets: readonly string[];
  /** The authorization, listener or service, where it is one. */
  readonly target?: Target | undefined;
}

/** `route ANY /orders (RELEASE)`, `plug-in vip (draft)`; without stages `route ANY /orders`. */
export function useText({ kind, name, stage }: GatewayUse): string {
  const what = kind === 'plugin' ? 'plug-in' : kind === 'backend' ? 'named backend' : 'route';
  return stage === '' ? `${what} ${name}` : `${what} ${name} (${stage ?? 'draft'})`;
}

/** All uses of a backend, for a sentence: each has to change before the backend is not needed. */
export function usesText(uses: readonly GatewayUse[]): string {
  return andText(uses.map(useText));
}

/** What uses a backend, on whichever stages: `route GET /orders and plug-in vip`. */
export function namesOf(uses: readonly GatewayUse[]): string {
  return andText(uses.map((use) => useText({ ...use, stage: '' })));
}

function andText(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  if (all.length > MOST_USES) return fewText(all, MOST_USES);
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}

const MOST_USES = 10;

/** All uses of a backend, as evidence: at most ten, and the number of the others. */
export function useEvidence(uses: readonly GatewayUse[]) {
  const shown = uses.slice(0, 10).map((use) => ({ kind: use.kind, id: use.id, text: useText(use) }));
  const more = uses.length - shown.length;
  return more === 0 ? shown : [...shown, { kind: 'more', id: String(more), text: `and ${more} more` }];
}

/** `#NAME#`: a stage variable, which no API resolves. */
export function isVariable(text: string | undefined): boolean {
  return text !== undefined && /#[^#\s]+#/.test(text);
}

/** What a deployed stage calls, or why that is not known. */
export type DeployedUses = { readonly uses: readonly GatewayUse[] } | { readonly unreadable: string };

/**
 * The links and targets that the deployment of a stage uses, with the values of its variables. Undefined: what the stage
 * serves was not read (`Scope.uses`, `Scope.served`), or it has no deployment of its own: it shows the working copy.
 */
export function deployedUses(gateway: Gateway, stage: string): DeployedUses | undefined {
  const { uses, stages } = gateway;
  const found = stages.find(({ name }) => name === stage);
  if (found === undefined || found.autoDeploy) return undefined;
  // All uses are read together: also of a stage that serves nothing.
  if (uses !== undefined) return readable(uses.filter((use) => use.kind === 'route' && use.stage === stage));
  if (found.served === undefined) return undefined;
  return readable(servedBy(gateway, found).flatMap((on) => usesOf(gateway, on)));
}

function readable(own: readonly GatewayUse[]): DeployedUses {
  const unread = own.find(({ unreadable }) => unreadable !== undefined);
  return unread?.unreadable === undefined ? { uses: own } : { unreadable: unread.unreadable };
}

function usesOf({ id }: Gateway, { stage, routes }: ServedOn): readonly GatewayUse[] {
  const { name, canary } = stage;
  if (routes !== undefined) return routes.flatMap((route) => useOf(route, name));
  const unreadable = `the canary of stage ${name} serves deployment ${canary?.deploymentId ?? ''}, which no call shows`;
  return [{ kind: 'route', id, name: id, routeIds: [], stage: name, unreadable }];
}

/** None where its target is not in a network. */
function useOf({ id, key, linkId, targetId, variables = [] }: Route, stage: string): readonly GatewayUse[] {
  const use = { kind: 'route', id, name: key, routeIds: [id], stage } as const;
  if (linkId !== undefined) return [{ ...use, linkId, targetId }];
  const unreadable = `stage variable ${variables.join(', ')} decides where it leads`;
  return variables.length === 0 ? [] : [{ ...use, unreadable }];
}

/** Values by stage and name, as `assume.stageVariables` has them for one gateway. */
type Values = NonNullable<AssumedFacts['stageVariables']>[string];

/**
 * A use with the values that the spec gives its stage variables; a use without such values is not changed. A
 * draft may be published to any stage, so it becomes one use for each stage with values.
 */
export function withVariables(use: GatewayUse, values: Values | undefined): readonly GatewayUse[] {
  const { stage, targetId, host } = use;
  if (values === undefined || !(isVariable(targetId) || isVariable(host))) return [use];
  if (stage !== undefined) return [put(use, entryOf(values, stage))];
  const known = Object.values(values)
    .map((own) => put(use, own))
    .filter((one) => !isVariable(one.targetId) && !isVariable(one.host));
  const different = new Map(known.map((one) => [`${one.targetId ?? ''}\n${one.host ?? ''}`, one]));
  return different.size === 0 ? [use] : [...different.values()];
}

function put(use: GatewayUse, values: Readonly<Record<string, string>> | undefined): GatewayUse {
  if (values === undefined) return use;
  const { targetId, host } = use;
  const resolve = (text: string): string =>
    text.replace(/#([^#\s]+)#/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
  return {
    ...use,
    ...(targetId === undefined ? {} : { targetId: resolve(targetId) }),
    ...(host === undefined ? {} : hostOf(use, resolve(host))),
  };
}

/** A value may contain the port as well: `10.0.0.5:8080`. */
function hostOf({ host, port }: GatewayUse, value: string): Partial<GatewayUse> {
  if (value === host) return {};
  const [, name, at] = /^([^:[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(value) ?? [];
  const bare = (name ?? value).replace(/^\[|\]$/g, '').toLowerCase();
  if (isVariable(value)) return { host: value };
  if (!isAddress(bare) && !/^[\w.-]+$/.test(bare))
    return { host: bare, unreadable: `${JSON.stringify(value)}, the value of its variable, is not a valid host` };
  return { host: bare, port: at === undefined ? port : Number(at) };
}

/**
 * Whether routes of a gateway that name the ID of a link may mean that link. IDs of different kinds look alike: an ID is
 * that of a link which the gateway's routes can use, where there is one.
 */
export function mayMean(
  clouds: Clouds,
  { links }: Pick<RegionSnapshot, 'links'>,
  { kind: gateway }: Gateway,
  { kind, id }: LinkRef,
): boolean {
  const { links: kinds } = clouds.gateway(gateway);
  return kinds.includes(kind) || !links.some((one) => one.id === id && kinds.includes(one.kind));
}

/**
 * Whether a route of the working copy uses a link, on whichever stage: where a variable names the link, each of its
 * values is an integration with the route's ID of one.
 */
export function usesLink({ integrations = [] }: Gateway, route: Route, linkId: string): boolean {
  if (route.linkId !== undefined || route.variables === undefined) return route.linkId === linkId;
  return integrations.some((one) => one.id === route.integrationId && one.linkId === linkId);
}

/** A host, an address or a name, and its port as far as it is written. */
interface Server {
  readonly host: string;
  readonly port?: number | undefined;
}

/** The default port of Nacos: https://nacos.io/en/docs/deployment/ */
const NACOS = 8848;

/**
 * `10.0.0.5:8848`, `[fd00::5]:2181`, `nacos.internal:8848`, `#host#:8848`; a scheme before it, and a path
 * after it, do not belong to it.
 */
const SERVER = /^(?:[a-z]+:\/\/)?(\[[0-9a-f:.]{2,45}\]|#[^#\s/]{1,128}#|[^\s/?#:[\]]{1,255})(?::(\d{1,5}))?(?:\/.*)?$/i;

/**
 * The uses of a gateway. Each backend behind a registry is replaced by the servers that must be reached:
 * those of the registry itself (`10.0.0.5:8848,10.0.0.6:8848`), and those that it returns, as far as
 * `assume.registries` names them. All keep `registry`, which records why they are called. The servers of a
 * registry without a readable address are unknown.
 */
export function registryUses(
  uses: readonly GatewayUse[],
  registries: AssumedFacts['registries'],
): readonly GatewayUse[] {
  return uses.flatMap((use) => {
    const { registry, host, targetId } = use;
    if (registry === undefined || host !== undefined || targetId !== undefined) return [use];
    const own = serversOf(registry)?.map(({ host: at, port = NACOS }) => ({ host: at, port }));
    if (own === undefined)
      return [{ ...use, unreadable: `the address of its registry, ${registry}, has an undocumented form` }];
    const named = Object.hasOwn(registries ?? {}, registry) ? (registries?.[registry] ?? []) : [];
    const handed = named.flatMap((text) => serversOf(text) ?? []);
    return [...own, ...handed].map((server) => ({ ...use, ...server }));
  });
}

/** Undefined where a part of the text is not a server. */
function serversOf(text: string): readonly Server[] | undefined {
  const servers = text.split(',').map((part) => serverOf(part.trim()));
  return servers.every((one) => one !== undefined) ? servers : undefined;
}

function serverOf(text: string): Server | undefined {
  if (readAddress(text) !== undefined) return { host: text };
  const [, host, port] = SERVER.exec(text) ?? [];
  if (host === undefined) return undefined;
  const bare = host.startsWith('#') ? host : host.replace(/^\[|\]$/g, '').toLowerCase();
  return port === undefined ? { host: bare } : { host: bare, port: Number(port) };
}
