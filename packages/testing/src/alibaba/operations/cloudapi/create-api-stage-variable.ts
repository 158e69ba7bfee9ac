import type { CreateApiStageVariableRequest, CreateApiStageVariableResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { flag, required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreateApiStageVariableRequest>, 'GroupId' | 'StageId' | 'VariableName'>;

/** Sets a variable of a group's stage, which `#NAME#` refers to. No action of this version reads one. */
export const createApiStageVariable = cloudApiAction<Input, Wire<CreateApiStageVariableResponseBody>>({
  name: 'CreateApiStageVariable',
  kind: 'write',
  parameters: {
    GroupId: required(text),
    StageId: required(text),
    VariableName: { type: 'string', required: true, pattern: /^\w{1,50}$/ },
    VariableValue: text,
    SupportRoute: flag,
    StageRouteModel: text,
  },
  run({ state }, { GroupId, StageId, VariableName, VariableValue = '' }) {
    const group = getGroup(state, GroupId);
    if (!group.stages.some(({ id }) => id === StageId)) throw say.notFound('Stage');
    const variables = new Map([...group.variables, [`${StageId}/${VariableName}`, VariableValue]]);
    state.cloudApi.groups.set(group.id, { ...group, variables });
    return {};
  },
});
