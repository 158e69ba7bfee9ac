import type { AlibabaCall } from '../../../operation/operation.js';
import { operationView } from '../api/api-view.js';
import { AUTH, DEPLOY_CONFIGS, MOCK, readAuth, readDeployConfigs, readMock } from '../api/given.js';
import { apigList } from '../request/list.js';
import { apigFamily, neededText } from '../request/parameters.js';
import { getHttpApi, getOperation } from '../request/find.js';
import { refusals } from '../request/refusals.js';
import type { HttpApiRow, HttpOperationRow } from '../state.js';
import {
  anything,
  flag,
  listOf,
  oneOf,
  required,
  structure,
  text,
  type InputOf,
} from '../../../operation/parameters.js';

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

/** Operations of Rest APIs. Their parameters are a contract only: none moves to another place on the way to the backend. */
export const operationOperations = apigFamily({
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
