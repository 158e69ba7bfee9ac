import type { Model } from '@aws-sdk/client-api-gateway';
import { isJsonObject } from '../../model.js';
import { badRequest } from '../../words.js';
import type { Export } from './security.js';
import { isObject, list, text, type Json, type JsonObject } from '../extensions.js';

const JSON_TYPE = 'application/json';
/** How a stored schema names another model. */
const ADDRESS =
  /^(?:https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models|#\/(?:definitions|components\/schemas))\/([^/]+)$/;

/**
 * The model of a body, whose schema the document then has.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 * @param where `GET /pets`
 * @throws {ServiceError} BadRequestException where all models are for other content types than JSON; the end of the
 * sentence is [U]
 */
export function exportedModel(
  { copy, models }: Export,
  types: Readonly<Record<string, string>> | undefined,
  where: string,
): Model | undefined {
  const names = Object.entries(types ?? {});
  const [, name] = names.find(([type]) => type === JSON_TYPE) ?? [];
  if (name === undefined && names.length > 0) throw badRequest(`Only found non-JSON body models for ${where}`);

  const model = copy.models.get(name ?? '');
  if (model) models.add(model);
  return model;
}

/** A reference to a model's schema. */
export function schemaOf({ type }: Export, { name = '' }: Model): JsonObject {
  return { $ref: `${type === 'oas30' ? '#/components/schemas' : '#/definitions'}/${name}` };
}

/** The schemas of all models that the document refers to, and of those that they refer to. */
export function exportedSchemas(task: Export): JsonObject {
  const schemas: Record<string, Json | undefined> = {};
  // The set grows while it is read: a schema adds the models that it refers to.
  for (const { name = '', schema = '' } of task.models) {
    schemas[name] = isJsonObject(schema) ? rewritten(task, JSON.parse(schema) as Json) : {};
  }
  return schemas;
}

/** A schema that refers to other schemas of the document. The version of JSON schema is left out. */
function rewritten(task: Export, value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return list(value as readonly Json[]).map((item) => rewritten(task, item) ?? null);
  if (!isObject(value)) return value;

  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .map(([key, item]) => [key, key === '$ref' ? reference(task, item) : rewritten(task, item)]),
  );
}

function reference(task: Export, value: Json | undefined): Json | undefined {
  const [, name] = ADDRESS.exec(text(value) ?? '') ?? [];
  const model = task.copy.models.get(name ?? '');
  if (!model) return value;

  task.models.add(model);
  return schemaOf(task, model)['$ref'];
}
