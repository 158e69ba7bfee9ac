import {
  publishRestApi,
  REST_PUBLICATION,
  publishRoute,
  unpublishRestApi,
  unpublishRoute,
  unpublishRoutes,
} from '../api/publish.js';
import { apigFamily, neededText } from '../request/parameters.js';
import { getHttpApi, getRoute, getRunningGateway } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import { flag, structure, text, texts } from '../../../operation/parameters.js';

/** Publishing: what callers get is what was published last. */
export const deploymentOperations = apigFamily({
  /** Publishes a route, or operations of a Rest API. `httpApiConfig` is the former way to name routes. */
  DeployHttpApi: {
    parameters: {
      httpApiId: neededText,
      routeId: text,
      isInternalRoute: flag, // Terraform's provider sends it; no model has it
      httpApiConfig: structure({ gatewayId: text, routeIds: texts }),
      restApiConfig: REST_PUBLICATION,
    },
    run(call, { httpApiId, routeId, restApiConfig, httpApiConfig }) {
      const api = getHttpApi(call.state, httpApiId);
      const routeIds = routeId === undefined ? (httpApiConfig?.routeIds ?? []) : [routeId];
      if (routeIds.length === 0 && restApiConfig === undefined) {
        throw refusals.invalid('routeId', 'It, or restApiConfig, says what is published.');
      }

      for (const id of routeIds) publishRoute(call, getRoute(call.state, api.id, id));
      if (restApiConfig) publishRestApi(call, api, restApiConfig);
      return { httpApiId: api.id };
    },
  },

  UndeployHttpApi: {
    parameters: { httpApiId: neededText, routeId: text, operationId: text, gatewayId: text, environmentId: text },
    run(call, { httpApiId, routeId, operationId, gatewayId = '', environmentId = '' }) {
      const api = getHttpApi(call.state, httpApiId);
      if (routeId !== undefined) {
        unpublishRoute(call, getRoute(call.state, api.id, routeId));
        return { httpApiId: api.id };
      }

      const where = gatewayId === '' ? environmentId : gatewayId;
      if (where === '') throw refusals.invalid('gatewayId', 'It, or environmentId, is required without a route.');

      if (gatewayId !== '') getRunningGateway(call.state, gatewayId);
      unpublishRestApi(call, api, where, operationId);
      if (operationId === undefined) unpublishRoutes(call, api, where);
      return { httpApiId: api.id };
    },
  },
});
