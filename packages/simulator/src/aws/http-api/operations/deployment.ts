import { addDeployment, pointStage } from '../deployments.js';
import { family } from '../family.js';
import { getApi, getDeployment, getStage } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { WORDS } from '../../api-gateway/words.js';

/** Deployments. */
export const deploymentOperations = family({
  /** Copies the current routes and integrations, for a stage without automatic deployment. */
  CreateDeployment: {
    limits: { Description: { length: [0, 1024] } },
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, StageName, Description }) {
      const api = getApi(call, ApiId);
      const stage = StageName === undefined ? undefined : getStage(api, StageName);
      if (stage?.AutoDeploy === true) throw WORDS.deploymentOfAutoDeploy();
      if (api.routes.size === 0) throw WORDS.noRoutes();
      const { fields } = addDeployment(call, api, Description);
      if (stage) pointStage(call, api, stage, fields.DeploymentId);
      return { ...fields };
    },
  },

  /** Changes a deployment's description. */
  UpdateDeployment: {
    limits: { Description: { length: [0, 1024] } },
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, DeploymentId, Description }) {
      const api = getApi(call, ApiId);
      const row = getDeployment(api, DeploymentId);
      const fields = patch(row.fields, { Description });
      api.deployments.set(fields.DeploymentId, { ...row, fields });
      return { ...fields };
    },
  },

  /** Deletes a deployment that no stage serves. */
  DeleteDeployment: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, DeploymentId }) {
      const api = getApi(call, ApiId);
      const { fields } = getDeployment(api, DeploymentId);
      const served = [...api.stages.values()].some((stage) => stage.DeploymentId === fields.DeploymentId);
      if (served) throw WORDS.deploymentInUse();
      api.deployments.delete(fields.DeploymentId);
      return {};
    },
  },

  /** One deployment. */
  GetDeployment: (call, { ApiId, DeploymentId }) => ({ ...getDeployment(getApi(call, ApiId), DeploymentId).fields }),

  /** All deployments of an API, newest first. */
  GetDeployments(call, input) {
    const rows = [...getApi(call, input.ApiId).deployments.values()].map(({ fields }) => fields).reverse();
    return listPage(rows, input, `GetDeployments ${input.ApiId}`, (row) => row.DeploymentId);
  },
});
