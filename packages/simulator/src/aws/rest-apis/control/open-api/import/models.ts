import { defined } from '../../../../../simulation/defined.js';
import type { Model } from '@aws-sdk/client-api-gateway';
import { checkModelName, checkSchema } from '../../model.js';
import { badRequest } from '../../words.js';
import { attempt, type Import } from '../draft.js';
import { isObject, list, object, text, type Json } from '../extensions.js';

const REFERENCE = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;

/** The types of schemas that cannot be models. */
const PLAIN: readonly string[] = ['string', 'number', 'integer', 'boolean'];

/** Adds the document's schemas as models. A model of the same name keeps its ID. */
export function importModels(task: Import): void {
  for (const [name, schema] of Object.entries(task.document.schemas)) {
    attempt(task.report, `Unable to create model for '${name}'`, () => {
      checkModelName(name);
      setModel(task, name, schema);
    });
  }
}

/**
 * The model of a body: the one that its schema refers to, or a new one, whose name is [I]. A reference to nothing and a
 * schema of a plain value are ignored, with a warning.
 * @see https://github.com/amazon-archives/aws-apigateway-importer/issues/202
 * @param where `201 response to method 'POST /pets'`
 */
export function modelOfSchema(task: Import, schema: Json | undefined, where: string): string | undefined {
  if (!isObject(schema)) return undefined;

  const { call, api, report } = task;
  const [, named] = REFERENCE.exec(text(schema['$ref']) ?? '') ?? [];
  if (named !== undefined && api.models.has(named)) return named;
  if (named !== undefined) {
    report.warnings.push(`Reference to model '${named}' not found. Ignoring.`);
    return undefined;
  }

  const type = text(schema['type']) ?? '';
  if (PLAIN.includes(type)) {
    const name = `${type.charAt(0).toUpperCase()}${type.slice(1)}Schema`;
    report.warnings.push(`Unsupported model type '${name}' in ${where}. Ignoring.`);
    return undefined;
  }

  const name = `MODEL${call.id('', 6)}`;
  setModel(task, name, schema);
  return name;
}

/** @throws {ServiceError} BadRequestException for a schema that is not an object, or that refers to an absent one */
function setModel({ call, api, document }: Import, name: string, schema: Json | undefined): void {
  const missing = references(schema).filter((each) => !Object.hasOwn(document.schemas, each));
  if (missing.length > 0) {
    const errors = missing.map((each) => `Invalid model specified: ${each}`).join(', ');
    throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${errors}]`);
  }

  const description = text(object(schema)['description']);
  const row: Model = {
    id: api.models.get(name)?.id ?? call.id('', 6, 'base36'),
    name,
    ...defined({ description }),
    contentType: 'application/json',
    schema: JSON.stringify(rewritten(schema, api.fields.id), undefined, 2),
  };
  checkSchema(row);
  api.models.set(name, row);
}

/** A schema that refers to models by their addresses. */
function rewritten(value: Json | undefined, apiId: string): Json | undefined {
  if (Array.isArray(value)) return list(value as readonly Json[]).map((item) => rewritten(item, apiId) ?? null);
  if (!isObject(value)) return value;

  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const [, name] = (key === '$ref' ? REFERENCE.exec(text(item) ?? '') : undefined) ?? [];
      const address = `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
      return [key, name === undefined ? rewritten(item, apiId) : address];
    }),
  );
}

/** The names of the models that a schema refers to. */
function references(value: Json | undefined): string[] {
  if (Array.isArray(value)) return list(value as readonly Json[]).flatMap(references);
  if (!isObject(value)) return [];

  return Object.entries(value).flatMap(([key, item]) => {
    const [, name] = (key === '$ref' ? REFERENCE.exec(text(item) ?? '') : undefined) ?? [];
    return name === undefined ? references(item) : [name];
  });
}
