import type { CallContext } from '@postern/core/internal/library';
import { PAGE } from '../../limits.js';
import { collectNumbered } from '../../client/pages.js';
import type { Session } from '../../client/session.js';

/** Where a plug-in is attached: an API on a stage, or all APIs of a group there. */
export interface PluginUse {
  readonly groupId: string;
  readonly stage: string;
  /** Undefined where the whole group has it. */
  readonly apiId?: string | undefined;
}

/** Where a plug-in is attached: to APIs, and to whole groups. */
export async function usesOf(session: Session, PluginId: string, ctx: CallContext): Promise<readonly PluginUse[]> {
  const what = { what: `uses of plug-in ${PluginId}`, operation: 'DescribePluginApis' };
  const [apis, groups] = await Promise.all([
    collectNumbered(ctx, what, ['ApiId', 'StageName'], async (PageNumber) => {
      const page = await session.call(ctx, 'CloudAPI', 'DescribePluginApis', {
        PluginId,
        PageNumber,
        PageSize: PAGE,
      });
      return { items: page.ApiSummarys?.ApiPluginSummary, total: page.TotalCount };
    }),
    collectNumbered(
      ctx,
      { ...what, operation: 'DescribePluginGroups' },
      ['GroupId', 'StageName'],
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
    ...apis.map(({ GroupId = '', StageName, ApiId }) => ({
      groupId: GroupId,
      stage: StageName,
      apiId: ApiId,
    })),
    ...groups.map(({ GroupId, StageName }) => ({ groupId: GroupId, stage: StageName })),
  ];
}
