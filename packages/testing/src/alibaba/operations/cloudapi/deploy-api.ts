import type { DeployApiRequest, DeployApiResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { deploy } from '../../cloud-api/api/publish.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeployApiRequest>, 'ApiId' | 'StageName' | 'Description'>;

/** Publishes an API's draft on a stage, in the place of what was there. */
export const deployApi = cloudApiAction<Input, Wire<DeployApiResponseBody>>({
  name: 'DeployApi',
  kind: 'write',
  parameters: {
    GroupId: text,
    ApiId: required(text),
    StageName: required(text),
    Description: { type: 'string', required: true, length: [1, 200] },
  },
  run(call, { ApiId, GroupId, StageName, Description }) {
    deploy(call, getApi(call.state, ApiId, GroupId), StageName, Description);
    return {};
  },
});
