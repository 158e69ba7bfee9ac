import type { GetStageRequest, Stage } from '@aws-sdk/client-api-gateway';
import { getApi, getStage as getRow } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { stageView } from '../../../rest-api/stage/new-stage.js';

/** One stage. */
export const getStage = restOperation<GetStageRequest, Stage>({
  name: 'GetStage',
  kind: 'read',
  run: (call, { restApiId, stageName }) => stageView(getRow(getApi(call, restApiId), stageName)),
});
