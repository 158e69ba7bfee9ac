import { parseMark, type CallContext, type Owner } from '@postern/core/internal/adapter';
import { isAsAdopted, ownerOfApi, readPublished, secondOf } from './description.js';
import { eachOf } from '../../client/plain.js';
import { listAll, type Listed } from '../../client/lists.js';
import type { Session } from '../../client/session.js';

type SummaryOutput = Listed<'CloudAPI', 'DescribeApis'>;

/** A draft, as the list of a group's APIs contains it. */
export interface ApiSummary {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly owner: Owner | undefined;
  /** Where it is published, in whichever form. */
  readonly stages: readonly string[];
  /** `2026-06-01T08:00:00Z` */
  readonly createdTime?: string | undefined;
  /** When it was last changed, in the same form. */
  readonly modifiedTime?: string | undefined;
  readonly visibility?: string | undefined;
}

/** A published API. */
export interface Publication {
  readonly description: string;
  readonly deployedTime?: string | undefined;
  /** The second in which Postern had changed the draft that it published; see `publishedDescription`. */
  readonly draftSecond?: number | undefined;
}

/** The drafts of a group. @throws {CloudError} `NOT_FOUND` when the group does not exist. */
export async function listApis(session: Session, groupId: string, ctx: CallContext): Promise<readonly ApiSummary[]> {
  const rows = await listAll(session, ctx, `APIs of ${groupId}`, 'CloudAPI', 'DescribeApis', { GroupId: groupId });
  return rows.map((row) => apiSummary(groupId, row));
}

/** A draft of a group, in the form of a row of the list. */
export function apiSummary(groupId: string, row: SummaryOutput): ApiSummary {
  const { ApiId, ApiName = '', ApiMethod = '', ApiPath = '', Description = '', DeployedInfos } = row;
  return {
    id: ApiId,
    name: ApiName,
    method: ApiMethod,
    path: ApiPath,
    description: Description,
    owner: ownerOfApi(Description, { groupId, method: ApiMethod, path: ApiPath }),
    stages: (DeployedInfos?.DeployedInfo ?? []).flatMap(({ StageName, DeployedStatus }) =>
      StageName !== undefined && DeployedStatus === 'DEPLOYED' ? [StageName] : [],
    ),
    createdTime: row.CreatedTime,
    modifiedTime: row.ModifiedTime,
    visibility: row.Visibility,
  };
}

/**
 * The published APIs of one stage, by ID. A description by Postern shows which definition was published, unless another writer
 * published a changed one with it. With `apiId` this API alone.
 */
export async function listPublished(
  session: Session,
  groupId: string,
  stage: string,
  ctx: CallContext,
  apiId?: string,
): Promise<ReadonlyMap<string, Publication>> {
  const rows = await listAll(session, ctx, `APIs of ${groupId} on ${stage}`, 'CloudAPI', 'DescribeDeployedApis', {
    GroupId: groupId,
    StageName: stage,
    ApiId: apiId,
  });
  return new Map(
    rows.map(({ ApiId, Description = '', DeployedTime: deployedTime }) => [
      ApiId,
      { ...readPublished(Description), deployedTime },
    ]),
  );
}

/** The published APIs, by stage, or one of them. A stage is not read where no draft is marked as published on it. */
export async function publishedOn(
  session: Session,
  groupId: string,
  stages: readonly string[],
  apis: readonly ApiSummary[],
  ctx: CallContext,
  apiId?: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Publication>>> {
  const used = stages.filter((stage) => apis.some((api) => api.stages.includes(stage)));
  const lists = await eachOf(
    used,
    async (stage) => [stage, await listPublished(session, groupId, stage, ctx, apiId)] as const,
  );
  return new Map(lists);
}

/**
 * Whether a stage shows the current draft. The description of a managed API shows its definition, and none that was changed
 * after its publication is shown: its description may have been kept. For APIs that others defined, adopted or not, and for
 * those that have had a single definition since their creation and were published by others: whether the stage shows them at all.
 */
export function shows(published: ReadonlyMap<string, Publication> | undefined, summary: ApiSummary): boolean {
  const { id, owner, description, modifiedTime } = summary;
  const shown = published?.get(id);
  if (shown === undefined || owner === undefined || isAsAdopted(description)) return shown !== undefined;
  if (isAsCreated(summary) && parseMark(shown.description) === undefined) return true;

  return shown.description === description && !isBefore(shown.deployedTime, modifiedTime);
}

/**
 * Whether an API was not changed since its creation. Times are in seconds: a change in the second of the creation is not
 * seen. ModifiedTime is the time of the last change, whoever made it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapis
 */
export function isAsCreated({ createdTime, modifiedTime }: ApiSummary): boolean {
  return createdTime !== undefined && createdTime !== '' && createdTime === modifiedTime;
}

/** Whether a publication is of the draft as Postern changed it last, and the draft was not changed since. */
export function isLastWritten(shown: Publication | undefined, { description, modifiedTime }: ApiSummary): boolean {
  return (
    shown?.draftSecond !== undefined &&
    shown.description === description &&
    shown.draftSecond === secondOf(modifiedTime)
  );
}

/** Whether a time is before another: texts of one form, `2026-06-01T08:00:00Z`. */
export function isBefore(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) < Date.parse(other);
}
