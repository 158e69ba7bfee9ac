import type { Method } from '@aws-sdk/client-api-gateway';
import { notSimulated } from '../../words.js';
import { resolved } from '../document.js';
import type { Import } from '../draft.js';
import { modelOfSchema } from './models.js';
import { defined, isTrue, list, object, text, type JsonObject } from '../json.js';

type Request = Pick<Method, 'requestParameters' | 'requestModels'>;

const LOCATIONS: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

/**
 * The parameters and the models of a method's requests. The parameters of its path are its own, too, unless it has the
 * same ones.
 * @param name `GET /pets`
 * @throws {ServiceError} NotImplemented for cookies and forms
 */
export function requestOf(task: Import, path: JsonObject, method: JsonObject, name: string): Request {
  const all = [...list(path['parameters']), ...list(method['parameters'])].map((each) => resolved(task.document, each));
  const parameters: Record<string, boolean> = {};
  let models = contentOf(task, resolved(task.document, method['requestBody']), requestTo(name));
  for (const each of all) {
    const where = text(each['in']) ?? '';
    const location = Object.hasOwn(LOCATIONS, where) ? LOCATIONS[where] : undefined;
    if (location !== undefined)
      parameters[`method.request.${location}.${text(each['name']) ?? ''}`] = isTrue(each['required']);
    else if (where === 'body' && task.document.version === 'swagger')
      models = { ...models, ...bodyOf(task, method, each, name) };
    else throw notSimulated(`A parameter in ${where === '' ? 'no place' : where}`);
  }
  return defined<Request>({
    requestParameters: Object.keys(parameters).length > 0 ? parameters : undefined,
    requestModels: Object.keys(models).length > 0 ? models : undefined,
  });
}

/** The body of Swagger, for each content type that the method consumes. */
function bodyOf(task: Import, method: JsonObject, body: JsonObject, name: string): Record<string, string> {
  const model = modelOfSchema(task, body['schema'], requestTo(name));
  return model === undefined ? {} : perType(list(method['consumes'] ?? task.document.root['consumes']), model);
}

/** Where a request is, in a warning [I]. */
const requestTo = (name: string) => `request to method '${name}'`;

/** The models of `content`, by content type. */
export function contentOf(task: Import, body: JsonObject, where: string): Record<string, string> {
  const models = Object.entries(object(body['content'])).map(([type, value]) => [
    type,
    modelOfSchema(task, object(value)['schema'], where),
  ]);
  return Object.fromEntries(models.filter(([, model]) => model !== undefined)) as Record<string, string>;
}

/** One model for several content types; for JSON where none is named. */
export function perType(types: JsonObject[string], model: string): Record<string, string> {
  const named = list(types).flatMap((type) => text(type) ?? []);
  return Object.fromEntries((named.length > 0 ? named : ['application/json']).map((type) => [type, model]));
}
