import {
  defined,
  type Route,
  sentMethod,
  type Link,
  type Target,
  ALL_PORTS,
  isPort,
} from '@postern/core/internal/adapter';
import type { DraftRegion, Rows, View } from '@postern/core/internal/overlay';
import type { CustomDomain, Gateway } from '@postern/core/internal/snapshot';
import { ALIBABA } from '../../plans/rows/id-forms.js';

/** The stages that every group has. */
const STAGES = ['RELEASE', 'PRE', 'TEST'] as const;

const ADDRESS = /^(https?):\/\/(\d+(?:\.\d+){3})(?::(\d+))?(?:\/|$)/i;

/** Instances of the API Gateway, authorizations, groups and APIs. */
export const gatewayRows: Rows = {
  alicloud_api_gateway_instance: {
    list: 'links',
    ids: { id: (_, hash) => `apigateway-${hash.slice(0, 8)}-${hash.slice(8)}` },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('links', id);
      if (known !== undefined) {
        changeBlocks(view, draft, id);
        return;
      }

      const isIntegration = view.text('instance_type') === 'vpc_connect';
      const places = view.blocks('zone_vswitch_security_group');
      draft.put('links', {
        id,
        state: 'ready',
        nativeState: 'RUNNING',
        kind: isIntegration ? 'integration-instance' : 'dedicated-instance',
        name: view.text('instance_name') ?? id,
        networkId: isIntegration ? view.neededRef('user_vpc_id', ALIBABA.network) : undefined,
        subnetIds: places.map((one) => one.neededRef('vswitch_id', ALIBABA.subnet)),
        securityGroupIds: [...new Set(places.map((one) => one.neededRef('security_group', ALIBABA.group)))],
        tags: view.map('tags'),
        raw: null,
      } as Link);
      // Which blocks a new instance may reach is an answer of the service.
      draft.gap('allowlists', id, `${view.instance.address}.connect_cidr_blocks`);
    },
    remove: (view, { draft }) => draft.remove('links', view.needed('id')),
  },
  alicloud_api_gateway_vpc_access: {
    list: 'targets',
    isPart: true,
    isNamed: true,
    ids: { id: (view) => view.text('name'), name: (view) => view.text('name') },
    owner: (view) => view.text('name'),
    add: (view, { draft }) => {
      const id = view.needed('name');
      const resourceId = view.neededRef('instance_id', ALIBABA.backend);
      const isAddress = /^\d+(?:\.\d+){3}$/.test(resourceId);
      draft.put('targets', {
        ...draft.get('targets', id),
        kind: isAddress ? 'address' : 'instance',
        id,
        name: id,
        networkId: view.neededRef('vpc_id', ALIBABA.network),
        resourceId,
        resourceType: resourceId.startsWith('lb-') ? 'clb' : isAddress ? undefined : 'ecs',
        port: portOf(view),
      } as Target);
      if (view.when === 'after' && view.instance.actions.includes('create')) leavePublished(draft, id);
    },
    remove: (view, { draft }) => draft.remove('targets', view.needed('name')),
  },
  alicloud_api_gateway_group: {
    list: 'gateways',
    ids: { id: groupId },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('gateways', id);
      const linkId = view.ref('instance_id', ALIBABA.instance) ?? known?.linkId ?? SHARED;
      draft.put('gateways', {
        stages: STAGES.map((name) => ({ name, autoDeploy: true })),
        tags: {},
        ...known,
        id,
        name: view.text('name') ?? id,
        kind: 'api-group',
        linkId,
        routes: (known?.routes ?? []).map((one) => (one.linkId === undefined ? one : { ...one, linkId })),
      } as Gateway);
    },
  },
  alicloud_api_gateway_api: {
    list: 'gateways',
    isPart: true,
    route: 'whole',
    ids: { id: groupId, api_id: groupId },
    owner: (view) => view.ref('group_id', ALIBABA.apiGroup),
    add: (view, { draft }) => {
      const gatewayId = view.neededRef('group_id', ALIBABA.apiGroup);
      const id = apiId(view);
      const known = draft.get('gateways', gatewayId)?.routes.find((one) => one.id === id);
      const route = routeOf(view, draft, { ...known, id, gatewayId } as Route);
      if (isUnchanged(view) && known !== undefined) return;

      draft.patch('gateways', gatewayId, ({ routes }) => ({
        routes: [...routes.filter((one) => one.id !== id), route],
      }));
    },
    index: (view, { draft }) =>
      draft.routes.address(view.neededRef('group_id', ALIBABA.apiGroup), apiId(view), view.instance.address),
    lose: (view, { draft }) => draft.routes.drop(view.neededRef('group_id', ALIBABA.apiGroup), apiId(view)),
    remove: (view, { draft }) => draft.routes.drop(view.needed('group_id'), apiId(view)),
  },
  // https://github.com/aliyun/terraform-provider-alicloud/blob/master/website/docs/r/api_gateway_domain.html.markdown
  alicloud_api_gateway_domain: {
    list: 'customDomains',
    idAttribute: 'domain_name',
    add: (view, { draft }) => {
      const id = view.needed('domain_name');
      const gatewayId = view.neededRef('group_id', ALIBABA.apiGroup);
      draft.put('customDomains', {
        ...draft.get('customDomains', id),
        id,
        mappings: [{ path: '', gatewayId }],
      } as CustomDomain);
    },
  },
};

/**
 * A group without an instance is on the shared one of its region.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_group#instance_id-1
 */
const SHARED = 'api-shared-vpc-001';

/** A port that calls can have. @throws {UnknownAttribute} */
function portOf(view: View): number | undefined {
  const port = view.number('port');
  if (port === undefined || isPort(port)) return port;

  throw view.unknown('port', [`${port} is not a port`]);
}

/** 32 hexadecimal digits, as the service gives them. */
function groupId(_: View, hash: string): string {
  return `${hash}${hash}`;
}

/** The ID of an API is behind that of its group. */
function apiId(view: View): string {
  return view.needed('id').split(':').at(-1) ?? '';
}

/**
 * APIs stay published with the authorization that was removed. Whether they follow a new one with its name is not
 * documented; one that the plan changes is published again.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess
 */
function leavePublished(draft: DraftRegion, targetId: string): void {
  for (const { id, routes } of draft.all('gateways')) {
    if (!routes.some((one) => usesPublished(one, targetId))) continue;

    draft.patch('gateways', id, () => ({
      routes: routes.map((one) => (usesPublished(one, targetId) ? withoutPublished(one, targetId) : one)),
    }));
  }
}

function usesPublished({ publishedTargets = {} }: Route, targetId: string): boolean {
  return Object.values(publishedTargets).includes(targetId);
}

function withoutPublished(route: Route, targetId: string): Route {
  const others = Object.entries(route.publishedTargets ?? {}).filter(([, one]) => one !== targetId);
  return { ...route, publishedTargets: Object.fromEntries(others) };
}

function isUnchanged({ instance, when }: View): boolean {
  return when === 'after' && instance.actions[0] === 'no-op';
}

function routeOf(view: View, draft: DraftRegion, base: Route): Route {
  const [request] = view.blocks('request_config');
  if (request === undefined) throw view.computed('request_config');

  const key = keyOf(request.needed('method'), request.needed('path'));
  const linkId = draft.get('gateways', base.gatewayId)?.linkId;
  const { targetId, tls, path, method } = backendOf(view, draft, linkId);
  const sends = sentMethod(key, method);
  const published = view.texts('stage_names');
  const open = view.text('auth_type') === 'ANONYMOUS';
  const { method: _method, ...rest } = base;
  return {
    ...rest,
    key,
    linkId: targetId === undefined ? undefined : linkId,
    targetId,
    tls,
    path,
    ...defined({ method: sends }),
    open,
    authorization: view.text('auth_type'),
    // The provider publishes on its stages what it changes.
    stages: published,
    publishedOn: published,
    publishedTargets: targetId === undefined ? {} : Object.fromEntries(published.map((stage) => [stage, targetId])),
  };
}

type Backend = Pick<Route, 'targetId' | 'tls' | 'path' | 'method'>;

function backendOf(view: View, draft: DraftRegion, linkId: string | undefined): Backend {
  if (view.text('backend_id') !== undefined)
    throw view.unknown('backend_id', ['named backends (alicloud_api_gateway_backend) are not laid']);

  const type = view.text('service_type');
  if (type === 'HTTP-VPC') {
    const [own] = view.blocks('http_vpc_service_config');
    const targetId = own?.ref('name', ALIBABA.accessName);
    return {
      targetId,
      tls: /^https$/i.test(own?.text('vpc_scheme') ?? '') ? {} : undefined,
      path: own?.text('path') === undefined ? 'keep' : 'overwrite',
      method: own?.text('method'),
    };
  }
  if (type !== 'HTTP') return { path: 'keep' };

  const [own] = view.blocks('http_service_config');
  const [, scheme = '', address, given] = ADDRESS.exec(own?.text('address') ?? '') ?? [];
  const path = own?.text('path') === undefined ? 'keep' : 'overwrite';
  if (address === undefined) return { path };

  const port = given === undefined ? (scheme.toLowerCase() === 'https' ? 443 : 80) : Number(given);
  const targetId = `${address}:${port}`;
  const networkId = draft.get('links', linkId ?? '')?.networkId;
  if (draft.get('targets', targetId) === undefined)
    draft.put('targets', { kind: 'address', id: targetId, networkId, resourceId: address, port } as Target);
  return { targetId, tls: scheme.toLowerCase() === 'https' ? {} : undefined, path, method: own?.text('method') };
}

/** The key of an API: `/orders/*` is `/orders/{proxy+}`, `/payments/[id]` is `/payments/{id}`. */
function keyOf(method: string, path: string): string {
  const parts = path.split('/').map((part, at, all) => {
    if (part === '*' && at === all.length - 1) return '{proxy+}';

    return part.replace(/^\[([^\]]+)\]$/, '{$1}');
  });
  return `${method} ${parts.join('/') || '/'}`;
}

/** A block that an apply adds to what an instance may reach, or removes. */
function changeBlocks(view: View, draft: DraftRegion, linkId: string): void {
  if (view.when === 'before' || isUnchanged(view)) return;

  const added = view.blocks('to_connect_vpc_ip_block').map((one) => one.needed('cidr_block'));
  const gone = view.text('delete_vpc_ip_block');
  if (added.length === 0 && gone === undefined) return;

  draft.allowed(linkId, ({ entries }) => ({
    entries: [
      ...entries.filter(({ cidrBlock }) => cidrBlock !== gone && !added.includes(cidrBlock)),
      ...added.map((cidrBlock) => ({ cidrBlock, protocol: 'all' as const, ...ALL_PORTS })),
    ],
  }));
}
