import type { TaskItemRow, ApiRow, ApiVersionRow, TaskRow } from './state.js';
import { type AlibabaCall, type AlibabaTimerHandlers, AlibabaError } from '../../operation/operation.js';
import { behind, resolved, usesBehind, unreachable, type Behind } from './backend/backend-use.js';
import { findVpcAccessByName } from './request/find.js';
import { abolish, deploy, onlineVersions, redirect } from './api/publish.js';
import { unreachableSentence } from './request/parameters.js';

/** A task's row, without the status, whose name differs from task to task. */
export function taskItem(item: TaskItemRow) {
  return {
    ApiUid: item.apiId,
    ApiName: item.apiName,
    GroupId: item.groupId,
    GroupName: item.groupName,
    StageId: item.stageId,
    StageName: item.stageName,
    ErrorMsg: item.error,
  };
}

/** Publishing and abolishing end within five seconds; a task takes a little longer. */
const TASK_MS = 8000;
const UNDER_WAY = 'RUNNING';
/** The success sentence that the service fills into its error member. */
const SUCCESS = 'Success. Request Success.';

/** A published API that has to do with something. */
interface PublishedUse {
  readonly api: ApiRow;
  readonly row: ApiVersionRow;
}

interface TaskUse {
  readonly api: ApiRow;
  readonly row: Pick<ApiVersionRow, 'stageName' | 'definition'>;
}

/** Published APIs whose authorization has this name. */
export function publishedWithAccess({ state }: Pick<AlibabaCall, 'state'>, name: string): PublishedUse[] {
  return published(state, ({ row }) => row.vpc?.name === name);
}

/** Published APIs that use a named backend; on one stage, where it is given. */
export function publishedWithBackend(
  { state }: Pick<AlibabaCall, 'state'>,
  backendId: string,
  stageName?: string,
): PublishedUse[] {
  return published(
    state,
    ({ row }) =>
      row.definition.backendEnable &&
      row.definition.backendId === backendId &&
      (stageName === undefined || stageName === '' || row.stageName === stageName),
  );
}

function published({ cloudApi }: AlibabaCall['state'], wanted: (use: PublishedUse) => boolean): PublishedUse[] {
  const all = [...cloudApi.apis.values()].flatMap((api) => onlineVersions(api).map((row) => ({ api, row })));
  return all.filter(wanted);
}

/** Starts a task on published APIs and returns its id. */
export function startTask(call: AlibabaCall, kind: TaskRow['kind'], subject: string, uses: readonly TaskUse[]): string {
  const id = call.id('', 32, 'hex');
  const items = uses.map(({ api, row }) => newItem(call, api, row));
  call.state.cloudApi.tasks.set(id, { id, kind, subject, items });
  call.after(TASK_MS, 'cloudapi-task.due', { id });
  return id;
}

export const taskTimers: AlibabaTimerHandlers = {
  'cloudapi-task.due': (call, { id }) => {
    const task = call.state.cloudApi.tasks.get(String(id));
    if (!task) return;

    const items = task.items.map((item) => ({ ...item, ...done(call, task, item) }));
    call.state.cloudApi.tasks.set(task.id, { ...task, items });
    if (task.kind === 'abolish') removeAccess(call, task.subject);
  },
};

type Result = Pick<TaskItemRow, 'status' | 'error'>;

function done(call: AlibabaCall, task: TaskRow, { apiId, stageName }: TaskItemRow): Result {
  const api = call.state.cloudApi.apis.get(apiId);
  if (api && task.kind === 'deploy') return deployed(call, api, stageName, task.subject);

  const row = api && onlineVersions(api).find((version) => version.stageName === stageName);
  if (!api || !row) return { status: task.kind.startsWith('update') ? 'success' : 'OVER', error: SUCCESS }; // deleted in the meantime
  if (task.kind === 'abolish') {
    abolish(call, api, stageName);
    return { status: 'OVER', error: SUCCESS };
  }

  const to = newBehind(call, task, api, row);
  const { instances, groups } = call.state.cloudApi;
  const instance = instances.get(groups.get(api.groupId)?.instanceId ?? '');
  const address = instance?.connection && unreachable(instance.connection, usesBehind(call.state, instance.id, to));
  if (address !== undefined) return { status: 'Failed', error: unreachableSentence(address) };

  redirect(call, api.id, row.version, to);
  return { status: 'success', error: SUCCESS };
}

/** How an API is published by a task; which status a failure has is [U]. */
function deployed(call: AlibabaCall, api: ApiRow, stageName: string, description: string): Result {
  try {
    deploy(call, api, stageName, description);
    return { status: 'OVER', error: SUCCESS };
  } catch (error) {
    if (error instanceof AlibabaError) return { status: 'FAILED', error: `${error.code}. ${error.message}` };

    throw error;
  }
}

function newBehind({ state }: AlibabaCall, task: TaskRow, api: ApiRow, row: ApiVersionRow): Behind {
  if (task.kind === 'update-backend') {
    const group = state.cloudApi.groups.get(api.groupId);
    return group ? behind(state, group, row.definition, row.stageName) : row;
  }

  const access = findVpcAccessByName(state, task.subject);
  return access ? { vpc: resolved(access, row.vpc?.vpcScheme ?? ''), serviceAddress: '' } : row;
}

function newItem(
  { state }: AlibabaCall,
  { id, groupId }: ApiRow,
  { stageName, definition }: TaskUse['row'],
): TaskItemRow {
  const group = state.cloudApi.groups.get(groupId);
  return {
    apiId: id,
    apiName: definition.name,
    groupId,
    groupName: group?.name ?? '',
    stageId: group?.stages.find(({ name }) => name === stageName)?.id ?? '',
    stageName,
    status: UNDER_WAY,
    error: '',
  };
}

/** Removes an authorization by its name, if it exists. */
export function removeAccess({ state }: Pick<AlibabaCall, 'state'>, name: string): void {
  const access = findVpcAccessByName(state, name);
  if (!access) return;

  state.cloudApi.vpcAccesses.delete(access.VpcAccessId);
  state.cloudApi.tags.delete(`vpcAccess/${access.VpcAccessId}`);
}
