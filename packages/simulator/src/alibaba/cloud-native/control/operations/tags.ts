import type { AlibabaCall } from '../../../operation/operation.js';
import { hasTags, setTags, withoutTags } from '../../../vpc/request/tags.js';
import { changeGateway } from '../gateway/gateway-life.js';
import { apigFamily, neededText, neededTexts, tags, readApigTags, refusals } from '../request/parameters.js';
import { getGateway, apigList, getHttpApi, getOperation } from '../request/find.js';
import {
  pageByToken,
  flag,
  text,
  texts,
  whole,
  anything,
  listOf,
  oneOf,
  required,
  structure,
  type InputOf,
} from '../../../operation/family.js';
import { operationView } from '../api/api-view.js';
import { AUTH, DEPLOY_CONFIGS, MOCK, readAuth, readDeployConfigs, readMock } from '../api/given.js';
import type { HttpApiRow, HttpOperationRow } from '../state.js';

/** Only gateways have tags here. @throws {AlibabaError} `InvalidParameter` */
function checkType(type: string): void {
  if (type.toLowerCase() !== 'gateway') throw refusals.invalid('resourceType', 'Only gateways are simulated.');
}

function setGatewayTags(
  call: AlibabaCall,
  ids: readonly string[],
  change: (row: { tags: Record<string, string> }) => void,
) {
  const rows = ids.map((id) => getGateway(call.state, id));
  for (const { id, tags: before } of rows) {
    const row = { tags: { ...before } };
    change(row);
    changeGateway(call, id, row);
  }
}

/** The number is [I]. */
const MOST_OPERATIONS = 500;
const MEMBERS = {
  name: text,
  method: oneOf('TRACE', 'HEAD', 'DELETE', 'POST', 'GET', 'CONNECT', 'OPTIONS', 'PUT', 'PATCH'),
  path: text,
  description: text,
  ...AUTH,
  mock: MOCK,
  deployConfigs: DEPLOY_CONFIGS,
  request: anything,
  response: anything,
};

/** @throws {AlibabaError} `DatabaseError.RecordNotFound`, `InvalidParameter` */
function getRestApi({ state }: AlibabaCall, id: string): HttpApiRow {
  const api = getHttpApi(state, id);
  if (api.type !== 'Rest') throw refusals.invalid('httpApiId', 'Only Rest APIs have operations.');

  return api;
}

type GivenOperation = Omit<InputOf<typeof MEMBERS>, 'method'> & { readonly method?: string };

function newOperation(call: AlibabaCall, api: HttpApiRow, given: GivenOperation): HttpOperationRow {
  const { name = '', method = '', path = '' } = given;
  if (name === '' || method === '') throw refusals.invalid('operations', 'An operation has a name and a method.');
  if (!path.startsWith('/')) throw refusals.invalid('operations.path', 'It begins with /.');

  return {
    id: call.id('op-', 20),
    apiId: api.id,
    name,
    method,
    path,
    description: given.description ?? '',
    auth: given.enableAuth === undefined ? undefined : readAuth(given),
    mock: readMock(given.mock),
    deployConfigs: readDeployConfigs(given.deployConfigs),
    request: given.request,
    response: given.response,
    createdAt: call.now,
  };
}

/**
 * Tags and the resource group. Bodies write names with small letters, queries with capitals. Operations of
 * Rest APIs. Their parameters are a contract only: none moves to another place on the way to the backend.
 */
export const tagOperations = apigFamily({
  TagResources: {
    isBare: true,
    parameters: { resourceType: neededText, resourceId: neededTexts, tag: tags },
    run(call, { resourceType, resourceId, tag }) {
      checkType(resourceType);
      const given = readApigTags(tag);
      setGatewayTags(call, resourceId, (row) => setTags(row, given));
      return {};
    },
  },

  UntagResources: {
    isBare: true,
    parameters: { ResourceType: neededText, ResourceId: neededTexts, TagKey: texts, All: flag },
    run(call, { ResourceType, ResourceId, TagKey, All = false }) {
      checkType(ResourceType);
      setGatewayTags(call, ResourceId, (row) => (row.tags = withoutTags(row.tags, TagKey, All)));
      return {};
    },
  },

  ListTagResources: {
    isBare: true,
    parameters: { ResourceType: neededText, ResourceId: texts, Tag: tags, NextToken: text, MaxResults: whole },
    run({ state }, { ResourceType, ResourceId = [], Tag, NextToken, MaxResults }) {
      checkType(ResourceType);
      const asked = Tag?.map(({ key, value, Key = key, Value = value }) => ({ Key, Value }));
      const found = [...state.apig.gateways.values()]
        .filter((row) => (ResourceId.length === 0 || ResourceId.includes(row.id)) && hasTags(row.tags, asked))
        .flatMap(({ id, tags: of }) => Object.entries(of).map(([TagKey, TagValue]) => ({ id, TagKey, TagValue })));
      const { items, NextToken: next } = pageByToken(
        found,
        { MaxResults, NextToken },
        {
          operation: { product: 'APIG', name: 'ListTagResources' },
          defaultSize: 50,
          largest: 100,
          key: ({ id, TagKey }) => `${id}/${TagKey}`,
        },
      );
      const view = ({ id, TagKey, TagValue }: (typeof items)[number]) => ({
        ResourceId: id,
        ResourceType: 'gateway',
        TagKey,
        TagValue,
      });
      return { NextToken: next, TagResources: items.map(view) };
    },
  },

  /** All of it is in the query. The change is seen some seconds later [U]; here at once. */
  ChangeResourceGroup: {
    isBare: true,
    parameters: { ResourceId: neededText, ResourceGroupId: neededText, ResourceType: text, Service: text },
    run(call, { ResourceId, ResourceGroupId }) {
      getGateway(call.state, ResourceId);
      changeGateway(call, ResourceId, { resourceGroupId: ResourceGroupId });
      return {};
    },
  },

  CreateHttpApiOperation: {
    parameters: { httpApiId: neededText, operations: required({ ...listOf(MEMBERS), length: [1, 100] }) },
    run(call, { httpApiId, operations: given }) {
      const api = getRestApi(call, httpApiId);
      const { operations } = call.state.apig;
      const own = [...operations.values()].filter(({ apiId }) => apiId === api.id);
      if (own.length + given.length > MOST_OPERATIONS) throw refusals.tooManyOperations(MOST_OPERATIONS, own.length);

      const rows = given.map((one) => newOperation(call, api, one));
      const names = [...own, ...rows].map(({ name }) => name);
      const twice = names.find((name, at) => names.indexOf(name) !== at);
      if (twice !== undefined) throw refusals.duplicated('OperationName', twice);

      for (const row of rows) operations.set(row.id, row);
      return { operations: rows.map(({ id, name }) => ({ operationId: id, name })) };
    },
  },

  GetHttpApiOperation: {
    parameters: { httpApiId: neededText, operationId: neededText },
    run(call, { httpApiId, operationId }) {
      return operationView(call, getHttpApi(call.state, httpApiId), getOperation(call.state, httpApiId, operationId));
    },
  },

  ListHttpApiOperations: apigList({
    parameters: {
      httpApiId: neededText,
      gatewayId: text,
      enableAuth: flag,
      forDeploy: flag,
      consumerAuthorizationRuleId: text,
      withConsumerInEnvironmentId: text,
      withConsumerInfoById: text,
      withPluginAttachmentByPluginId: text,
    },
    rows({ state }, { httpApiId }) {
      const { id } = getHttpApi(state, httpApiId);
      return [...state.apig.operations.values()].filter(({ apiId }) => apiId === id);
    },
    same: ['name', 'method'],
    part: { nameLike: 'name', pathLike: 'path' },
    view: (row, call) => operationView(call, getHttpApi(call.state, row.apiId), row),
  }),

  /** The update is a POST. The whole operation is in the body. */
  UpdateHttpApiOperation: {
    parameters: { httpApiId: neededText, operationId: neededText, operation: required(structure(MEMBERS)) },
    run(call, { httpApiId, operationId, operation }) {
      const row = getOperation(call.state, httpApiId, operationId);
      const api = getHttpApi(call.state, httpApiId);
      const { name = row.name, method = row.method, path = row.path } = operation;
      const changed = newOperation(call, api, { ...operation, name, method, path });
      const deployConfigs = operation.deployConfigs ? changed.deployConfigs : row.deployConfigs;
      call.state.apig.operations.set(row.id, { ...changed, id: row.id, deployConfigs, createdAt: row.createdAt });
      return undefined;
    },
  },

  DeleteHttpApiOperation: {
    parameters: { httpApiId: neededText, operationId: neededText },
    run(call, { httpApiId, operationId }) {
      const row = getOperation(call.state, httpApiId, operationId);
      const api = getHttpApi(call.state, httpApiId);
      const where = api.revisions.find((one) => one.isCurrent && one.operations.some(({ id }) => id === row.id));
      if (where) throw refusals.published(api.id, where.gatewayId);

      call.state.apig.operations.delete(row.id);
      return undefined;
    },
  },
});
