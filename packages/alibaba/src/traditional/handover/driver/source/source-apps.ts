import type { SourceApp, SourceGap, SourcePart } from '../../source/source.js';
import type { SourceAuthorization } from '../../source/source-api.js';
import { defined, isPosternError, CloudError, type CallContext } from '@postern/core/internal/adapter';
import { eachOf } from '../../../../client/plain.js';
import { listAll } from '../../../../client/lists.js';
import type { Session } from '../../../../client/session.js';
import { PAGE } from '../../../../limits.js';
import type { GroupRead } from './source-policies.js';
import { listPluginRows, pluginBodyReader } from '../../../groups/plugin.js';

/** What was tried and could not be read. */
export interface Gaps {
  readonly found: readonly SourceGap[];
  /**
   * Reads one part. Where that is not allowed, or the service does not do it, the part is a gap and the answer is `otherwise`. All
   * other errors end the reading: they are about the network or the account.
   */
  readonly read: <T>(part: SourcePart, read: () => Promise<T>, otherwise: T, id?: string) => Promise<T>;
}

const LEFT_OUT = ['PERMISSION_DENIED', 'UNSUPPORTED'] as const;

export function readParts(): Gaps {
  const found: SourceGap[] = [];
  return {
    found,
    read: async (part, read, otherwise, id) => {
      try {
        return await read();
      } catch (error) {
        if (!isPosternError(error) || !LEFT_OUT.some((code) => code === error.code)) throw error;

        const { code, message } = error;
        const known = found.some((gap) => gap.part === part && gap.id === id);
        if (!known) found.push({ part, ...defined({ id }), code, message });
        return otherwise;
      }
    },
  };
}

/** An authorization with the name of the app, which its row has. */
export interface Authorized extends SourceAuthorization {
  readonly appName: string;
}

/** Which apps may call one API on these stages: one call, and one more for each hundred apps. */
export async function readAuthorizations(
  { session, groupId, stages, ctx }: GroupRead,
  apiId: string,
): Promise<readonly Authorized[]> {
  const rows = await listAll(session, ctx, `apps of API ${apiId}`, 'CloudAPI', 'DescribeAuthorizedApps', {
    GroupId: groupId,
    ApiId: apiId,
  });
  return rows.flatMap(({ AppId, AppName = '', StageName = '', AuthVaildTime }) =>
    stages.includes(StageName)
      ? [
          {
            appId: String(AppId ?? ''),
            appName: AppName,
            apiId,
            stage: StageName,
            ...defined({ until: AuthVaildTime || undefined }),
          },
        ]
      : [],
  );
}

/**
 * The apps of the authorizations. Their secrets are asked for, to know whether they can be, and dropped at once: an app of another
 * account is not found.
 */
export async function readApps(
  { session, ctx }: GroupRead,
  authorized: readonly Authorized[],
  gaps: Gaps,
): Promise<readonly SourceApp[]> {
  const names = new Map(authorized.map(({ appId, appName }) => [appId, appName]));
  return eachOf(
    [...names].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ([id, name]) =>
      gaps.read(
        'apps',
        () => readApp(session, id, name, ctx),
        { id, name, disabled: false, secret: 'not-read' } as SourceApp,
        id,
      ),
  );
}

async function readApp(session: Session, id: string, name: string, ctx: GroupRead['ctx']): Promise<SourceApp> {
  const AppId = Number(id);
  try {
    const { AppKey, AppSecret = '' } = await session.call(ctx, 'CloudAPI', 'DescribeAppSecurity', { AppId });
    const { Apps } = await session.call(ctx, 'CloudAPI', 'DescribeAppAttributes', {
      AppId,
      PageNumber: 1,
      PageSize: PAGE,
    });
    const row = Apps?.AppAttribute?.find((one) => String(one.AppId) === id);
    return {
      id,
      name: row?.AppName || name,
      ...defined({ key: AppKey || undefined }),
      disabled: row?.Disabled === true,
      secret: AppSecret === '' ? 'unreadable' : 'readable',
    };
  } catch (error) {
    if (isPosternError(error, 'NOT_FOUND')) return { id, name, disabled: false, secret: 'unreadable' };

    throw error;
  }
}

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

/** The key of an app and its secret, as they are now; undefined where one of them cannot be read. No error of the session shows the secret. */
export async function readAppKey(
  session: Session,
  appId: string,
  ctx: CallContext,
): Promise<{ readonly key: string; readonly secret: string } | undefined> {
  const { AppKey, AppSecret } = await session.call(ctx, 'CloudAPI', 'DescribeAppSecurity', { AppId: Number(appId) });
  session.noteSecrets([AppSecret]);
  return AppKey && AppSecret ? { key: AppKey, secret: AppSecret } : undefined;
}
