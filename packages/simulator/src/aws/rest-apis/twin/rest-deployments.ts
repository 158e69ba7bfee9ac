import { defined } from '../../../simulation/defined.js';
import type { Gateway, GatewayUse, Stage, RegionSnapshot, Route } from '@postern/core/internal/snapshot';
import type { Lack } from '../../twin/lack.js';
import type { AwsCall } from '../../operation/operation.js';
import { newIntegration } from '../control/integration/integration.js';
import type { MethodRow, RestApiRow, RestDeploymentRow, ResourceRow } from '../control/state.js';
import { placeOf, portOf, privateIntegration } from './rest-methods.js';
import { frozenCopy } from '../control/deployment.js';

/** A resource policy that denies as much as the one that a snapshot shows. Which calls one with conditions denies is not in it. */
export function policyOf(denies: Gateway['denies'], lack: Lack, id: string): string | undefined {
  if (denies === undefined) return undefined;

  if (denies === 'some')
    lack(`the conditions of the resource policy of ${id} are not in a snapshot: it denies no caller here`);
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  const nobody = { ...all, Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': ['255.255.255.255/32'] } } };
  const denying = denies === 'all' ? { ...all, Effect: 'Deny' } : nobody;
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...all, Effect: 'Allow' }, denying] });
}

/**
 * The deployments that the stages of an API serve. Each is a copy of the working copy, with the links and targets that
 * the snapshot shows of the stage. What it does not show is as in the working copy.
 */
export function loadDeployments(
  call: AwsCall,
  region: RegionSnapshot,
  gateway: Gateway,
  api: RestApiRow,
  lack: Lack,
): void {
  for (const stage of gateway.stages) {
    const { name, deploymentId, deployed, canary } = stage;
    if (deploymentId !== undefined && !api.deployments.has(deploymentId)) {
      const served = servedOn(gateway, name);
      if (served === undefined) lack(`what stage ${name} of ${gateway.id} serves was not read: it is the working copy`);
      const copy = served === undefined ? frozenCopy(api) : copyOf(call, region, gateway, api, { stage, served }, lack);
      api.deployments.set(deploymentId, deployment(call, deploymentId, copy, deployed));
    }
    const other = canary?.deploymentId;
    if (other === undefined || api.deployments.has(other)) continue;

    lack(`what the canary of stage ${name} of ${gateway.id} serves is not in a snapshot: it is the working copy`);
    api.deployments.set(other, deployment(call, other, frozenCopy(api)));
  }
}

function deployment(
  call: AwsCall,
  id: string,
  copy: RestDeploymentRow['copy'],
  description?: string,
): RestDeploymentRow {
  return { fields: { id, createdDate: new Date(call.now), ...defined({ description }) }, copy };
}

/** What a stage serves. Of one route it has several backends where its canary has other variables. */
interface Served {
  readonly stage: Stage;
  readonly served: ReadonlyMap<string, readonly [GatewayUse, ...GatewayUse[]]>;
}

/** The backends that a stage serves, by route; undefined where they were not read. */
function servedOn(gateway: Gateway, stage: Stage['name']): Served['served'] | undefined {
  const own = gateway.uses?.filter((use) => use.stage === stage && use.kind === 'route');
  if (own === undefined) return servedOnlyHere(gateway, stage);
  if (own.some(({ routeIds, unreadable = '' }) => isWhole(routeIds) && !isCanary(unreadable))) {
    return undefined;
  }

  const served = new Map<string, readonly [GatewayUse, ...GatewayUse[]]>();
  for (const use of own.filter(({ routeIds }) => !isWhole(routeIds))) {
    served.set(use.id, [...(served.get(use.id) ?? []), use] as [GatewayUse]);
  }
  return served;
}

/** As the stage shows them, where not all uses of the API were read. */
function servedOnlyHere({ stages }: Gateway, stage: Stage['name']): Served['served'] | undefined {
  const routes = stages.find(({ name }) => name === stage)?.served?.routes;
  if (routes === undefined) return undefined;

  const uses = routes.flatMap(({ id, key, linkId, targetId, tls, variables }): GatewayUse[] => {
    if (linkId === undefined && variables === undefined) return [];

    const scheme = tls === undefined ? 'http' : 'https';
    const unreadable = variables && `stage variable ${variables.join(', ')} decides where it leads`;
    return [{ kind: 'route', id, name: key, routeIds: [id], stage, scheme, linkId, targetId, unreadable }];
  });
  return new Map(uses.map((use) => [use.id, [use]]));
}

const isWhole = (routeIds: readonly string[]): boolean => routeIds.length === 0;
const isCanary = (unreadable: string): boolean => unreadable.startsWith('the canary ');

function copyOf(
  call: AwsCall,
  region: RegionSnapshot,
  gateway: Gateway,
  api: RestApiRow,
  { stage, served }: Served,
  lack: Lack,
): RestDeploymentRow['copy'] {
  const routes = new Map(gateway.routes.map((route) => [route.id, route] as const));
  const known = new Map([...api.resources.values()].map(({ path, id }) => [path, id] as const));
  const tree = restTree(call, (path) => known.get(path));
  const shown = stage.served && new Map(stage.served.routes.map((route) => [route.id, route] as const));
  const isCurrent = (id: string, uses: Uses | undefined, method: MethodRow): boolean => {
    if (shown !== undefined && !shown.has(id)) return false;

    const route = routes.get(id);
    if (uses === undefined) return method.methodIntegration?.connectionType !== 'VPC_LINK';

    return leadsAs(gateway, route, uses) && (shown === undefined || isSame(route, shown.get(id)));
  };
  for (const { path, methods } of api.resources.values()) {
    const { id } = tree.at(path);
    for (const [verb, method] of methods) {
      if (isCurrent(`${id}/${verb}`, served.get(`${id}/${verb}`), method)) tree.put(path, method);
    }
  }
  for (const uses of served.values()) {
    const [use] = uses;
    const route = routes.get(use.id);
    if (leadsAs(gateway, route, uses) && (shown === undefined || isSame(route, shown.get(use.id)))) continue;

    const { verb, path } = placeOf({ id: '', key: use.name });
    const of = { stage, verb, uses, resourceId: tree.at(path).id };
    tree.put(path, servedMethod(region, gateway, of, route, lack));
  }
  // Methods without a link, which the working copy has no more, or with one.
  for (const { id, key } of shown?.values() ?? []) {
    const { verb, path } = placeOf({ id: '', key });
    if (served.has(id) || tree.at(path).methods.has(verb)) continue;

    const methodIntegration = newIntegration(tree.at(path).id, { type: 'MOCK' });
    tree.put(path, { httpMethod: verb, authorizationType: 'NONE', apiKeyRequired: false, methodIntegration });
  }
  const policy = policyOf(stage.served?.denies, lack, gateway.id);
  return { ...frozenCopy(api), resources: tree.rows(), ...(stage.served === undefined ? {} : { policy }) };
}

type Uses = readonly [GatewayUse, ...GatewayUse[]];

/** Whether a deployment has a route as the working copy, besides its link and its target. */
function isSame(route: Route | undefined, shown: Route | undefined): boolean {
  const facts = ({ method, path, writtenPath, tls, lacks, anyAuthority, settings = {} }: Route): string => {
    const { timeoutMs, parameters, stream } = settings;
    return JSON.stringify([method, path, writtenPath, tls, lacks, anyAuthority, timeoutMs, parameters, stream]);
  };
  return route !== undefined && shown !== undefined && (route.variables !== undefined || facts(route) === facts(shown));
}

/** Whether a stage serves a route as it is now. With variables a route may have another link and target on each stage. */
function leadsAs(gateway: Gateway, route: Route | undefined, uses: readonly GatewayUse[]): boolean {
  if (route === undefined) return false;

  const leads = gateway.integrations?.filter(({ id }) => id === route.integrationId) ?? [];
  const port = portOf(gateway, route);
  return uses.every((use) => {
    const names = unknownVariables(use);
    if (names.length > 0) {
      const { variables = [] } = route;
      return names.length === variables.length && names.every((name) => variables.includes(name));
    }

    const hasScheme = use.scheme === undefined || (use.scheme === 'https') === (route.tls !== undefined);
    return (
      hasScheme &&
      leads.some(
        ({ linkId, targetId }) =>
          linkId === use.linkId && targetId === use.targetId && (targetId !== undefined || port === use.port),
      )
    );
  });
}

/** All variables of a version of which the stage lacks one: only the note names them. */
function unknownVariables({ unreadable = '' }: GatewayUse): readonly string[] {
  return /^stage variable (.+) decides/.exec(unreadable)?.[1]?.split(', ') ?? [];
}

/** Where a method leads on a stage. */
interface Of {
  readonly verb: string;
  readonly resourceId: string;
  readonly uses: readonly [GatewayUse, ...GatewayUse[]];
}

/** The variables of which a canary has other values, where a method has another backend there. */
function overridden({ variables = {}, canary }: Stage, uses: readonly GatewayUse[]): Pick<Route, 'variables'> {
  if (uses.length < 2) return {};

  const changed = Object.entries(canary?.variables ?? {}).filter(([name, value]) => variables[name] !== value);
  return { variables: changed.map(([name]) => name) };
}

/** The host of the working copy, unless it names a variable that the served version does not: `unknown` are all that it names. */
function hostOn({ variables = {} }: Stage, unknown: readonly string[], route: Route | undefined): string {
  const host = route?.settings?.host ?? route?.tls?.serverName ?? 'backend.internal';
  const named = [...host.matchAll(/\$\{stageVariables\.(\w+)\}/g)].map(([, name = '']) => name);
  const isKnown = named.every((name) => (unknown.length > 0 ? unknown.includes(name) : Object.hasOwn(variables, name)));
  return isKnown ? host : 'backend.internal';
}

function servedFacts({
  method,
  path,
  writtenPath,
  lacks,
  anyAuthority,
}: Route): Pick<Route, 'method' | 'path' | 'writtenPath' | 'lacks' | 'anyAuthority'> {
  return { method, path, writtenPath, lacks, anyAuthority };
}

/** A method that only the stage has as it is. */
function servedMethod(
  region: RegionSnapshot,
  gateway: Gateway,
  { stage, verb, uses, resourceId }: Pick<Served, 'stage'> & Of,
  route: Route | undefined,
  lack: Lack,
): MethodRow {
  const [use] = uses;
  const shown = stage.served?.routes.find(({ id }) => id === use.id);
  // A use whose backend a missing variable decides has no scheme.
  const isTls = use.scheme === undefined ? shown?.tls !== undefined : use.scheme === 'https';
  const tls = isTls ? (shown?.tls ?? {}) : undefined;
  const names = unknownVariables(use);
  const own = names.length === 0 ? overridden(stage, uses) : { variables: names };
  const shape = {
    path: 'overwrite',
    ...(shown === undefined ? route : servedFacts(shown)),
    settings: { ...(shown ?? route)?.settings, host: hostOn(stage, names, shown ?? route) },
    variables: undefined,
    ...own,
    tls,
    key: use.name,
  } as const;
  const leads = names.length === 0 ? uses : [];
  return {
    httpMethod: verb,
    authorizationType: route?.authorization === 'API_KEY' ? 'NONE' : (route?.authorization ?? 'NONE'),
    apiKeyRequired: route?.settings?.apiKey === true,
    methodIntegration: newIntegration(resourceId, privateIntegration(region, gateway, shape, leads, lack)),
  };
}

/** The resources of a REST API, or of a deployment, by path. */
export interface RestTree {
  /** The resource at a path. It and those above it are made where they do not exist. */
  readonly at: (path: string) => ResourceRow;
  readonly put: (path: string, method: MethodRow) => void;
  /** By ID, as a row of an API has them. */
  readonly rows: () => Map<string, ResourceRow>;
}

/**
 * Resources with known IDs. Those above them that have no method are not in a snapshot, and get other IDs.
 * @param idOf the ID of the resource at a path, where it is known
 */
export function restTree(call: AwsCall, idOf: (path: string) => string | undefined): RestTree {
  const byPath = new Map<string, ResourceRow>();
  const at = (path: string): ResourceRow => {
    const known = byPath.get(path);
    if (known !== undefined) return known;

    const cut = path.lastIndexOf('/');
    const below = path === '/' ? {} : { parentId: at(path.slice(0, cut) || '/').id, pathPart: path.slice(cut + 1) };
    const id = idOf(path) ?? call.id('', path === '/' ? 10 : 6, 'base36');
    const row: ResourceRow = { id, ...below, path, methods: new Map() };
    byPath.set(path, row);
    return row;
  };
  return {
    at,
    put: (path, method) => {
      const row = at(path);
      byPath.set(path, { ...row, methods: new Map(row.methods).set(method.httpMethod, method) });
    },
    rows: () => new Map([...byPath.values()].map((row) => [row.id, row] as const)),
  };
}
