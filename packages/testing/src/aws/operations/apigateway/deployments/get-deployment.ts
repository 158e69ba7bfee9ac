import type { Deployment, GetDeploymentRequest } from '@aws-sdk/client-api-gateway';
import { apiSummary } from '../../../rest-api/deployment/frozen-copy.js';
import { getApi, getDeployment as getRow } from '../../../rest-api/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';

/** One deployment; with `embed=apisummary`, its methods and how they authorize. */
export const getDeployment = restOperation<GetDeploymentRequest, Deployment>({
  name: 'GetDeployment',
  kind: 'read',
  run(call, { restApiId, deploymentId, embed = [] }) {
    const { fields, copy } = getRow(getApi(call, restApiId), deploymentId);
    const embedded = embed.flatMap((text) => text.split(','));
    const unknown = embedded.find((name) => name !== 'apisummary');
    // [U] Whether the service refuses another name, and how.
    if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`);
    return { ...fields, ...(embedded.length > 0 && { apiSummary: apiSummary(copy) }) };
  },
});
