import type { Json, CallContext } from '@postern/core/internal/adapter';
import { eachOf } from '../../client/plain.js';
import { listAll, type Listed } from '../../client/lists.js';
import { redacted } from '../../client/generated-client.js';
import type { Session } from '../../client/session.js';
import type { EndpointInText } from './text-endpoints.js';
import { type PluginUse, usesOf } from './plugin-uses.js';
import { references, pluginBodyReader } from './plugin-body.js';

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
