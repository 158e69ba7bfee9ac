import { type Json, type CallContext, jsonIn, isPosternError } from '@postern/core/internal/adapter';
import { eachOf } from '../../client/plain.js';
import { listAll, type Listed } from '../../client/lists.js';
import { redacted } from '../../client/generated-client.js';
import type { Session } from '../../client/session.js';
import { type EndpointInText, endpointInText, addressesInText } from './text-endpoints.js';

type PluginOutput = Listed<'CloudAPI', 'DescribePlugins'>;

/** A plug-in with what its body refers to, and where it is attached; plain JSON. */
export interface Plugin {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Names of authorizations, `#NAME#` among them: a stage variable, which no API resolves. */
  readonly vpcAccessNames: readonly string[];
  /** Hosts of backends that are named by their address. */
  readonly addresses: readonly string[];
  /** Those backends, with ports and schemes as far as the body contains them. */
  readonly endpoints: readonly EndpointInText[];
  /** Private addresses inside longer texts. It is not documented whether they are called. */
  readonly mentioned: readonly string[];
  /** The parsed body without secrets; null where it is neither YAML nor JSON. */
  readonly body: Json;
  /** Why nothing could be made of the body, where it is so. */
  readonly unreadable?: string | undefined;
  readonly uses: readonly PluginUse[];
}

/**
 * All plug-ins of the region. The list contains their bodies, so each is read once. Their attachments need
 * one call per plug-in (`uses`), which is far fewer calls than one per API.
 */
export async function listPlugins(session: Session, ctx: CallContext): Promise<readonly Plugin[]> {
  const rows = await listPluginRows(session, ctx);
  if (rows.length === 0) return [];

  const read = await pluginBodyReader();
  return eachOf(rows, async (row) => {
    const parsed = read(row.PluginData ?? '');
    const body = 'body' in parsed ? parsed.body : null;
    const { vpcAccessNames, addresses, endpoints, mentioned } = references(body);
    const id = row.PluginId;
    return {
      id,
      name: row.PluginName,
      type: row.PluginType,
      vpcAccessNames,
      addresses,
      endpoints,
      mentioned,
      body: redacted(body) as Json,
      ...('unreadable' in parsed ? { unreadable: parsed.unreadable } : {}),
      uses: await usesOf(session, id, ctx),
    };
  });
}

/** All plug-ins of the region as the service lists them. */
export function listPluginRows(session: Session, ctx: CallContext): Promise<PluginOutput[]> {
  return listAll(session, ctx, 'plug-ins', 'CloudAPI', 'DescribePlugins');
}

/** A plug-in's body, parsed; or why it cannot be. */
type PluginBody = { readonly body: unknown } | { readonly unreadable: string };

/**
 * Reads bodies, which are YAML or JSON. JSON is a part of YAML but for tabs, so it is tried first. Both are
 * bounded before anything parses them: the parser of YAML aborts the process on deep nesting.
 */
export async function pluginBodyReader(): Promise<(text: string) => PluginBody> {
  const [{ parse }, { scanText }] = await Promise.all([import('yaml'), import('@postern/core/internal/spec')]);
  return (text) => {
    try {
      const clean = scanText(text);
      return objectIn(jsonIn(clean) ?? parse(clean, { maxAliasCount: 100, uniqueKeys: false, logLevel: 'error' }));
    } catch (error) {
      const tooLarge = isPosternError(error, 'INPUT_TOO_LARGE');
      return { unreadable: tooLarge ? `its body is too large: ${error.message}` : 'its body is neither YAML nor JSON' };
    }
  };
}

/** Plain JSON, so that shared parts of the text (aliases) and dates do not travel on. */
function objectIn(body: unknown): PluginBody {
  if (typeof body !== 'object' || body === null) return { unreadable: 'its body is neither YAML nor JSON' };

  return { body: JSON.parse(JSON.stringify(body)) };
}

/** What a body refers to, at any place in it: routing, remote authorization, keys. */
export function references(body: unknown): {
  readonly vpcAccessNames: readonly string[];
  readonly addresses: readonly string[];
  readonly endpoints: readonly EndpointInText[];
  readonly mentioned: readonly string[];
} {
  const names = new Set<string>();
  const mentioned = new Set<string>();
  const endpoints = new Map<string, EndpointInText>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (/^vpcAccessName$/i.test(key)) names.add(value);
      const endpoint = endpointInText(value.trim());
      if (endpoint !== undefined) endpoints.set(JSON.stringify(endpoint), endpoint);
      // A condition selects callers. Its addresses are not called.
      else if (!/^condition$/i.test(key)) for (const address of addressesInText(value)) mentioned.add(address);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        for (const address of addressesInText(name)) mentioned.add(address);
        walk(item, name);
      }
    }
  };
  walk(body, '');
  const found = [...endpoints.values()];
  // A bare address may be any value. It is a backend only in plug-ins that make calls.
  const hosts = new Set(found.flatMap(({ host, scheme }) => (scheme === undefined ? [] : (host ?? []))));
  const called = new Set(found.map(({ host }) => host));
  return {
    vpcAccessNames: [...names],
    addresses: [...hosts],
    endpoints: found,
    mentioned: [...mentioned].filter((address) => !called.has(address)),
  };
}

/** Where a plug-in is attached: an API on a stage, or all APIs of a group there. */
export interface PluginUse {
  readonly groupId: string;
  readonly stage: string;
  /** Undefined where the whole group has it. */
  readonly apiId?: string | undefined;
}

/** Where a plug-in is attached: to APIs, and to whole groups. */
export async function usesOf(session: Session, PluginId: string, ctx: CallContext): Promise<readonly PluginUse[]> {
  const what = `uses of plug-in ${PluginId}`;
  const [apis, groups] = await Promise.all([
    listAll(session, ctx, what, 'CloudAPI', 'DescribePluginApis', { PluginId }),
    listAll(session, ctx, what, 'CloudAPI', 'DescribePluginGroups', { PluginId }),
  ]);
  return [
    ...apis.map(({ GroupId = '', StageName, ApiId }) => ({
      groupId: GroupId,
      stage: StageName,
      apiId: ApiId,
    })),
    ...groups.map(({ GroupId, StageName }) => ({ groupId: GroupId, stage: StageName })),
  ];
}
