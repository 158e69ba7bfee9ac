import type { CallContext } from '@postern/core';
import { type Json, isPosternError } from '@postern/core/adapter';
import type { Answer } from '../../client/apis/actions.js';
import { PAGE } from '../../limits.js';
import { eachOf, jsonIn } from '../../client/plain.js';
import { collectNumbered } from '../../client/pages.js';
import { redacted } from '../../client/generated-client.js';
import type { Session } from '../../client/session.js';
import type { GatewayUse } from '@postern/core/snapshot';

/** The endpoint of a call: host, port and scheme, as far as a text contains them. */
export type EndpointInText = Pick<GatewayUse, 'host' | 'port' | 'scheme'>;

/** A URL of a backend; its host may be a stage variable: `http://#host#:8080/x`, `https://[fd00::5]/`. */
const URL_TEXT =
  /^(https?):\/\/(?:[^/?#@\s]{0,256}@)?(\[[0-9a-f:.]{2,45}\]|#[^#\s/]{1,128}#|[^\s/?#:[\]]{1,255})(?::(\d{1,5}|#[^#\s/]{1,128}#))?(?:[/?#]|$)/i;
/** An IPv4 address, with or without a port, that is the whole text: `10.0.0.5:8080`. */
const BARE = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/;

/** The endpoint in a text: a URL, or a bare IPv4 address; `undefined` for any other text. */
export function endpointInText(text: string): EndpointInText | undefined {
  const [, word = '', host, port] = URL_TEXT.exec(text) ?? [];
  if (host !== undefined) {
    const scheme = word.toLowerCase() === 'https' ? 'https' : 'http';
    const given = port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port);
    // A port that is a variable is not known.
    return { host: bare(host), ...(Number.isInteger(given) ? { port: given } : {}), scheme };
  }
  const [, address, at] = BARE.exec(text) ?? [];
  return address === undefined ? undefined : { host: address, ...(at === undefined ? {} : { port: Number(at) }) };
}

/** Names are the same in capitals; stage variables are not. */
function bare(host: string): string {
  return host.startsWith('#') ? host : host.replace(/^\[|\]$/g, '').toLowerCase();
}

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;

/** Private by RFC 1918, RFC 6598 (used inside Alibaba Cloud) and RFC 4193. */
const PRIVATE = new RegExp(
  String.raw`(?<![\d.])(?:(?:10(?:\.${OCTET})|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:\.${OCTET}){2})(?!\.?\d)` +
    String.raw`|(?<![\w:])f[cd][0-9a-f]{2}:[0-9a-f:]{2,35}(?![\w])`,
  'gi',
);

/** The private addresses anywhere in a text, each once: `say 10.10.40.7 here`, `10.10.40.0/24`. */
function addressesInText(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PRIVATE)].map(([address]) => address.toLowerCase()))];
}

type PluginOutput = NonNullable<
  NonNullable<Answer<'CloudAPI', 'DescribePlugins'>['Plugins']>['PluginAttribute']
>[number];
type UseOutput = NonNullable<
  NonNullable<Answer<'CloudAPI', 'DescribePluginApis'>['ApiSummarys']>['ApiPluginSummary']
>[number];
type GroupUseOutput = NonNullable<
  NonNullable<Answer<'CloudAPI', 'DescribePluginGroups'>['GroupSummarys']>['GroupPluginSummary']
>[number];

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

/** Where a plug-in is attached: an API on a stage, or all APIs of a group there. */
export interface PluginUse {
  readonly groupId: string;
  readonly stage: string;
  /** Undefined where the whole group has it. */
  readonly apiId?: string | undefined;
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
    const id = row.PluginId ?? '';
    return {
      id,
      name: row.PluginName ?? '',
      type: row.PluginType ?? '',
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
  return collectNumbered(
    ctx,
    { what: 'plug-ins', operation: 'DescribePlugins' },
    ({ PluginId = '' }: PluginOutput) => PluginId,
    async (PageNumber) => {
      const page = await session.call(ctx, 'CloudAPI', 'DescribePlugins', { PageNumber, PageSize: PAGE });
      return { items: page.Plugins?.PluginAttribute, total: page.TotalCount };
    },
  );
}

/** Where a plug-in is attached: to APIs, and to whole groups. */
export async function usesOf(session: Session, PluginId: string, ctx: CallContext): Promise<readonly PluginUse[]> {
  const what = { what: `uses of plug-in ${PluginId}`, operation: 'DescribePluginApis' };
  const [apis, groups] = await Promise.all([
    collectNumbered(
      ctx,
      what,
      ({ ApiId = '', StageName = '' }: UseOutput) => `${ApiId} ${StageName}`,
      async (PageNumber) => {
        const page = await session.call(ctx, 'CloudAPI', 'DescribePluginApis', {
          PluginId,
          PageNumber,
          PageSize: PAGE,
        });
        return { items: page.ApiSummarys?.ApiPluginSummary, total: page.TotalCount };
      },
    ),
    collectNumbered(
      ctx,
      { ...what, operation: 'DescribePluginGroups' },
      ({ GroupId = '', StageName = '' }: GroupUseOutput) => `${GroupId} ${StageName}`,
      async (PageNumber) => {
        const page = await session.call(ctx, 'CloudAPI', 'DescribePluginGroups', {
          PluginId,
          PageNumber,
          PageSize: PAGE,
        });
        return { items: page.GroupSummarys?.GroupPluginSummary, total: page.TotalCount };
      },
    ),
  ]);
  return [
    ...apis.map(({ GroupId = '', StageName = '', ApiId = '' }) => ({
      groupId: GroupId,
      stage: StageName,
      apiId: ApiId,
    })),
    ...groups.map(({ GroupId = '', StageName = '' }) => ({ groupId: GroupId, stage: StageName })),
  ];
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

/** A plug-in's body, parsed; or why it cannot be. */
export type PluginBody = { readonly body: unknown } | { readonly unreadable: string };

/**
 * Reads bodies, which are YAML or JSON. JSON is a part of YAML but for tabs, so it is tried first. Both are
 * bounded before anything parses them: the parser of YAML aborts the process on deep nesting.
 */
export async function pluginBodyReader(): Promise<(text: string) => PluginBody> {
  const [{ parse }, { scanText }] = await Promise.all([import('yaml'), import('@postern/core/spec')]);
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
