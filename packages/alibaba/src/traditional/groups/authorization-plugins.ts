import type { CallContext } from '@postern/core/internal/library';
import { listPluginRows, usesOf, type PluginUse } from './plugin.js';
import { eachOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';

/**
 * Plug-ins that distinguish callers. An API that has one is not open, whatever its own authentication is.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/plug-in-types
 */
const AUTHORIZING: ReadonlySet<string> = new Set(['jwtauth', 'basicauth', 'remoteauth']);

/** Plug-ins that send calls which meet a condition to a backend of their own. */
const ROUTING = 'routing';

/** The plug-ins that an API has on a stage. */
type OfApi = (groupId: string, stage: string, apiId: string) => readonly string[];

/** What the plug-ins that were read mean for the calls of an API. */
export interface AuthorizationPlugins {
  /** Those that distinguish callers, by their types. */
  readonly guards: OfApi;
  /** Those of type routing, by their names. */
  readonly routing: OfApi;
}

interface ReadPlugin {
  readonly name: string;
  readonly type: string;
  readonly uses: readonly PluginUse[];
}

/** AuthorizationPlugins from plug-ins that were read. */
export function authorizationPluginsOf(plugins: readonly ReadPlugin[]): AuthorizationPlugins {
  return {
    guards: attached(plugins.filter(({ type }) => isGuard(type)).map((one) => ({ ...one, name: one.type }))),
    routing: attached(plugins.filter(({ type }) => isRouting(type))),
  };
}

const isGuard = (type = ''): boolean => AUTHORIZING.has(type.toLowerCase());
const isRouting = (type = ''): boolean => type.toLowerCase() === ROUTING;

function attached(plugins: readonly Pick<ReadPlugin, 'name' | 'uses'>[]): OfApi {
  const used = new Map<string, Set<string>>();
  for (const { name, uses } of plugins) {
    for (const { groupId, stage, apiId } of uses) {
      const key = keyOf(groupId, stage, apiId);
      used.set(key, (used.get(key) ?? new Set()).add(name));
    }
  }
  return (groupId, stage, apiId) => [
    ...new Set([
      ...(used.get(keyOf(groupId, stage, undefined)) ?? []),
      ...(used.get(keyOf(groupId, stage, apiId)) ?? []),
    ]),
  ];
}

/** Reads only these plug-ins and where they are attached. */
export async function readAuthorizationPlugins(session: Session, ctx: CallContext): Promise<AuthorizationPlugins> {
  const rows = await listPluginRows(session, ctx);
  const read = rows.filter(({ PluginType }) => isGuard(PluginType) || isRouting(PluginType));
  const uses = await eachOf(read, async ({ PluginId, PluginName, PluginType }) => ({
    name: PluginName,
    type: PluginType,
    uses: await usesOf(session, PluginId, ctx),
  }));
  return authorizationPluginsOf(uses);
}

/** What callers of one form of an API have to show. */
export interface Callable {
  /** `ANONYMOUS`, `APP`, `APPOPENID`; undefined where it was not read. */
  readonly authType: string | undefined;
  /** The stage where it is published; undefined for the draft. */
  readonly stage?: string | undefined;
  /** Guarding plug-ins; undefined where they were not read. */
  readonly guards?: readonly string[] | undefined;
}

/**
 * Whether an API can be called without authorization, and in which words. It is decided on each stage where
 * the API is published, and from the draft for the next stage that it is published to. Undefined where a
 * part that could restrict the API was not read.
 */
export function accessOf(
  draft: Callable,
  published: readonly Callable[],
): { readonly open: boolean | undefined; readonly authorization: string | undefined } {
  const forms = published.map((one) => ({ ...one, open: isOpen(one) }));
  const guarded = forms.length > 0 && forms.every(({ guards }) => guards !== undefined && guards.length > 0);
  // A plug-in that every publication has also applies to the next one.
  const all = [...forms.map(({ open }) => open), guarded ? false : isOpen(draft)];
  const words = [draft.authType ?? '', ...forms.flatMap((one) => ownWords(one, draft))].filter((word) => word !== '');
  return {
    open: all.includes(true) ? true : all.includes(undefined) ? undefined : false,
    authorization: words.length === 0 ? undefined : words.join(', '),
  };
}

function isOpen({ authType, guards }: Callable): boolean | undefined {
  if (authType === undefined) return guards !== undefined && guards.length > 0 ? false : undefined;
  if (!/^anonymous$/i.test(authType)) return false;

  return guards === undefined ? undefined : guards.length === 0;
}

function ownWords({ authType, stage = '', guards = [] }: Callable, draft: Callable): readonly string[] {
  const words = [...(authType === undefined || authType === draft.authType ? [] : [authType]), ...guards];
  return words.length === 0 ? [] : [`${words.join(' and ')} on ${stage}`];
}

function keyOf(groupId: string, stage: string, apiId: string | undefined): string {
  return `${groupId}/${stage}/${apiId ?? ''}`;
}
