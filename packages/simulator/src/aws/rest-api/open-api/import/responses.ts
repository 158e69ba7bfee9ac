import type { MethodResponse } from '@aws-sdk/client-api-gateway';
import { resolved } from '../document.js';
import type { Import } from '../draft.js';
import { modelOfSchema } from './models.js';
import { contentOf, perType } from './parameters.js';
import { object, type Json, type JsonObject } from '../json.js';
import { attempt } from '../report.js';

/**
 * The responses that a method declares. One without any gives no warning (LocalStack, snapshot
 * test_import_and_validate_rest_api[swagger-mock-cors.json]). `default`, and classes of statuses such as `2XX`, are none of the service's [U].
 * @param place.name `GET /pets`
 * @param place.at the end of an error: `'GET' for resource at path '/pets'`
 */
export function methodResponses(
  task: Import,
  method: JsonObject,
  { name, at }: { readonly name: string; readonly at: string },
): MethodResponse[] {
  const responses = Object.entries(object(method['responses']));
  return responses.flatMap(([statusCode, value]) => {
    if (!/^\d{3}$/.test(statusCode)) return [];
    const made = attempt(task.report, `Unable to put method response on ${at}`, () =>
      responseOf(task, method, { statusCode, value, where: `${statusCode} response to method '${name}'` }),
    );
    return made ? [made] : [];
  });
}

interface ResponseSource {
  readonly statusCode: string;
  readonly value: Json | undefined;
  /** Where it is, in a warning. */
  readonly where: string;
}

function responseOf(task: Import, method: JsonObject, { statusCode, value, where }: ResponseSource): MethodResponse {
  const response = resolved(task.document, value);
  const names = Object.keys(object(response['headers'])).map((name) => `method.response.header.${name}`);
  const models = modelsOf(task, method, response, where);
  return {
    statusCode,
    ...(names.length > 0 && { responseParameters: Object.fromEntries(names.map((name) => [name, false])) }),
    ...(Object.keys(models).length > 0 && { responseModels: models }),
  };
}

function modelsOf(task: Import, method: JsonObject, response: JsonObject, where: string): Record<string, string> {
  if (task.document.version === 'openapi') return contentOf(task, response, where);
  const model = modelOfSchema(task, response['schema'], where);
  return model === undefined ? {} : perType(method['produces'] ?? task.document.root['produces'], model);
}
