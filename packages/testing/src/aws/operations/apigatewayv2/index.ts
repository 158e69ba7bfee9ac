import { createApi } from './create-api.js';
import { createAuthorizer } from './create-authorizer.js';
import { createDeployment } from './create-deployment.js';
import { createIntegration } from './create-integration.js';
import { createRoute } from './create-route.js';
import { createStage } from './create-stage.js';
import { createVpcLink } from './create-vpc-link.js';
import { deleteAccessLogSettings } from './delete-access-log-settings.js';
import { deleteApi } from './delete-api.js';
import { deleteAuthorizer } from './delete-authorizer.js';
import { deleteCorsConfiguration } from './delete-cors-configuration.js';
import { deleteDeployment } from './delete-deployment.js';
import { deleteIntegration } from './delete-integration.js';
import { deleteRouteSettings } from './delete-route-settings.js';
import { deleteRoute } from './delete-route.js';
import { deleteStage } from './delete-stage.js';
import { deleteVpcLink } from './delete-vpc-link.js';
import { exportApi } from './export-api.js';
import { getApi } from './get-api.js';
import { getApis } from './get-apis.js';
import { getAuthorizer } from './get-authorizer.js';
import { getAuthorizers } from './get-authorizers.js';
import { getDeployment } from './get-deployment.js';
import { getDeployments } from './get-deployments.js';
import { getIntegration } from './get-integration.js';
import { getIntegrations } from './get-integrations.js';
import { getRoute } from './get-route.js';
import { getRoutes } from './get-routes.js';
import { getStage } from './get-stage.js';
import { getStages } from './get-stages.js';
import { getTags } from './get-tags.js';
import { getVpcLink } from './get-vpc-link.js';
import { getVpcLinks } from './get-vpc-links.js';
import { tagResource } from './tag-resource.js';
import { untagResource } from './untag-resource.js';
import { updateApi } from './update-api.js';
import { updateDeployment } from './update-deployment.js';
import { updateIntegration } from './update-integration.js';
import { updateRoute } from './update-route.js';
import { updateStage } from './update-stage.js';
import { updateVpcLink } from './update-vpc-link.js';
import type { AnyOperation } from '../../operation.js';

/** The simulated operations of API Gateway V2. */
export const operations: readonly AnyOperation[] = [
  createApi,
  createAuthorizer,
  createDeployment,
  createIntegration,
  createRoute,
  createStage,
  createVpcLink,
  deleteAccessLogSettings,
  deleteApi,
  deleteAuthorizer,
  deleteCorsConfiguration,
  deleteDeployment,
  deleteIntegration,
  deleteRouteSettings,
  deleteRoute,
  deleteStage,
  deleteVpcLink,
  exportApi,
  getApi,
  getApis,
  getAuthorizer,
  getAuthorizers,
  getDeployment,
  getDeployments,
  getIntegration,
  getIntegrations,
  getRoute,
  getRoutes,
  getStage,
  getStages,
  getTags,
  getVpcLink,
  getVpcLinks,
  tagResource,
  untagResource,
  updateApi,
  updateDeployment,
  updateIntegration,
  updateRoute,
  updateStage,
  updateVpcLink,
];
