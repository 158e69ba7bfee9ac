import type { Deployment, UpdateDeploymentRequest } from '@aws-sdk/client-api-gateway';
import { getApi, getDeployment } from '../../../rest-api/find.js';
import { patched, PATCH_LIMITS, textMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import type { RestDeploymentRow } from '../../../state/rest-api-state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<RestDeploymentRow['fields']> = { '/description': textMember('description') };

/** Changes a deployment's description. What it deployed never changes. */
export const updateDeployment = restOperation<UpdateDeploymentRequest, Deployment>({
  name: 'UpdateDeployment',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, deploymentId, patchOperations }) {
    const api = getApi(call, restApiId);
    const row = getDeployment(api, deploymentId);
    const fields = patched(row.fields, patchOperations, TABLE);
    api.deployments.set(fields.id, { ...row, fields });
    return { ...fields };
  },
});
