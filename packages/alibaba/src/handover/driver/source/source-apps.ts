import type { SourceApp } from '../../source/source-policy.js';
import type { SourceAuthorization } from '../../source/source-api.js';
import { isPosternError } from '@postern/core/adapter';
import { collectNumbered } from '../../../client/pages.js';
import { eachOf } from '../../../client/parallel.js';
import { defined } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';
import type { Answer } from '../../../apis/actions.js';
import { PAGE } from '../../../limits.js';
import type { Gaps } from './read-parts.js';
import type { GroupRead } from './source-policies.js';

type AuthorizedRow = NonNullable<
  NonNullable<Answer<'CloudAPI', 'DescribeAuthorizedApps'>['AuthorizedApps']>['AuthorizedApp']
>[number];

/** An authorization with the name of the app, which its row has. */
export interface Authorized extends SourceAuthorization {
  readonly appName: string;
}

/** Which apps may call one API on these stages: one call, and one more for each hundred apps. */
export async function readAuthorizations(
  { session, groupId, stages, ctx }: GroupRead,
  apiId: string,
): Promise<readonly Authorized[]> {
  const rows = await collectNumbered(
    ctx,
    { what: `apps of API ${apiId}`, operation: 'DescribeAuthorizedApps' },
    ({ AppId, StageName = '' }: AuthorizedRow) => `${AppId ?? ''} ${StageName}`,
    async (PageNumber) => {
      const page = await session.call(ctx, 'CloudAPI', 'DescribeAuthorizedApps', {
        GroupId: groupId,
        ApiId: apiId,
        PageNumber,
        PageSize: PAGE,
      });
      return { items: page.AuthorizedApps?.AuthorizedApp, total: page.TotalCount };
    },
  );
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
