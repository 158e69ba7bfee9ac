import { canonicalJson, type Json, type Target } from '@postern/core/internal/adapter';
import { type DraftRegion, type Rows, UnknownAttribute, type View } from '@postern/core/internal/overlay';
import { NACOS, sourcesOf, type Source } from '../cloud/sources.js';
import { ALIBABA, prefixed } from '../../plans/rows/id-forms.js';

/**
 * What gateways of Cloud-native API Gateway lead to: services, and the registries that they follow. Of a service the provider documents
 * the types VIP, DNS and FC3; others are read as the service writes them [U].
 * @see https://github.com/aliyun/terraform-provider-alicloud (website/docs/r/apig_source, apig_service)
 */
export const serviceRows: Rows = {
  /** `nacos_source_info` and `k8s_source_info`. Since version 1.292 of the provider. */
  alicloud_apig_source: {
    list: 'links',
    isPart: true,
    ids: { id: prefixed('src') },
    owner: (view) => view.ref('gateway_id', ALIBABA.gateway),
    add: (view, { draft }) => {
      const id = view.needed('id');
      const [nacos] = view.blocks('nacos_source_info');
      const [cluster] = view.blocks('k8s_source_info');
      const instanceId = nacos?.text('instance_id') ?? cluster?.text('cluster_id') ?? '';
      const type = view.needed('type');
      // Whether the gateway follows a new one shows after the apply.
      const added = { id, name: instanceId, type, instanceId, address: '', status: '', reason: '' };
      withSources(view, draft, (sources) => (sources.some((one) => one.id === id) ? sources : [...sources, added]));
    },
    remove: (view, { draft }) => {
      // What is taken away before its change is laid would lose its state.
      if (view.instance.after !== undefined && !view.instance.actions.includes('delete')) return;

      const id = view.needed('id');
      withSources(view, draft, (sources) => sources.filter((one) => one.id !== id));
    },
  },
  alicloud_apig_service: {
    list: 'targets',
    isPart: true,
    ids: { id: prefixed('svc') },
    owner: (view) => view.text('id'),
    add: (view, { draft }) => {
      if (isSame(view, SERVICE) && targetsOf(draft, view.needed('id')).length > 0) return;

      const id = view.needed('id');
      try {
        putTargets(view, draft, id);
      } catch (error) {
        if (error instanceof UnknownAttribute)
          for (const one of usedIds(draft, id))
            draft.gap('targets', one, `${error.address}.${error.attribute} (${error.reasons.join('; ')})`);
        throw error;
      }
    },
    remove: (view, { draft }) => {
      for (const one of targetsOf(draft, view.needed('id'))) draft.remove('targets', one.id);
    },
  },
};

/** What decides where a service leads. */
const SERVICE = ['addresses', 'source_type', 'gateway_id', 'health_check_config', 'dns_servers'] as const;

/** The attribute that the plan changes. */
export function changedOf({ instance: { before, after } }: View, names: readonly string[]): string | undefined {
  return names.find((name) => canonicalJson(before?.[name] ?? null) !== canonicalJson(after?.[name] ?? null));
}

/** Whether the plan leaves these attributes as they are. */
export function isSame(view: View, names: readonly string[]): boolean {
  const { before, after } = view.instance;
  return before !== undefined && after !== undefined && changedOf(view, names) === undefined;
}

/** The targets of a service: one for each port. */
export function targetsOf(draft: DraftRegion, service: string): readonly Target[] {
  return draft.all('targets').filter(({ id }) => isOf(id, service));
}

function usedIds(draft: DraftRegion, service: string): readonly string[] {
  const routes = draft.all('gateways').flatMap((one) => one.routes);
  const ids = [...targetsOf(draft, service).map(({ id }) => id), ...routes.flatMap(({ targetId }) => targetId ?? [])];
  return [...new Set(ids)].filter((id) => isOf(id, service));
}

function isOf(targetId: string, service: string): boolean {
  return targetId === service || targetId.startsWith(`${service}:`);
}

function putTargets(view: View, draft: DraftRegion, id: string): void {
  const type = view.text('source_type');
  const linkId = view.neededRef('gateway_id', ALIBABA.gateway);
  // The cloud finds those of other types: of a registry, a cluster or a function.
  const endpoints = type === 'VIP' || type === 'DNS' ? view.texts('addresses').toSorted() : undefined;
  const own = (endpoints ?? []).flatMap((text) => /:(\d+)$/.exec(text)?.[1] ?? []);
  const used = usedIds(draft, id);
  const ports = new Set([...own, ...used.flatMap((one) => one.slice(id.length + 1) || [])]);
  const [first, ...others] = endpoints ?? [];
  const each = endpoints === undefined && ports.size === 0 ? [undefined] : [...ports];
  const [check] = view.blocks('health_check_config');
  const known = targetsOf(draft, id)[0];
  for (const one of targetsOf(draft, id)) draft.remove('targets', one.id);
  for (const port of each) {
    // A route names a port that the service does not have: which one is called is not documented.
    if (port !== undefined && own.length > 0 && !own.includes(port)) {
      draft.gap(
        'targets',
        `${id}:${port}`,
        `port ${port} of ${id}, whose addresses are ${(endpoints ?? []).join(', ')}`,
      );
      continue;
    }

    draft.put('targets', {
      kind: 'apig-service',
      id: port === undefined ? id : `${id}:${port}`,
      name: view.text('service_name') ?? known?.name,
      networkId: draft.get('links', linkId)?.networkId,
      resourceId: others.length === 0 ? first?.replace(/:\d+$/, '') : undefined,
      resourceType: type,
      port: port === undefined ? undefined : Number(port),
      linkId,
      endpoints,
      registered: type === NACOS ? registeredIn(view) : undefined,
      // Which endpoints answer is found out after the apply.
      health: { checked: check?.flag('enable') === true, unhealthy: [] },
      protocol: view.text('protocol') ?? known?.protocol,
      raw: null,
    } as unknown as Target);
  }
}

/** The provider documents no `group_name` [U]. */
function registeredIn(view: View): Target['registered'] {
  return {
    service: view.text('service_name') ?? '',
    group: view.text('group_name'),
    namespace: view.text('namespace'),
  };
}

/** Changes the sources of a gateway, where they were read. */
function withSources(view: View, draft: DraftRegion, change: (sources: readonly Source[]) => readonly Source[]): void {
  const gatewayId = view.neededRef('gateway_id', ALIBABA.gateway);
  const link = draft.get('links', gatewayId);
  const sources = link && sourcesOf(link);
  if (sources !== undefined)
    draft.patch('links', gatewayId, ({ native }) => ({
      native: { ...native, sources: change(sources) as unknown as Json },
    }));
}
