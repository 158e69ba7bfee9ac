import { onlineVersions } from '../control/api/publish.js';
import { policiesOf } from '../control/api-policies/bindings.js';
import type { BindingRow, IpControlRow, SignatureRow, TrafficControlRow } from '../control/api-policies/state.js';
import type { ApiRow, ApiVersionRow, PluginRow } from '../control/state.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { serviceOf, type Service } from './parameters.js';

/** An API as it is published on a stage. */
export interface PublishedApi {
  readonly api: Pick<ApiRow, 'id' | 'groupId'>;
  readonly version: ApiVersionRow;
  /** Those of the API, then those of its group. */
  readonly plugins: readonly PluginRow[];
  /** The throttling policy of the older form. */
  readonly throttle: TrafficControlRow | undefined;
  /** The access control policy of the older form. */
  readonly ipControl: IpControlRow | undefined;
  /** The key of the older form, which signs calls to the backend. */
  readonly signature: SignatureRow | undefined;
  /** A plug-in chose the backend of this call. */
  readonly isRouted?: boolean | undefined;
}

/** What is published of a group, as its data path sees it. */
export interface GroupView {
  readonly basePath: string;
  /** By stage name. */
  readonly stages: ReadonlyMap<string, readonly PublishedApi[]>;
}

/** What is published of a group now; undefined where there is none. Rows are never changed in place. */
export function readGroupView(state: AlibabaRegionState, groupId: string): GroupView | undefined {
  const { cloudApi } = state;
  const group = cloudApi.groups.get(groupId);
  if (!group) return undefined;

  const stages = new Map<string, PublishedApi[]>(group.stages.map(({ name }) => [name, []]));
  const plugins = [...cloudApi.plugins.values()].filter(({ attachments }) =>
    attachments.some((one) => one.groupId === groupId),
  );
  const throttles = policiesOf(state, 'TrafficControl');
  const ipControls = policiesOf(state, 'IpControl');
  const signatures = policiesOf(state, 'Signature');
  for (const api of cloudApi.apis.values()) {
    if (api.groupId !== groupId) continue;

    for (const version of onlineVersions(api)) {
      const { stageName } = version;
      const own = pluginsOf(plugins, api, stageName);
      const isBound = ({ bindings }: { readonly bindings: readonly BindingRow[] }): boolean =>
        bindings.some((one) => one.apiId === api.id && one.stageName === stageName);
      stages.get(stageName)?.push({
        api: { id: api.id, groupId },
        version,
        plugins: own,
        throttle: throttles.find(isBound),
        ipControl: ipControls.find(isBound),
        signature: signatures.find(isBound),
      });
    }
  }
  return { basePath: group.basePath, stages };
}

function pluginsOf(plugins: readonly PluginRow[], { id, groupId }: ApiRow, stage: string): readonly PluginRow[] {
  const attached = (apiId: string | undefined): readonly PluginRow[] =>
    plugins.filter(({ attachments }) =>
      attachments.some((one) => one.groupId === groupId && one.stageName === stage && one.apiId === apiId),
    );
  return [...attached(id), ...attached(undefined)];
}

/** Whether two views show the same rows. */
export function isSameGroupView(a: GroupView, b: GroupView): boolean {
  const [one, other] = [rowsOf(a), rowsOf(b)];
  return one.length === other.length && one.every((row, index) => row === other[index]);
}

function rowsOf({ basePath, stages }: GroupView): readonly unknown[] {
  const published = [...stages].flatMap(([stage, apis]) => [
    stage,
    ...apis.flatMap(({ api, version, plugins, throttle, ipControl, signature }) => [
      api.id,
      version,
      throttle,
      ipControl,
      signature,
      ...plugins,
    ]),
  ]);
  return [basePath, ...published];
}

/** The groups whose publications a write may change, as `<group id>`. */
export function groupsChangedBy({ cloudApi }: AlibabaRegionState, input: unknown): readonly string[] {
  const { GroupId, ApiId, PluginId, TrafficControlId, IpControlId, SignatureId } = input as {
    readonly GroupId?: string;
    readonly ApiId?: string;
    readonly PluginId?: string;
    readonly TrafficControlId?: string;
    readonly IpControlId?: string;
    readonly SignatureId?: string;
  };
  const ofApi = cloudApi.apis.get(ApiId ?? '')?.groupId;
  const ofPlugin = cloudApi.plugins.get(PluginId ?? '')?.attachments.map(({ groupId }) => groupId) ?? [];
  const policyId = TrafficControlId ?? IpControlId ?? SignatureId ?? '';
  const ofPolicy = cloudApi.apiPolicies.get(policyId)?.bindings.map(({ groupId }) => groupId) ?? [];
  return [...new Set([GroupId ?? '', ofApi ?? '', ...ofPlugin, ...ofPolicy])].filter((id) => cloudApi.groups.has(id));
}

/** An API that calls are routed to. */
export interface Route {
  readonly published: PublishedApi;
  readonly service: Service;
  /** As it is declared: `GET /orders/[id]`. */
  readonly name: string;
  /** Names of the path's parameters, in their order. */
  readonly parameters: readonly string[];
}

/** A route, and what the path has in the place of its parameters. */
export interface Match {
  readonly route: Route;
  readonly values: ReadonlyMap<string, string>;
  /** What `/*` stands for, without the slash. */
  readonly rest: string;
}

/** Segments of paths, as a tree. */
interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  /** By method, for what ends here. */
  readonly routes: Map<string, Route>;
  /** By method, for `/*`: all paths below. */
  readonly below: Map<string, Route>;
}

/** The routes of one stage. */
export type Router = Node;

const newNode = (): Node => ({ literals: new Map(), parameter: undefined, routes: new Map(), below: new Map() });

const routers = new WeakMap<GroupView, Map<string, Router>>();

/** The routes of a stage, compiled once for each view. Undefined for a stage that the group does not have. */
export function routerOf(view: GroupView, stage: string): Router | undefined {
  const known = routers.get(view)?.get(stage);
  if (known) return known;

  const apis = view.stages.get(stage);
  if (!apis) return undefined;

  const router = compile(view.basePath, apis);
  routers.set(view, (routers.get(view) ?? new Map<string, Router>()).set(stage, router));
  return router;
}

/**
 * The API that a call is for. A literal segment goes before a parameter (`[id]`), and that before `/*`; a method before `ANY` [I].
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/user-guide/create-an-api
 */
export function findRoute(router: Router, method: string, path: string): Match | undefined {
  const segments = path.split('/').slice(1);
  const taken: string[] = [];
  const found = descend(router, segments, 0, method, taken);
  if (!found) return undefined;

  const { route, depth } = found;
  const values = new Map<string, string>();
  route.parameters.forEach((name, index) => values.set(name, taken[index] ?? ''));
  return { route, values, rest: segments.slice(depth).join('/') };
}

function descend(
  node: Node,
  segments: readonly string[],
  depth: number,
  method: string,
  taken: string[],
): { readonly route: Route; readonly depth: number } | undefined {
  const segment = segments[depth];
  if (segment === undefined) return ending(node.routes, method, depth);

  const literal = node.literals.get(segment);
  const exact = literal && descend(literal, segments, depth + 1, method, taken);
  if (exact) return exact;

  if (node.parameter && segment !== '') {
    taken.push(segment);
    const found = descend(node.parameter, segments, depth + 1, method, taken);
    if (found) return found;

    taken.pop();
  }
  return ending(node.below, method, depth);
}

function ending(
  routes: ReadonlyMap<string, Route>,
  method: string,
  depth: number,
): { readonly route: Route; readonly depth: number } | undefined {
  const route = routes.get(method) ?? routes.get('ANY');
  return route && { route, depth };
}

function compile(basePath: string, apis: readonly PublishedApi[]): Router {
  const router = newNode();
  let end = basePath.length;
  while (basePath[end - 1] === '/') end -= 1;
  for (const published of apis) add(router, basePath.slice(0, end), published);
  return router;
}

function add(router: Router, base: string, published: PublishedApi): void {
  const service = serviceOf(published.version);
  const { method, path } = service.request;
  const segments = `${base}${path}`.split('/').slice(1);
  const isOpen = segments.at(-1) === '*';
  const parameters: string[] = [];
  let node = router;
  for (const segment of isOpen ? segments.slice(0, -1) : segments) {
    const [, name] = /^\[(.+)\]$/.exec(segment) ?? [];
    if (name !== undefined) parameters.push(name);
    node = name === undefined ? literalIn(node, segment) : (node.parameter ??= newNode());
  }
  const route: Route = { published, service, name: `${method} ${path}`, parameters };
  (isOpen ? node.below : node.routes).set(method, route);
}

function literalIn(node: Node, segment: string): Node {
  const next = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, next);
  return next;
}
