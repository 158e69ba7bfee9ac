import type { TaskItemRow } from '../state.js';

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
