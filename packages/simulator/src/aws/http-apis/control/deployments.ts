import { defined } from '../../../simulation/defined.js';
import type { AwsCall } from '../../operation/operation.js';
import type { ApiRow, DeploymentRow, StageRow } from './state.js';
import { NO_ROUTES } from '../../api-gateway/words.js';

/** @see https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/get-deployment.rst */
const AUTO_DESCRIPTION = 'Automatic deployment triggered by changes to the Api configuration';

/** Makes a deployment: a copy of the API's routes, integrations, their responses and settings as they are now. */
export function addDeployment(call: AwsCall, api: ApiRow, description?: string, auto = false): DeploymentRow {
  const row: DeploymentRow = {
    fields: {
      AutoDeployed: auto,
      CreatedDate: new Date(call.now),
      DeploymentId: call.id('', 6, 'base36'),
      DeploymentStatus: 'DEPLOYED',
      ...defined({ Description: description }),
    },
    api: {
      CorsConfiguration: api.fields.CorsConfiguration,
      DisableExecuteApiEndpoint: api.fields.DisableExecuteApiEndpoint,
    },
    routes: [...api.routes.values()],
    integrations: [...api.integrations.values()],
    ...(api.routeResponses && { routeResponses: [...api.routeResponses.values()] }),
    ...(api.integrationResponses && { integrationResponses: [...api.integrationResponses.values()] }),
  };
  api.deployments.set(row.fields.DeploymentId, row);
  return row;
}

export function pointStage(call: AwsCall, api: ApiRow, stage: StageRow, deploymentId: string): StageRow {
  const row: StageRow = {
    ...stage,
    DeploymentId: deploymentId,
    LastUpdatedDate: new Date(call.now),
    ...(stage.AutoDeploy && {
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deploymentId}'`,
    }),
  };
  api.stages.set(row.StageName, row);
  return row;
}

/**
 * After a change of an API: every stage with AutoDeploy gets a new deployment. Its previous automatic
 * deployment is deleted when no stage uses it, so that a long series of changes leaves one copy, not one
 * each [inferred].
 */
export function autoDeploy(call: AwsCall, api: ApiRow, only?: string): void {
  const stages = [...api.stages.values()].filter(
    (stage) => stage.AutoDeploy && (only === undefined || stage.StageName === only),
  );
  if (stages.length === 0) return;
  if (api.routes.size === 0) {
    for (const stage of stages) {
      api.stages.set(stage.StageName, {
        ...stage,
        LastDeploymentStatusMessage: `Deployment attempt failed: ${NO_ROUTES}`,
      });
    }
    return;
  }

  const { DeploymentId } = addDeployment(call, api, AUTO_DESCRIPTION, true).fields;
  for (const stage of stages) pointStage(call, api, stage, DeploymentId);
  const served = new Set([...api.stages.values()].map((stage) => stage.DeploymentId));
  for (const [id, row] of api.deployments) {
    if (row.fields.AutoDeployed && !served.has(id)) api.deployments.delete(id);
  }
}
