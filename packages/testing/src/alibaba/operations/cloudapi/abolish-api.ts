import type { AbolishApiRequest, AbolishApiResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { abolish } from '../../cloud-api/api/publish.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<AbolishApiRequest>, 'ApiId' | 'StageName'>;

/** Removes an API from a stage. */
export const abolishApi = cloudApiAction<Input, Wire<AbolishApiResponseBody>>({
  name: 'AbolishApi',
  kind: 'write',
  parameters: { GroupId: text, ApiId: required(text), StageName: required(text) },
  run(call, { ApiId, GroupId, StageName }) {
    abolish(call, getApi(call.state, ApiId, GroupId), StageName);
    return {};
  },
});
