import type { CallContext } from '@postern/core/internal/library';
import { listAll } from '../../client/lists.js';
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
