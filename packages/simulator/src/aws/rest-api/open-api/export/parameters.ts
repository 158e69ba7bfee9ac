import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import type { MethodRow } from '../../state.js';
import { exportedModel, schemaOf } from './models.js';
import type { Export } from './task.js';
import { defined, type Json, type JsonObject } from '../json.js';

const PARAMETER = /^method\.request\.(path|querystring|header)\.(.+)$/;
const HEADER = /^method\.response\.header\.(.+)$/;
const TEXT = { type: 'string' };

/** The parameters that a method declares. A placeholder of the path that it does not declare is none [I]. */
export function exportedParameters({ type }: Export, { requestParameters = {} }: MethodRow): Json[] {
  return Object.entries(requestParameters).flatMap(([parameter, required]): Json[] => {
    const [, location, name = ''] = PARAMETER.exec(parameter) ?? [];
    if (location === undefined) return [];
    const place = { name, in: location === 'querystring' ? 'query' : location };
    if (type === 'swagger') return [{ ...place, required, ...TEXT }];
    return [{ ...place, ...(required && { required }), schema: TEXT }];
  });
}

/** The body of requests: a member of an OpenAPI method, one of the parameters of Swagger. */
export function exportedBody(task: Export, method: MethodRow, where: string): JsonObject | undefined {
  const model = exportedModel(task, method.requestModels, where);
  if (!model) return undefined;
  const schema = schemaOf(task, model);
  return task.type === 'oas30'
    ? { content: { 'application/json': { schema } }, required: true }
    : { in: 'body', name: model.name, required: true, schema };
}

/** The responses that a method declares, by status. */
export function exportedResponses(task: Export, { methodResponses = {} }: MethodRow, where: string): JsonObject {
  return Object.fromEntries(
    Object.entries(methodResponses).map(([status, response]) => [
      status,
      exportedResponse(task, status, response, where),
    ]),
  );
}

function exportedResponse(task: Export, status: string, response: MethodResponse, where: string): JsonObject {
  const model = exportedModel(task, response.responseModels, where);
  const schema = model && schemaOf(task, model);
  const headers = Object.keys(response.responseParameters ?? {}).flatMap((key) => HEADER.exec(key)?.[1] ?? []);
  const inOpenApi = task.type === 'oas30';
  const shape: Json = inOpenApi ? { schema: TEXT } : TEXT;
  return defined<JsonObject>({
    description: `${status} response`,
    schema: inOpenApi ? undefined : schema,
    headers: headers.length > 0 ? Object.fromEntries(headers.map((name) => [name, shape])) : undefined,
    content: inOpenApi ? (schema ? { 'application/json': { schema } } : {}) : undefined,
  });
}
