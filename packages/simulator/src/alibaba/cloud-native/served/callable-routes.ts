import { currentRevision, configFor } from '../control/api/publish.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import type {
  ApigDomainRow,
  ApigGatewayRow,
  ApigServiceRow,
  AuthorizationRow,
  ConsumerRow,
  HttpApiRow,
  HttpRouteRow,
  PolicyAttachmentRow,
  PolicyRow,
  AuthSettings,
  BackendServiceRow,
  HttpOperationRow,
  MockRow,
  RevisionRow,
  RouteMatchRow,
  RouteRules,
} from '../control/state.js';
import { literal, orderOf, pathExpression, routesOfHost } from './match.js';

/** What the data path of a gateway looks at. */
export interface ApigView {
  readonly gateway: ApigGatewayRow;
  /** Of this gateway, published or not. */
  readonly routes: readonly HttpRouteRow[];
  readonly apis: readonly HttpApiRow[];
  readonly domains: readonly ApigDomainRow[];
  readonly services: readonly ApigServiceRow[];
  readonly policies: readonly PolicyRow[];
  readonly attachments: readonly PolicyAttachmentRow[];
  readonly consumers: readonly ConsumerRow[];
  readonly authorizations: readonly AuthorizationRow[];
}

/** A gateway as it is now; undefined where there is none. Rows are never changed in place. */
export function readApigView({ apig }: AlibabaRegionState, id: string): ApigView | undefined {
  const gateway = apig.gateways.get(id);
  if (!gateway) return undefined;

  const routes = [...apig.routes.values()].filter(({ gatewayId }) => gatewayId === id);
  const withRoutes = new Set(routes.map(({ apiId }) => apiId));
  const apis = [...apig.apis.values()].filter((api) => withRoutes.has(api.id) || currentRevision(api, id));
  return {
    gateway,
    routes,
    apis,
    domains: [...apig.domains.values()],
    services: [...apig.services.values()].filter(({ gatewayId }) => gatewayId === id),
    policies: [...apig.policies.values()],
    attachments: [...apig.policyAttachments.values()],
    consumers: [...apig.consumers.values()],
    authorizations: [...apig.authorizations.values()],
  };
}

/** Whether two views show the same rows. */
export function isSameApigView(a: ApigView, b: ApigView): boolean {
  const lists = (view: ApigView): readonly unknown[] => Object.values(view).flat() as unknown[];
  const [one, other] = [lists(a), lists(b)];
  return one.length === other.length && one.every((row, at) => row === other[at]);
}

/** A route that calls can take: one of an API of the type Http, or an operation of a Rest API. */
export interface CallableRoute {
  readonly id: string;
  readonly apiId: string;
  /** `GET Prefix /orders` */
  readonly name: string;
  /** In small letters; none: all that no custom domain has. */
  readonly hosts: readonly string[];
  readonly match: RouteMatchRow;
  readonly expression: RegExp;
  readonly scene: string;
  readonly services: readonly BackendServiceRow[];
  readonly mock: MockRow | undefined;
  readonly auth: AuthSettings;
  /** What does not reach the backend. */
  readonly strips: string;
  /** Milliseconds. */
  readonly firstByteMs: number | undefined;
}

/** The routes of a gateway in the order in which they are tried. */
export interface ServedRoutes {
  readonly published: readonly CallableRoute[];
  /** Those that no caller gets: to say why. */
  readonly drafts: readonly CallableRoute[];
}

const known = new WeakMap<ApigView, ServedRoutes>();
const byHost = new WeakMap<readonly CallableRoute[], Map<string, readonly CallableRoute[]>>();
/** Names that callers make up are not remembered without end. */
const MOST_HOSTS = 1_000;

/** As {@link routesOfHost}, remembered. */
export function routesAt(routes: readonly CallableRoute[], host: string): readonly CallableRoute[] {
  const hosts = byHost.get(routes) ?? new Map<string, readonly CallableRoute[]>();
  byHost.set(routes, hosts);
  const before = hosts.get(host);
  if (before) return before;

  const found = routesOfHost(routes, host);
  if (hosts.size < MOST_HOSTS) hosts.set(host, found);
  return found;
}

/** The routes of a view, read once for each. */
export function callableRoutes(view: ApigView): ServedRoutes {
  const before = known.get(view);
  if (before) return before;

  const published = [
    ...view.routes.flatMap((row) => routeOf(view, row, row.published)),
    ...view.apis.flatMap((api) => ofRestApi(view, api)),
  ];
  const drafts = view.routes.filter((row) => row.published === undefined).flatMap((row) => routeOf(view, row, row));
  const routes = { published: published.toSorted(orderOf), drafts: drafts.toSorted(orderOf) };
  known.set(view, routes);
  return routes;
}

const NO_AUTH: AuthSettings = { enableAuth: false, authType: '', authMode: '' };

function routeOf(view: ApigView, { id, apiId }: HttpRouteRow, rules: RouteRules | undefined): readonly CallableRoute[] {
  if (!rules) return [];

  const api = view.apis.find((one) => one.id === apiId);
  const { match, scene, services, domainIds, mock } = rules;
  const strips = api?.type === 'Http' || api?.removeBasePathOnForward !== true ? '' : api.basePath;
  const seconds = api?.firstByteTimeout;
  return [
    {
      id,
      apiId,
      name: nameOf(match),
      hosts: hostsOf(view, domainIds),
      match,
      expression: pathExpression(match),
      scene,
      services,
      mock,
      auth: api?.auth ?? NO_AUTH,
      strips,
      firstByteMs: seconds === undefined ? undefined : seconds * 1000,
    },
  ];
}

const nameOf = ({ path, methods }: RouteMatchRow): string =>
  `${methods.length === 0 ? 'ANY' : methods.join(',')} ${path.type} ${path.value}`;

function ofRestApi(view: ApigView, api: HttpApiRow): readonly CallableRoute[] {
  const revision = currentRevision(api, view.gateway.id);
  return revision?.operations.map((row) => operationOf(view, api, revision, row)) ?? [];
}

function operationOf(view: ApigView, api: HttpApiRow, revision: RevisionRow, row: HttpOperationRow): CallableRoute {
  const config = configFor(row.deployConfigs, view.gateway.id);
  const basePath = revision.basePath.replace(/\/$/, '');
  const mock = row.mock?.enable === true ? row.mock : config?.mock;
  const match: RouteMatchRow = {
    path: templateOf(`${basePath}${row.path}`),
    methods: [row.method],
    headers: [],
    queryParams: [],
    ignoreUriCase: false,
  };
  return {
    id: row.id,
    apiId: api.id,
    name: `${row.method} ${basePath}${row.path}`,
    hosts: hostsOf(view, revision.domainIds),
    match,
    expression: pathExpression(match),
    scene: mock?.enable === true ? 'Mock' : (config?.backendScene ?? 'SingleService'),
    services: config?.services ?? [],
    mock,
    auth: row.auth ?? revision.auth,
    strips: revision.removeBasePath ? basePath : '',
    firstByteMs: api.firstByteTimeout === undefined ? undefined : api.firstByteTimeout * 1000,
  };
}

/** `/orders/{id}`: a parameter is one segment; `/*` at the end is all below [U]. */
function templateOf(path: string): RouteMatchRow['path'] {
  if (path.endsWith('/*') && !path.includes('{')) return { type: 'Prefix', value: path.slice(0, -2) };
  if (!path.includes('{')) return { type: 'Exact', value: path };

  const parts = path.split(/\{[^/{}]*\}/).map(literal);
  return { type: 'Regex', value: `${parts.join('[^/]+')}$` };
}

function hostsOf({ domains }: ApigView, ids: readonly string[]): readonly string[] {
  return domains.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
}
