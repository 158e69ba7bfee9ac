import { notSimulated } from '../../../operation/operation.js';
import type { EndpointType } from '@aws-sdk/client-api-gateway';
import { creationRate, addApi, showApi, showNewApi } from '../api/api.js';
import { checkEndpointTypes } from '../api/references.js';
import { family, getApi, getStage } from '../request.js';
import { readDocument } from '../open-api/document.js';
import { exportedDocument, exportedVersion } from '../open-api/export/document.js';
import { exportParts } from '../open-api/export/security.js';
import { checkParameters, importDocument } from '../open-api/import/document.js';
import { apiInfo } from '../open-api/import/fields.js';
import { yamlOf } from '../open-api/draft.js';
import { badRequest } from '../words.js';

/** The query parameter with the API's endpoint type. */
const TYPE = 'endpointConfigurationTypes';

export const openApiOperations = family({
  /** Creates an API from an OpenAPI document. It has the document's models only, not the default ones. */
  ImportRestApi: {
    rate: ({ parameters }) => creationRate(parameters?.[TYPE]),
    run(call, { failOnWarnings = false, parameters = {}, body }) {
      checkParameters(parameters, [TYPE]);
      const document = readDocument(body);
      const type = parameters[TYPE];
      const endpoint = type === undefined ? {} : { endpointConfiguration: { types: [type as EndpointType] } };
      checkEndpointTypes(endpoint.endpointConfiguration);
      const api = addApi(call, { name: apiInfo(document).name ?? '', ...endpoint });
      try {
        const warnings = importDocument(call, api, document, { mode: 'overwrite', failOnWarnings, parameters });
        return { ...showNewApi(api.fields), ...(warnings.length > 0 && { warnings: [...warnings] }) };
      } catch (error) {
        call.state.restApi.apis.delete(api.fields.id);
        throw error;
      }
    },
  },

  /** Imports an OpenAPI document into an API. The next deployment serves it. */
  PutRestApi: {
    limits: { mode: { values: ['merge', 'overwrite'] } },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1, burst: 1 },
    run(call, { restApiId, mode = 'merge', failOnWarnings = false, parameters = {}, body }) {
      checkParameters(parameters);
      const document = readDocument(body); // before the API is looked up: LocalStack, snapshot test_import_api_bad_file
      const api = getApi(call, restApiId);
      const warnings = importDocument(call, api, document, { mode, failOnWarnings, parameters });
      return { ...showApi(api.fields), ...(warnings.length > 0 && { warnings: [...warnings] }) };
    },
  },

  /** Exports what is deployed on a stage as an OpenAPI document, in JSON or YAML. The content type of the answer is not theirs [M]. */
  GetExport(call, { restApiId, stageName, exportType, parameters = {}, accepts }) {
    const api = getApi(call, restApiId);
    const stage = getStage(api, stageName);
    if (exportType !== 'oas30' && exportType !== 'swagger') {
      throw badRequest(`Invalid export type specified: ${exportType}`); // [U]
    }

    const parts = exportParts(parameters);
    const isYaml = /^\s*application\/yaml\s*(?:;|,|$)/i.test(accepts ?? '');
    if (!isYaml && !isJson(accepts)) throw notSimulated(`An export as ${accepts}`);

    const document = exportedDocument(call, api, stage, { type: exportType, parts });
    return {
      contentType: 'application/octet-stream',
      contentDisposition: `attachment; filename="${exportType}_${exportedVersion(api)}.${isYaml ? 'yaml' : 'json'}"`,
      body: new TextEncoder().encode(isYaml ? yamlOf(document) : JSON.stringify(document, undefined, 2)),
    };
  },
});

/** `Accept` names JSON, anything, or nothing. */
function isJson(accepts: string | undefined): boolean {
  return accepts === undefined || /^\s*(?:application\/json|\*\/\*)\s*(?:;|,|$)/i.test(accepts);
}
