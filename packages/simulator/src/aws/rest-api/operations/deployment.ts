import { checkDeployable, waitsForLink } from '../deployment/deployable.js';
import { apiSummary, frozenCopy } from '../deployment/frozen-copy.js';
import { targetStage } from '../deployment/target-stage.js';
import { family } from '../family.js';
import { getApi, getDeployment } from '../find.js';
import { listPage } from '../list.js';
import { PATCH_LIMITS, patched, textMember, type PatchTable } from '../patch.js';
import { refuseCache } from '../stage/new-stage.js';
import { badRequest, WORDS } from '../words.js';
import type { RestDeploymentRow } from '../state.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<RestDeploymentRow['fields']> = { '/description': textMember('description') };

/** Deployments. */
export const deploymentOperations = family({
  /**
   * Copies the API as it is now. With the name of a stage it points the stage, or its canary, at the copy;
   * a stage that does not exist is created. While a link of the API is PENDING, the call waits before it copies, and
   * other writes to the API are refused [I].
   */
  CreateDeployment: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 5, burst: 1 },
    holds: ({ restApiId }) => restApiId,
    waits: (call, { restApiId }) => waitsForLink(call, restApiId),
    run(call, input) {
      const api = getApi(call, input.restApiId);
      refuseCache(input);
      const { description } = input;
      const fields: RestDeploymentRow['fields'] = {
        id: call.id('', 6, 'base36'),
        createdDate: new Date(call.now),
        ...(description !== undefined && description !== '' && { description }),
      };
      const stage = targetStage(call, api, input, fields.id);
      checkDeployable(call, api);
      api.deployments.set(fields.id, { fields, copy: frozenCopy(api) });
      if (stage !== undefined) api.stages.set(stage.stageName, stage);
      return { ...fields };
    },
  },

  /** Changes a deployment's description. What it deployed never changes. */
  UpdateDeployment: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, deploymentId, patchOperations }) {
      const api = getApi(call, restApiId);
      const row = getDeployment(api, deploymentId);
      const fields = patched(row.fields, patchOperations, TABLE);
      api.deployments.set(fields.id, { ...row, fields });
      return { ...fields };
    },
  },

  /** Deletes a deployment that no stage points to. That a canary protects its deployment in the same words is [U]. */
  DeleteDeployment: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, deploymentId }) {
      const api = getApi(call, restApiId);
      const { id } = getDeployment(api, deploymentId).fields;
      const used = [...api.stages.values()].some(
        (stage) => stage.deploymentId === id || stage.canarySettings?.deploymentId === id,
      );
      if (used) throw WORDS.deploymentInUse();
      api.deployments.delete(id);
      return {};
    },
  },

  /** One deployment; with `embed=apisummary`, its methods and how they authorize. */
  GetDeployment(call, { restApiId, deploymentId, embed = [] }) {
    const { fields, copy } = getDeployment(getApi(call, restApiId), deploymentId);
    const embedded = embed.flatMap((text) => text.split(','));
    const unknown = embedded.find((name) => name !== 'apisummary');
    // [U] Whether the service refuses another name, and how.
    if (unknown !== undefined) throw badRequest(`Invalid embed value specified: ${unknown}`);
    return { ...fields, ...(embedded.length > 0 && { apiSummary: apiSummary(copy) }) };
  },

  /** All deployments of an API, the oldest first [U]. */
  GetDeployments(call, input) {
    const rows = [...getApi(call, input.restApiId).deployments.values()].map(({ fields }) => fields);
    return listPage(rows, input, `GetDeployments ${input.restApiId ?? ''}`, (row) => row.id);
  },
});
