import type { CallContext } from '@postern/core';
import type { Session } from '../../client/session.js';

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
