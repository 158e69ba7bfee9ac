import type { Link, Route, Gateway } from '@postern/core/internal/library';
import { APIG_STAGE } from '../cloud/types.js';
import type { DraftRegion, Rows, View } from '@postern/core/internal/overlay';
import { changedOf, isSame, targetsOf } from './services.js';
import { ALIBABA, prefixed } from '../../plans/rows/id-forms.js';

/**
 * Gateways of Cloud-native API Gateway. The provider has no resource that publishes: a
 * route that it creates serves no calls before it is deployed, and one that it changes is served as it was deployed.
 * @see https://github.com/aliyun/terraform-provider-alicloud (website/docs/r/apig_*)
 */
export const gatewayRows: Rows = {
  alicloud_apig_gateway: {
    list: 'links',
    ids: { id: prefixed('gw') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      // Its network, its vSwitches and its type cannot be changed.
      if (draft.get('links', id) !== undefined) return;

      const [network] = view.blocks('vpc');
      if (network === undefined) throw view.computed('vpc');

      const groups = view.when === 'before' ? view.blocks('security_group') : [];
      draft.put('links', {
        id,
        state: 'ready',
        nativeState: 'Running',
        kind: 'apig-gateway',
        name: view.text('gateway_name') ?? id,
        networkId: network.neededRef('vpc_id', ALIBABA.network),
        subnetIds: subnetsOf(view),
        securityGroupIds: groups.flatMap((one) => one.text('security_group_id') ?? []),
        tags: view.map('tags'),
        // A new gateway follows no registry.
        native: { sources: [] },
        raw: null,
      } as unknown as Link);
      // The service creates the group, and the rules that admit it are answers of the service.
      draft.gap('allowlists', id, `${view.instance.address}.security_group`);
    },
  },
};

/** HTTP APIs, their routes, environments and domains. They are laid after services: a route finds its gateway by its service. */
export const httpApiRows: Rows = {
  alicloud_apig_http_api: {
    list: 'gateways',
    ids: { id: prefixed('api') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      if (draft.get('gateways', id) !== undefined) return;

      draft.put('gateways', {
        id,
        name: view.text('http_api_name') ?? id,
        kind: 'apig-http-api',
        stages: [{ name: APIG_STAGE, autoDeploy: true }],
        routes: [],
        tags: {},
        settings: { basePath: view.text('base_path'), domains: [] },
        raw: null,
      } as Gateway);
    },
  },
  alicloud_apig_route: {
    list: 'gateways',
    isPart: true,
    route: 'whole',
    ids: { id: prefixed('hr'), route_id: prefixed('hr') },
    owner: (view) => view.ref('http_api_id', ALIBABA.httpApi),
    index: (view, { draft }) =>
      draft.routes.address(view.neededRef('http_api_id', ALIBABA.httpApi), routeId(view), view.instance.address),
    add: (view, { draft }) => {
      const gatewayId = view.neededRef('http_api_id', ALIBABA.httpApi);
      const id = routeId(view);
      const known = draft.get('gateways', gatewayId)?.routes.find((one) => one.id === id);
      if (known !== undefined && isSame(view, ROUTE)) return;

      const isServed = known !== undefined && known.publishedOn?.length !== 0;
      if (isServed) throw view.unknown(changedOf(view, ROUTE) ?? 'match', [NOT_PUBLISHED]);

      const route = routeOf(view, draft, { id, gatewayId });
      draft.patch('gateways', gatewayId, ({ routes }) => ({
        routes: [...routes.filter((one) => one.id !== id), route],
      }));
    },
    lose: (view, { draft }) => draft.routes.drop(view.neededRef('http_api_id', ALIBABA.httpApi), routeId(view)),
    remove: (view, { draft }) => {
      // A part is taken away before its change is laid, but what is served of a route counts then.
      if (view.instance.after === undefined || view.instance.actions.includes('delete'))
        draft.routes.drop(view.needed('http_api_id'), routeId(view));
    },
  },
  // The object that is removed from the product: each gateway has one.
  alicloud_apig_environment: { list: 'gateways', isPart: true, add: () => undefined, remove: () => undefined },
  alicloud_apig_domain: {
    list: 'gateways',
    isPart: true,
    add: (view, { draft }) => {
      if (view.when === 'after' && view.instance.actions[0] === 'update') loseDomain(view, draft, 'changes');
    },
    remove: (view, { draft }) => {
      if (view.instance.after === undefined) loseDomain(view, draft, 'deletes');
    },
  },
};

const NOT_PUBLISHED =
  'the provider does not publish a change of a route, and whether a route is served as it was before is not documented';

/** What decides where calls of a route go. */
const ROUTE = ['backend', 'match', 'domain_ids', 'environment_info'] as const;

function subnetsOf(view: View): readonly string[] {
  const zones = view.instance.after?.['zones'] === undefined && view.when === 'after' ? [] : view.blocks('zones');
  const ids = [...view.blocks('vswitch'), ...zones].flatMap((one) => one.ref('vswitch_id', ALIBABA.subnet) ?? []);
  return [...new Set(ids)];
}

/** The ID of a route is behind that of its API. */
function routeId(view: View): string {
  return view.needed('id').split(':').at(-1) ?? '';
}

function routeOf(view: View, draft: DraftRegion, base: Pick<Route, 'id' | 'gatewayId'>): Route {
  const [backend] = view.blocks('backend');
  const used = (backend?.blocks('services') ?? []).toSorted(
    (a, b) => (b.number('weight') ?? 0) - (a.number('weight') ?? 0),
  );
  const [main] = used;
  const service = main?.neededRef('service_id', ALIBABA.service);
  const targets = service === undefined ? [] : targetsOf(draft, service);
  const port = main?.number('port') ?? (targets.length === 1 ? targets[0]?.port : undefined);
  const targetId = service === undefined || port === undefined ? service : `${service}:${port}`;
  const [like] = targets;
  if (targetId !== undefined && like !== undefined && draft.get('targets', targetId) === undefined)
    draft.put('targets', { ...like, id: targetId, port });
  // A state says whether a route is deployed; a plan deploys none.
  const published = view.when === 'before' && view.text('status') === 'Deployed' ? [APIG_STAGE] : [];
  return {
    ...base,
    key: keyOf(view),
    // A service is that of its gateway.
    linkId: like?.linkId,
    targetId,
    ...(main?.text('protocol')?.toUpperCase() === 'HTTPS' ? { tls: {} } : {}),
    path: 'overwrite',
    stages: published,
    publishedOn: published,
    ...(used.length > 1
      ? { routedBy: { [APIG_STAGE]: used.map((one) => one.text('service_id') ?? '').join(', ') } }
      : {}),
    raw: null,
  };
}

/** The key of a match by a path and a method. What else a match may ask is not told by a key. */
function keyOf(view: View): string {
  const [match] = view.blocks('match');
  const [path] = match?.blocks('path') ?? [];
  if (match === undefined || path === undefined) throw view.computed('match');

  const [kind, value] = [path.text('type') ?? 'Exact', path.needed('value')];
  const isMore = match.blocks('headers').length + match.blocks('query_params').length > 0;
  if (isMore || kind === 'Regex')
    throw view.unknown('match', ['expressions, headers and parameters of a match are not evaluated']);

  const methods = match.texts('methods').toSorted();
  const end = kind === 'Prefix' ? (value.endsWith('/') ? '{proxy+}' : '*') : '';
  return `${methods.length === 0 ? 'ANY' : methods.join(',')} ${value}${end}`;
}

/** The routes of a domain that the plan changes: whether its callers still get an answer is not evaluated. */
function loseDomain(view: View, draft: DraftRegion, does: string): void {
  const name = view.needed('domain_name');
  for (const { id, kind, settings } of draft.all('gateways'))
    if (kind === 'apig-http-api' && settings?.domains.some((one) => one.name === name) === true)
      draft.routes.loseAll(id, `${view.instance.address} ${does} the domain ${name}, which is not evaluated`);
}
