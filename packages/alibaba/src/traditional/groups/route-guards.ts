import type { CallContext } from '@postern/core';
import { listPluginRows } from './plugin.js';
import { usesOf, type PluginUse } from './plugin-uses.js';
import { eachOf } from '../../client/plain.js';
import type { Session } from '../../client/session.js';
import { InvalidInputError, hashText } from '@postern/core/adapter';

/**
 * Plug-ins that distinguish callers. An API that has one is not open, whatever its own authentication is.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/plug-in-types
 */
const GUARDS: ReadonlySet<string> = new Set(['jwtauth', 'basicauth', 'remoteauth']);

/** Plug-ins that send calls which meet a condition to a backend of their own. */
const ROUTING = 'routing';

/** The plug-ins that an API has on a stage. */
type OfApi = (groupId: string, stage: string, apiId: string) => readonly string[];

/** What the plug-ins that were read mean for the calls of an API. */
export interface Guards {
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

/** Guards from plug-ins that were read. */
export function guardsOf(plugins: readonly ReadPlugin[]): Guards {
  return {
    guards: attached(plugins.filter(({ type }) => isGuard(type)).map((one) => ({ ...one, name: one.type }))),
    routing: attached(plugins.filter(({ type }) => isRouting(type))),
  };
}

const isGuard = (type = ''): boolean => GUARDS.has(type.toLowerCase());
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
export async function readGuards(session: Session, ctx: CallContext): Promise<Guards> {
  const rows = await listPluginRows(session, ctx);
  const read = rows.filter(({ PluginType }) => isGuard(PluginType) || isRouting(PluginType));
  const uses = await eachOf(read, async ({ PluginId, PluginName, PluginType }) => ({
    name: PluginName,
    type: PluginType,
    uses: await usesOf(session, PluginId, ctx),
  }));
  return guardsOf(uses);
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

/** What a route's key is on this cloud. */
export interface ApiPath {
  /** `GET`, `ANY`, … */
  readonly method: string;
  /** `/orders/*`, `/payments/[id]`. */
  readonly path: string;
  /** Names of the parameters in the path. */
  readonly parameters: readonly string[];
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'ANY'];

/**
 * The method and path of a route's key: `ANY /orders/{proxy+}` is `ANY /orders/*`, `GET /payments/{id}` is `GET /payments/[id]`.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/create-an-api
 * @throws {InvalidInputError} `INVALID_INPUT` for a key that an API group cannot have: `$default`, `{rest+}` before the end.
 */
export function toApiPath(key: string): ApiPath {
  const [, method = '', path = ''] = /^([A-Z]+) (\/\S*)$/.exec(key) ?? [];
  if (!METHODS.includes(method)) {
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(key)} cannot be an API of a group`, {
      remedy: `Write a method (${METHODS.join(', ')}) and a path, as in ANY /orders/{proxy+}.`,
    });
  }
  const parts = path.split('/').slice(1);
  const parameters: string[] = [];
  const mapped = parts.map((part, index) => {
    const [, name, rest] = /^\{([A-Za-z_][\w-]*)(\+)?\}$/.exec(part) ?? [];
    if (rest !== undefined && index === parts.length - 1) return '*';
    if (name !== undefined && rest === undefined) {
      parameters.push(name);
      return `[${name}]`;
    }
    if (!/[{}[\]*]/.test(part)) return part;
    throw new InvalidInputError('INVALID_INPUT', `${JSON.stringify(part)} of ${key} is not allowed in this path`, {
      remedy: 'Write {name} for one part of the path, and {name+} for its end only.',
    });
  });
  return { method, path: `/${mapped.join('/')}`, parameters };
}

/** The key of an API that was created without one: `/orders/*` is `/orders/{proxy+}`. */
export function toRouteKey(method: string, path: string): string {
  const parts = path.split('/').map((part, index, all) => {
    if (part === '*' && index === all.length - 1) return '{proxy+}';
    return part.replace(/^\[([^\]]+)\]$/, '{$1}');
  });
  return `${method || 'ANY'} ${parts.join('/') || '/'}`;
}

/** Whether a key means this method and path. */
export function isPathOf(key: string, method: string, path: string): boolean {
  try {
    const mapped = toApiPath(key);
    return mapped.method === method && mapped.path === path;
  } catch {
    return false;
  }
}

/** An API's name, unique in its group: `postern_get_orders_1a2b3c4d`. */
export function apiName(key: string): string {
  const words = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return `postern_${words.slice(0, 30).replaceAll(/^_+|_+$/g, '')}_${hashText(key).slice(0, 8)}`;
}
