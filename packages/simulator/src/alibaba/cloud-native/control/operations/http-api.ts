import { raise } from '../../../../simulation/raise.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { apiView } from '../api/api-view.js';
import { AUTH, DEPLOY_CONFIGS, readAuth, readDeployConfigs } from '../api/given.js';
import { apigFamily, neededText, refusals } from '../request/parameters.js';
import { apigList, getGateway, getHttpApi, getRoute, getRunningGateway } from '../request/find.js';
import type { HttpApiRow } from '../state.js';
import {
  admits,
  anything,
  flag,
  oneOf,
  required,
  structure,
  text,
  texts,
  whole,
  type InputOf,
  action,
} from '../../../operation/family.js';
import {
  publishRestApi,
  REST_PUBLICATION,
  publishRoute,
  unpublishRestApi,
  unpublishRoute,
  unpublishRoutes,
} from '../api/publish.js';

const versionConfig = structure({ enable: flag, scheme: text, version: text, headerName: text, queryName: text });
const GIVEN = {
  ...AUTH,
  basePath: { type: 'string', length: [0, 256] },
  protocols: texts,
  description: text,
  removeBasePathOnForward: flag,
  firstByteTimeout: whole,
  versionConfig,
  deployConfigs: DEPLOY_CONFIGS,
  dryRun: flag,
} as const;

const CREATED = {
  name: required({ type: 'string', length: [1, 64] }),
  type: required(oneOf('Http', 'Rest', 'WebSocket', 'HttpIngress', 'LLM', 'Agent')),
  belongGatewayId: text,
  resourceGroupId: text,
  ...GIVEN,
};

const versionOf = ({ versionConfig: given = {} }: { readonly versionConfig?: HttpApiRow['versionConfig'] }): string =>
  given['enable'] === true ? String(given['version'] ?? '') : '';

/** @throws {AlibabaError} `InvalidParameter` */
function checkBasePath(type: string, basePath: string): void {
  if (type === 'Rest' && basePath === '') throw refusals.invalid('basePath', 'A Rest API has one.');
  if (basePath !== '' && !/^\/\S*$/.test(basePath))
    throw refusals.invalid('basePath', 'It begins with / and has no blanks.');
}

/** A name is used once, or by several versions. @throws {AlibabaError} `Conflict.ApiNameDuplicated`, `Conflict.ApiVersionDuplicated` */
function checkName({ state }: AlibabaCall, input: InputOf<typeof CREATED>): void {
  const same = [...state.apig.apis.values()].filter((row) => row.name === input.name);
  const version = versionOf(input);
  if (same.length === 0) return;
  if (version === '' || same.some((row) => versionOf(row) === '')) throw refusals.nameDuplicated(input.name);
  if (same.some((row) => versionOf(row) === version)) throw refusals.versionDuplicated(version);
}

function isOn({ state }: AlibabaCall, row: HttpApiRow, gatewayId: string): boolean {
  const routes = [...state.apig.routes.values()].filter(({ apiId }) => apiId === row.id);
  return row.gatewayId === gatewayId || [...routes, ...row.revisions].some((one) => one.gatewayId === gatewayId);
}

/**
 * HTTP APIs. They belong to the account, and are published on gateways. Publishing: what callers get is
 * what was published last.
 */
export const httpApiOperations = apigFamily({
  CreateHttpApi: action(CREATED, (call, input) => {
    const { basePath = '', belongGatewayId = '' } = input;
    checkBasePath(input.type, basePath);
    checkName(call, input);
    if (belongGatewayId !== '') getGateway(call.state, belongGatewayId);
    const id = call.id('api-', 20);
    call.state.apig.apis.set(id, {
      id,
      name: input.name,
      type: input.type,
      basePath,
      protocols: input.protocols ?? ['HTTP', 'HTTPS'],
      description: input.description ?? '',
      gatewayId: belongGatewayId,
      removeBasePathOnForward: input.removeBasePathOnForward ?? false,
      firstByteTimeout: input.firstByteTimeout,
      versionConfig: input.versionConfig,
      auth: readAuth(input),
      deployConfigs: readDeployConfigs(input.deployConfigs),
      resourceGroupId: input.resourceGroupId ?? `rg-acfm${call.account.slice(-10)}`,
      revisions: [],
      createdAt: call.now,
      modifiedAt: call.now,
    });
    return { httpApiId: id, name: input.name };
  }),

  GetHttpApi: {
    parameters: { httpApiId: neededText },
    run: (call, { httpApiId }) => apiView(call, getHttpApi(call.state, httpApiId)),
  },

  /** Lists APIs by name: an item has all versions of an API. Members that only add to the answer are taken and add nothing. */
  ListHttpApis: apigList({
    parameters: {
      name: text,
      keyword: text,
      types: text,
      gatewayId: text,
      gatewayType: text,
      resourceGroupId: text,
      withAPIsPublishedToEnvironment: anything,
      withAuthPolicyInEnvironmentId: text,
      withAuthPolicyList: flag,
      withConsumerInfoById: text,
      withEnvironmentInfo: flag,
      withEnvironmentInfoById: text,
      withIngressInfo: flag,
      withPluginAttachmentByPluginId: text,
      withPolicyConfigs: flag,
    },
    rows(call, { keyword = '', ...asked }) {
      const types = asked.types?.split(',') ?? [];
      const rows = [...call.state.apig.apis.values()].filter(
        (row) =>
          admits(asked.name, row.name) &&
          row.name.includes(keyword) &&
          (types.length === 0 || types.includes(row.type)) &&
          admits(asked.resourceGroupId, row.resourceGroupId) &&
          (asked.gatewayId === undefined || isOn(call, row, asked.gatewayId)),
      );
      return [...new Set(rows.map(({ name }) => name))].map((name) => rows.filter((row) => row.name === name));
    },
    view: (versions, call) => ({
      name: versions[0]?.name,
      type: versions[0]?.type,
      versionEnabled: versions.some((row) => versionOf(row) !== ''),
      versionedHttpApis: versions.map((row) => apiView(call, row)),
    }),
  }),

  /** Members that are not given stay as they are. What is published stays until it is published anew. */
  UpdateHttpApi: action({ httpApiId: neededText, onlyChangeConfig: flag, ...GIVEN }, (call, input) => {
    const row = getHttpApi(call.state, input.httpApiId);
    const basePath = input.basePath ?? row.basePath;
    checkBasePath(row.type, basePath);
    const version = versionOf(input);
    const others = [...call.state.apig.apis.values()].filter((one) => one.name === row.name && one.id !== row.id);
    if (others.length > 0 && input.versionConfig && version === '') throw refusals.versionMustEnabled();
    if (version !== '' && others.some((one) => versionOf(one) === version)) throw refusals.versionDuplicated(version);

    call.state.apig.apis.set(row.id, {
      ...row,
      basePath,
      protocols: input.protocols ?? row.protocols,
      description: input.description ?? row.description,
      removeBasePathOnForward: input.removeBasePathOnForward ?? row.removeBasePathOnForward,
      firstByteTimeout: input.firstByteTimeout ?? row.firstByteTimeout,
      versionConfig: input.versionConfig ?? row.versionConfig,
      auth: readAuth(input, row.auth),
      deployConfigs: input.deployConfigs ? readDeployConfigs(input.deployConfigs) : row.deployConfigs,
      modifiedAt: call.now,
    });
    return undefined;
  }),

  /** An API that is published stays [I]. Its routes and operations go with it. */
  DeleteHttpApi: action({ httpApiId: neededText, dryRun: flag }, (call, { httpApiId }) => {
    const { apis, routes, operations } = call.state.apig;
    const row = apis.get(httpApiId) ?? raise(refusals.missingToDelete(httpApiId));

    const own = [...routes.values()].filter(({ apiId }) => apiId === row.id);
    const where =
      own.find(({ published }) => published)?.gatewayId ?? row.revisions.find((one) => one.isCurrent)?.gatewayId;
    if (where !== undefined) throw refusals.published(row.id, where);

    for (const { id } of own) routes.delete(id);
    for (const { id, apiId } of operations.values()) if (apiId === row.id) operations.delete(id);
    apis.delete(row.id);
    return undefined;
  }),

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
