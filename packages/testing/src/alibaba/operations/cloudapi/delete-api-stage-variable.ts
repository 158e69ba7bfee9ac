import type { DeleteApiStageVariableRequest, DeleteApiStageVariableResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteApiStageVariableRequest>, 'GroupId' | 'StageId' | 'VariableName'>;

/** Deletes a variable of a group's stage. */
export const deleteApiStageVariable = cloudApiAction<Input, Wire<DeleteApiStageVariableResponseBody>>({
  name: 'DeleteApiStageVariable',
  kind: 'write',
  parameters: { GroupId: required(text), StageId: required(text), VariableName: required(text) },
  run({ state }, { GroupId, StageId, VariableName }) {
    const group = getGroup(state, GroupId);
    const key = `${StageId}/${VariableName}`;
    if (!group.variables.has(key)) throw say.notFound('StageVariable');
    const variables = new Map([...group.variables].filter(([name]) => name !== key));
    state.cloudApi.groups.set(group.id, { ...group, variables });
    return {};
  },
});
