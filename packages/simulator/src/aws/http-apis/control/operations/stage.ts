import {
  autoDeploy,
  addDeployment,
  pointStage,
  checkStage,
  checkStageName,
  newStage,
  STAGE_LIMITS,
} from '../new-api.js';
import { family, getApi, getDeployment, getStage, listPage, patch, patchMap, checkTags } from '../request.js';
import { WORDS } from '../../../api-gateway/words.js';
import { mappedDomains } from '../../../rest-apis/control/api/references.js';
import { STAGE_WORDS } from '../../../rest-apis/control/stage/new-stage.js';
import type { StageRow } from '../state.js';
import { limited } from '../../../operation/family.js';

/** Stages, with the settings of their routes and logs. */
export const stageOperations = family({
  /** Creates a stage. With AutoDeploy it serves the existing routes at once. */
  CreateStage: limited(STAGE_LIMITS, (call, { ApiId, StageName, Tags, DefaultRouteSettings, ...input }) => {
    const api = getApi(call, ApiId);
    const name = checkStageName(StageName);
    if (api.stages.has(name)) throw WORDS.stageExists();

    const most = call.quota('stages-per-api');
    if (api.stages.size >= most) throw WORDS.quota('stages', most);
    if (input.AutoDeploy === true && input.DeploymentId !== undefined) throw WORDS.deploymentOfAutoDeploy();

    if (input.DeploymentId !== undefined) getDeployment(api, input.DeploymentId);
    const fresh = newStage(call, name);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const stage: StageRow = {
      ...fresh,
      ...given,
      DefaultRouteSettings: { ...fresh.DefaultRouteSettings, ...DefaultRouteSettings },
      Tags: checkTags(Tags),
    };
    checkStage(call, api, stage);
    api.stages.set(name, stage);
    autoDeploy(call, api, name);
    return { ...getStage(api, name) };
  }),

  /** Changes a stage. Settings of routes and stage variables are merged; DeleteRouteSettings and empty values take them away. */
  UpdateStage: {
    limits: STAGE_LIMITS,
    run(call, { ApiId, StageName, StageVariables, RouteSettings, DefaultRouteSettings, ...input }) {
      const api = getApi(call, ApiId);
      const found = getStage(api, StageName);
      const stage: StageRow = {
        ...patch(found, input),
        StageName: found.StageName,
        StageVariables: patchMap(found.StageVariables, StageVariables),
        RouteSettings: { ...found.RouteSettings, ...RouteSettings },
        DefaultRouteSettings: { ...found.DefaultRouteSettings, ...DefaultRouteSettings },
        LastUpdatedDate: new Date(call.now),
      };
      if (input.DeploymentId !== undefined && input.DeploymentId !== found.DeploymentId) {
        if (stage.AutoDeploy === true) throw WORDS.deploymentOfAutoDeploy();

        getDeployment(api, input.DeploymentId);
      }
      // Settings of a route that was deleted since are only checked when settings are sent.
      checkStage(call, api, RouteSettings === undefined ? { ...stage, RouteSettings: {} } : stage);
      api.stages.set(stage.StageName, stage);
      if (stage.AutoDeploy === true && found.AutoDeploy !== true) autoDeploy(call, api, stage.StageName);
      return { ...getStage(api, stage.StageName) };
    },
  },

  /** Deletes a stage; its deployment stays. An API mapping protects its stage, in the words of REST APIs [I]. */
  DeleteStage(call, { ApiId, StageName }) {
    const api = getApi(call, ApiId);
    const { StageName: stageName } = getStage(api, StageName);
    const domains = mappedDomains(call, { apiId: api.fields.ApiId, stageName });
    if (domains.length > 0) throw STAGE_WORDS.mapped(stageName, domains);

    api.stages.delete(stageName);
    return {};
  },

  GetStage: (call, { ApiId, StageName }) => ({ ...getStage(getApi(call, ApiId), StageName) }),

  GetStages(call, input) {
    const { stages } = getApi(call, input.ApiId);
    return listPage(stages.values(), input, `GetStages ${input.ApiId}`, (row) => row.StageName);
  },

  /** Removes one route's settings from a stage. */
  DeleteRouteSettings(call, { ApiId, StageName, RouteKey = '' }) {
    const api = getApi(call, ApiId);
    const stage = getStage(api, StageName);
    const { [RouteKey]: found, ...RouteSettings } = stage.RouteSettings ?? {};
    if (found === undefined) throw WORDS.routeOfSettings(RouteKey);

    api.stages.set(stage.StageName, { ...stage, RouteSettings, LastUpdatedDate: new Date(call.now) });
    return {};
  },

  /** Removes a stage's access log. */
  DeleteAccessLogSettings(call, { ApiId, StageName }) {
    const api = getApi(call, ApiId);
    const { AccessLogSettings: _, ...stage } = getStage(api, StageName);
    api.stages.set(stage.StageName, { ...stage, LastUpdatedDate: new Date(call.now) });
    return {};
  },

  /** Copies the current routes and integrations, for a stage without automatic deployment. */
  CreateDeployment: limited({ Description: { length: [0, 1024] } }, (call, { ApiId, StageName, Description }) => {
    const api = getApi(call, ApiId);
    const stage = StageName === undefined ? undefined : getStage(api, StageName);
    if (stage?.AutoDeploy === true) throw WORDS.deploymentOfAutoDeploy();
    if (api.routes.size === 0) throw WORDS.noRoutes();

    const { fields } = addDeployment(call, api, Description);
    if (stage) pointStage(call, api, stage, fields.DeploymentId);
    return { ...fields };
  }),

  /** Changes a deployment's description. */
  UpdateDeployment: limited({ Description: { length: [0, 1024] } }, (call, { ApiId, DeploymentId, Description }) => {
    const api = getApi(call, ApiId);
    const row = getDeployment(api, DeploymentId);
    const fields = patch(row.fields, { Description });
    api.deployments.set(fields.DeploymentId, { ...row, fields });
    return { ...fields };
  }),

  /** Deletes a deployment that no stage serves. */
  DeleteDeployment(call, { ApiId, DeploymentId }) {
    const api = getApi(call, ApiId);
    const { fields } = getDeployment(api, DeploymentId);
    const served = [...api.stages.values()].some((stage) => stage.DeploymentId === fields.DeploymentId);
    if (served) throw WORDS.deploymentInUse();

    api.deployments.delete(fields.DeploymentId);
    return {};
  },

  GetDeployment: (call, { ApiId, DeploymentId }) => ({ ...getDeployment(getApi(call, ApiId), DeploymentId).fields }),

  /** All deployments of an API, newest first. */
  GetDeployments(call, input) {
    const rows = [...getApi(call, input.ApiId).deployments.values()].map(({ fields }) => fields).reverse();
    return listPage(rows, input, `GetDeployments ${input.ApiId}`, (row) => row.DeploymentId);
  },
});
