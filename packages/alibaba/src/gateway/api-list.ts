import { type CallContext, type Owner } from '@postern/core/adapter';
import type { Answer } from '../apis/actions.js';
import { ownerOfApi } from './api-definition.js';
import { PAGE } from '../limits.js';
import { collectNumbered } from '../client/pages.js';
import { eachOf } from '../client/parallel.js';
import type { Session } from '../client/session.js';

type SummaryOutput = NonNullable<NonNullable<Answer<'CloudAPI', 'DescribeApis'>['ApiSummarys']>['ApiSummary']>[number];
type DeployedOutput = NonNullable<
  NonNullable<Answer<'CloudAPI', 'DescribeDeployedApis'>['DeployedApis']>['DeployedApiItem']
>[number];

/** A draft as it stands in the list of a group's APIs. */
export interface ApiSummary {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly owner: Owner | undefined;
  /** Where it is published, in whichever form. */
  readonly stages: readonly string[];
}

/** The drafts of a group. @throws {CloudError} `NOT_FOUND` when there is no such group. */
export async function listApis(session: Session, groupId: string, ctx: CallContext): Promise<readonly ApiSummary[]> {
  const rows = await collectNumbered(
    ctx,
    { what: `APIs of ${groupId}`, operation: 'DescribeApis' },
    ({ ApiId = '' }: SummaryOutput) => ApiId,
    async (PageNumber) => {
      const query = { GroupId: groupId, PageNumber, PageSize: PAGE };
      const page = await session.send(ctx, 'CloudAPI', 'DescribeApis', query);
      return { items: page.ApiSummarys?.ApiSummary, total: page.TotalCount };
    },
  );
  return rows.map((row) => ({
    id: row.ApiId ?? '',
    name: row.ApiName ?? '',
    method: row.ApiMethod ?? '',
    path: row.ApiPath ?? '',
    description: row.Description ?? '',
    owner: ownerOfApi(row.Description, { groupId, method: row.ApiMethod ?? '', path: row.ApiPath ?? '' }),
    stages: (row.DeployedInfos?.DeployedInfo ?? []).flatMap(({ StageName, DeployedStatus }) =>
      StageName !== undefined && DeployedStatus === 'DEPLOYED' ? [StageName] : [],
    ),
  }));
}

/** What is published on one stage: the description of each API, by its id. Ours says which definition it was published with. */
export async function listPublished(
  session: Session,
  groupId: string,
  stage: string,
  ctx: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const rows = await collectNumbered(
    ctx,
    { what: `APIs of ${groupId} on ${stage}`, operation: 'DescribeDeployedApis' },
    ({ ApiId = '' }: DeployedOutput) => ApiId,
    async (PageNumber) => {
      const query = { GroupId: groupId, StageName: stage, PageNumber, PageSize: PAGE };
      const page = await session.send(ctx, 'CloudAPI', 'DescribeDeployedApis', query);
      return { items: page.DeployedApis?.DeployedApiItem, total: page.TotalCount };
    },
  );
  return new Map(rows.map(({ ApiId = '', Description = '' }) => [ApiId, Description]));
}

/** What is published, by stage; a stage on which no draft says it is published is not asked. */
export async function publishedOn(
  session: Session,
  groupId: string,
  stages: readonly string[],
  apis: readonly ApiSummary[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const used = stages.filter((stage) => apis.some((api) => api.stages.includes(stage)));
  const lists = await eachOf(
    used,
    async (stage) => [stage, await listPublished(session, groupId, stage, ctx)] as const,
  );
  return new Map(lists);
}

/** Whether a stage shows a draft as it is: ours say in their description which definition they are. Of others, whether it shows them at all. */
export function shows(
  published: ReadonlyMap<string, string> | undefined,
  { id, owner, description }: ApiSummary,
): boolean {
  const shown = published?.get(id);
  return shown !== undefined && (owner === undefined || shown === description);
}
