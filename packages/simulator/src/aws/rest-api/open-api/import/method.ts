import type { MethodRow, ResourceRow } from '../../state.js';
import { checkIntegration } from '../../integration/check-integration.js';
import { newIntegration } from '../../integration/new-integration.js';
import { checkIntegrationResponse, withIntegrationResponse } from '../../integration/responses.js';
import { checkedMethod, checkVerb } from '../../method/method-rules.js';
import { checkMethodResponse, checkStatusCode, withMethodResponse } from '../../method/responses.js';
import { METHOD_WORDS } from '../../method/words.js';
import type { Import } from '../draft.js';
import { checkExtensions, extension } from '../extensions.js';
import { integrationOf, integrationResponsesOf } from './integration.js';
import { requestOf } from './parameters.js';
import { methodResponses } from './responses.js';
import { securityOf } from './security.js';
import { object, text, type JsonObject } from '../json.js';
import { attempt } from '../report.js';

/** A method in the document. */
export interface MethodSource {
  readonly verb: string;
  readonly path: JsonObject;
  readonly method: JsonObject;
}

/** Makes a method with its responses and its integration; undefined if it was refused. */
export function importMethod(task: Import, resource: ResourceRow, source: MethodSource): MethodRow | undefined {
  const { verb, method } = source;
  checkExtensions('method', method);
  const at = `'${verb}' for resource at path '${resource.path}'`;
  const plain = attempt(task.report, `Unable to put method '${verb}' on resource at path '${resource.path}'`, () =>
    plainMethod(task, source, `${verb} ${resource.path}`),
  );
  if (!plain) return undefined;
  const declared = methodResponses(task, method, { name: `${verb} ${resource.path}`, at }).reduce((row, response) => {
    const set = () => {
      checkMethodResponse(task.api, response);
      return withMethodResponse(row, checkStatusCode(response.statusCode), response);
    };
    return attempt(task.report, `Unable to put method response on ${at}`, set) ?? row;
  }, plain);
  const own = extension(method, 'integration') ?? null;
  if (own === null) return declared;
  return attempt(task.report, `Unable to put integration on ${at}`, () =>
    integrated(task, resource, declared, object(own), at),
  );
}

function plainMethod(task: Import, { verb, path, method }: MethodSource, name: string): MethodRow {
  const operationName = text(method['operationId']);
  const requestValidatorId = validatorId(task, method);
  return checkedMethod(task.api, {
    httpMethod: checkVerb(verb),
    ...securityOf(task, method),
    ...(operationName !== undefined && { operationName }),
    ...(requestValidatorId !== undefined && { requestValidatorId }),
    ...requestOf(task, path, method, name),
  });
}

/** The validator that the method names, or the document. */
function validatorId({ api, document }: Import, method: JsonObject): string | undefined {
  const name = text(extension(method, 'request-validator') ?? extension(document.root, 'request-validator'));
  if (name === undefined) return undefined;
  const row = [...api.requestValidators.values()].find((each) => each.name === name);
  if (!row) throw METHOD_WORDS.requestValidator();
  return row.id;
}

function integrated(task: Import, resource: ResourceRow, row: MethodRow, own: JsonObject, at: string): MethodRow {
  const warn = (name: string, value: string) =>
    task.report.warnings.push(
      `Invalid format for 'requestParameters'. Expected type string for property '${name}' of resource ` +
        `'${resource.path}' and method '${row.httpMethod}' but got '${value}'`,
    );
  const integration = newIntegration(resource.id, integrationOf(own, warn));
  const endpointType = task.api.fields.endpointConfiguration?.types?.[0];
  checkIntegration(task.call, integration, { method: row, endpointType });
  return integrationResponsesOf(own).reduce<MethodRow>(
    (known, response) => {
      const code = checkStatusCode(response.statusCode);
      const set = () => {
        checkIntegrationResponse(known, code, response);
        return withIntegrationResponse(known, code, response);
      };
      return attempt(task.report, `Unable to put integration response on ${at}`, set) ?? known;
    },
    { ...row, methodIntegration: integration },
  );
}
