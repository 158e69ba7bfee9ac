import type { CallContext, Gateway, GatewayUse } from '@postern/core/internal/library';
import type { Answer } from '../../client/apis/actions.js';
import type { Backend, BackendModel } from './backend.js';
import { endpointInText } from './text-endpoints.js';
import type { Plugin } from './plugin.js';
import { eachOf, isWord } from '../../client/plain.js';
import { listAll } from '../../client/lists.js';
import type { Session } from '../../client/session.js';

/**
 * Every type of plug-in, and whether it calls a backend. An address in one that does not is a rule. A type
 * that is not listed is assumed to call the addresses in its body.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createplugin
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/plug-ins-of-the-circuit-breaker-type (`downgradeBackend`)
 */
export const PLUGIN_TYPES: Readonly<Record<string, { readonly calls: boolean }>> = {
  trafficControl: { calls: false },
  ipControl: { calls: false },
  backendSignature: { calls: false },
  jwtAuth: { calls: true },
  basicAuth: { calls: false },
  cors: { calls: false },
  caching: { calls: false },
  routing: { calls: true },
  accessControl: { calls: false },
  errorMapping: { calls: false },
  circuitBreaker: { calls: true },
  remoteAuth: { calls: true },
  logMask: { calls: false },
  transformer: { calls: false },
};

const SILENT: ReadonlySet<string> = new Set(
  Object.entries(PLUGIN_TYPES).flatMap(([type, { calls }]) => (calls ? [] : [type.toLowerCase()])),
);

type Draft = Answer<'CloudAPI', 'DescribeApi'>;
type Published = Answer<'CloudAPI', 'DescribeDeployedApi'>;
type Service = NonNullable<Published['ServiceConfig']> | NonNullable<Draft['ServiceConfig']>;

/** An API's definitions as `readGroup` leaves them. */
interface Definitions {
  readonly draft?: Draft | undefined;
  readonly published?: Readonly<Record<string, Published>> | undefined;
}

/** Which published APIs use each named backend, by backend and stage: `b-1 RELEASE` → API ids. */
export type BackendUsers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads which APIs use named backends, on the stages with a published API that shows no backend of its own.
 * A published API does not show its named backend (DescribeDeployedApi). No call is made where such an API
 * or a named backend does not exist.
 */
export async function readBackendUsers(
  session: Session,
  gateways: readonly Gateway[],
  backends: readonly Backend[],
  ctx: CallContext,
): Promise<BackendUsers> {
  const stages = new Set(
    gateways.flatMap(({ routes }) =>
      routes.flatMap(({ raw }) =>
        Object.entries((raw as Definitions).published ?? {}).flatMap(([stage, { ServiceConfig = {} }]) =>
          showsNone(ServiceConfig) ? [stage] : [],
        ),
      ),
    ),
  );
  const asked = backends.flatMap(({ id }) => [...stages].map((stage) => [id, stage] as const));
  const rows = await eachOf(asked, async ([BackendId, StageName]) => {
    const what = `APIs of named backend ${BackendId}`;
    const apis = await listAll(session, ctx, what, 'CloudAPI', 'DescribeApisByBackend', { BackendId, StageName });
    return [`${BackendId} ${StageName}`, new Set(apis.flatMap(({ ApiId }) => ApiId ?? []))] as const;
  });
  return new Map(rows);
}

/** Whether a definition names no backend, although it calls one. */
function showsNone({ ServiceVpcEnable, VpcConfig, ServiceAddress, Mock, FunctionComputeConfig }: Service): boolean {
  if (isWord(Mock, 'true') || FunctionComputeConfig !== undefined) return false;

  return !(isWord(ServiceVpcEnable, 'true') && VpcConfig?.Name) && !ServiceAddress;
}

/** What surrounds a group's APIs. A part that is undefined was not read. */
export interface UseParts {
  readonly plugins: readonly Plugin[];
  readonly backends: readonly Backend[];
  readonly backendUsers: BackendUsers;
}

/** All uses of a backend by a group: drafts and every stage, named backends, plug-ins. */
export function usesOfGroup({ id, routes }: Gateway, { plugins, backends, backendUsers }: UseParts): GatewayUse[] {
  const inline = routes.flatMap((route) => {
    const { draft, published = {} } = route.raw as Definitions;
    const base = { kind: 'route', id: route.id, name: route.key, routeIds: [route.id] } as const;
    const ofDraft = draft?.BackendEnable === true ? [] : ofService(draft?.ServiceConfig ?? {});
    return [
      ...ofDraft.map((end) => ({ ...base, ...end })),
      ...Object.entries(published).flatMap(([stage, { ServiceConfig = {} }]) =>
        ofService(ServiceConfig).map((end) => ({ ...base, stage, ...end })),
      ),
    ];
  });
  const drafts = new Map<string, string[]>();
  for (const { id: routeId, raw } of routes) {
    const { BackendEnable, BackendConfig } = (raw as Definitions).draft ?? {};
    if (BackendEnable !== true || !BackendConfig?.BackendId) continue;

    drafts.set(BackendConfig.BackendId, [...(drafts.get(BackendConfig.BackendId) ?? []), routeId]);
  }
  const own = new Set(routes.map((route) => route.id));
  const shared = backends.flatMap(({ id: backendId, name, models }) =>
    models.flatMap((model) => {
      const published = [...(backendUsers.get(`${backendId} ${model.stage}`) ?? [])].filter((one) => own.has(one));
      const routeIds = [...new Set([...(drafts.get(backendId) ?? []), ...published])].toSorted();
      const base = { kind: 'backend', id: backendId, name, routeIds, stage: model.stage } as const;
      return routeIds.length === 0 ? [] : [{ ...base, ...ofModel(model) }];
    }),
  );
  return [...inline, ...shared, ...plugins.flatMap((plugin) => ofPlugin(plugin, id))];
}

type End = Partial<GatewayUse>;

interface VpcConfig {
  readonly Name?: string | undefined;
  readonly VpcScheme?: string | undefined;
}

function ofService(service: Service): readonly End[] {
  if (isWord(service.Mock, 'true')) return [];
  if (isWord(service.ServiceVpcEnable, 'true')) {
    // Only a draft shows the scheme.
    const { Name, VpcScheme = '' }: VpcConfig = service.VpcConfig ?? {};
    const scheme = VpcScheme.toLowerCase();
    return Name ? [{ targetId: Name, ...(scheme === 'https' || scheme === 'http' ? { scheme } : {}) }] : [];
  }

  const { ServiceAddress } = service;
  if (!ServiceAddress) return [];

  return [endpointInText(ServiceAddress) ?? { unreadable: 'its backend address has an undocumented form' }];
}

function ofModel({ vpcAccessName, address, registry }: BackendModel): End {
  if (vpcAccessName !== undefined) return { targetId: vpcAccessName };
  if (registry !== undefined) return { registry };
  if (address === undefined) return {};

  return endpointInText(address) ?? { unreadable: 'its address has an undocumented form' };
}

/** A plug-in counts for a group on each stage where it is attached to the group or to one of its APIs. */
function ofPlugin(plugin: Plugin, groupId: string): readonly GatewayUse[] {
  const { id, name, type, uses, vpcAccessNames, endpoints, mentioned, unreadable } = plugin;
  if (SILENT.has(type.toLowerCase())) return [];

  const stages = new Map<string, readonly string[] | 'all'>();
  for (const { groupId: of, stage, apiId } of uses) {
    if (of !== groupId) continue;

    const before = stages.get(stage);
    stages.set(stage, apiId === undefined || before === 'all' ? 'all' : [...(before ?? []), apiId]);
  }
  const ends: readonly End[] = [
    ...vpcAccessNames.map((targetId) => ({ targetId })),
    ...endpoints,
    ...(mentioned.length === 0 ? [] : [{ unreadable: mentions(mentioned) }]),
    ...(unreadable === undefined ? [] : [{ unreadable }]),
  ];
  return [...stages].flatMap(([stage, routeIds]) =>
    ends.map((end) => ({
      kind: 'plugin' as const,
      id,
      name,
      pluginType: type,
      routeIds: routeIds === 'all' ? [] : routeIds.toSorted(),
      stage,
      ...end,
    })),
  );
}

/** The reason why it cannot be determined whether private addresses inside longer texts of a body are called. */
function mentions(addresses: readonly string[]): string {
  const some = addresses.slice(0, 5).join(', ');
  const more = addresses.length > 5 ? ` and ${addresses.length - 5} more` : '';
  return `${some}${more} ${addresses.length === 1 ? 'is' : 'are'} inside a longer text of its body, and the documentation does not state whether that is called`;
}
