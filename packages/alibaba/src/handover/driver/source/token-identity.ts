import type { CallContext } from '@postern/core';
import { CloudError } from '@postern/core/adapter';
import type { Session } from '../../../client/session.js';
import { listPluginRows } from '../../../gateway/plugin.js';
import { pluginBodyReader } from '../../../gateway/plugin-body.js';

/** The body of a plug-in `jwtAuth`, as far as it has a counterpart. */
interface JwtAuth {
  /** The parameter with the token. */
  readonly parameter?: string;
  readonly parameterLocation?: string;
  readonly preserveParameter?: boolean;
  readonly jwk?: Key;
  readonly jwks?: readonly Key[];
  readonly claimParameters?: readonly {
    readonly claimName?: string;
    readonly parameterName?: string;
    readonly location?: string;
  }[];
}

type Key = Readonly<Record<string, unknown>>;

/**
 * How a consumer is known by a token: with the keys of the plug-in, which are read, sent and dropped. The values of `position` and
 * the names of `claimsToHeadersConfigs` are [I].
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/jwt-authentication
 * @throws {CloudError} `WORLD_MOVED` where the plug-in is gone, or has no keys
 */
export async function tokenIdentity(session: Session, pluginId: string, ctx: CallContext) {
  const row = (await listPluginRows(session, ctx)).find(({ PluginId }) => PluginId === pluginId);
  const read = (await pluginBodyReader())(row?.PluginData ?? '');
  const plugin: JwtAuth = 'body' in read ? (read.body as JwtAuth) : {};
  const { parameter = 'Authorization', parameterLocation = 'header', preserveParameter = true } = plugin;
  const keys = [...(plugin.jwk === undefined ? [] : [plugin.jwk]), ...(plugin.jwks ?? [])];
  if (keys.length === 0) {
    throw new CloudError('WORLD_MOVED', `the plug-in ${pluginId} has no keys, or does not exist any more`, {
      operation: 'DescribePlugins',
      remedy: 'Plan the hand-over again.',
    });
  }
  // The member of a symmetric key that is its value.
  session.noteSecrets(keys.flatMap(({ k }) => (typeof k === 'string' ? [k] : [])));
  const claims = (plugin.claimParameters ?? []).filter(({ location = '' }) => /^header$/i.test(location));
  return {
    type: 'Jwt',
    jwks: JSON.stringify({ keys }),
    jwtTokenConfig: {
      position: /^query$/i.test(parameterLocation) ? 'QUERY' : 'HEADER',
      key: parameter,
      prefix: /^authorization$/i.test(parameter) ? 'Bearer' : '',
      pass: preserveParameter,
    },
    claimsToHeadersConfigs: claims.map(({ claimName: claim, parameterName: header }) => ({ claim, header })),
  };
}
