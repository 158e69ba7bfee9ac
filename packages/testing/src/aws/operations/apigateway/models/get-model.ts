import type { GetModelRequest, Model } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getModelRow } from '../../../rest-api/model/model-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { notSimulated } from '../../../rest-api/words.js';

/** One model. */
export const getModel = restOperation<Given<GetModelRequest>, Model>({
  name: 'GetModel',
  kind: 'read',
  run(call, { restApiId, modelName, flatten }) {
    const { row } = getModelRow(call, restApiId, modelName);
    if (flatten) throw notSimulated('GetModel with flatten');
    return row;
  },
});
