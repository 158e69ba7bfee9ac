import { notSimulated } from '../../../operation/operation.js';
import { apiPatchTable, checkApi, creationRate, addApi, showApi, showNewApi, checkTags } from '../api/api.js';
import {
  checkedEndpoint,
  checkEndpointTypes,
  type Endpoint,
  leaveUsagePlans,
  mappedDomains,
} from '../api/references.js';
import { checkSecurityPolicy, checkTypeChange, SECURITY_POLICIES } from '../api/security-policy.js';
import { family, getApi, listPage, getStage } from '../collection.js';
import { patched, SHORT_WORDS } from '../patch.js';
import { findTagged } from '../tagged.js';
import { badRequest } from '../words.js';
import type { EndpointType } from '@aws-sdk/client-api-gateway';
import { readDocument } from '../open-api/document.js';
import { exportedDocument, exportedVersion } from '../open-api/export/document.js';
import { exportParts } from '../open-api/export/security.js';
import { checkParameters, importDocument } from '../open-api/import/document.js';
import { apiInfo } from '../open-api/import/models.js';
import { yamlOf } from '../open-api/draft.js';

/** The query parameter with the API's endpoint type. */
const TYPE = 'endpointConfigurationTypes';

/** REST APIs and tags. */
export const apiOperations = family({
  /** Creates an API with its root resource. */
  CreateRestApi: {
    rate: ({ endpointConfiguration }) => creationRate(endpointConfiguration?.types?.[0]),
    limits: {
      apiKeySource: { values: ['HEADER', 'AUTHORIZER'] },
      securityPolicy: { values: SECURITY_POLICIES },
      endpointAccessMode: { values: ['BASIC', 'STRICT'] },
    },
    run(call, { cloneFrom, ...input }) {
      checkEndpointTypes(input.endpointConfiguration);
      if (cloneFrom !== undefined) throw notSimulated('cloneFrom');

      return showNewApi(addApi(call, input).fields);
    },
  },

  /** Changes an API. Its resources, methods and integrations have operations of their own. */
  UpdateRestApi(call, { restApiId, patchOperations }) {
    const api = getApi(call, restApiId);
    const fields = patched(api.fields, patchOperations, apiPatchTable(call), SHORT_WORDS);
    checkApi(fields);
    checkedEndpoint(fields.endpointConfiguration as Endpoint);
    checkTypeChange(api.fields, fields);
    checkSecurityPolicy(fields);
    api.fields = fields;
    return showApi(fields);
  },

  /**
   * Deletes an API with all that belongs to it. Refused while a base path mapping names it; usage
   * plans lose its stages [I].
   * @see https://github.com/glomex/gcdt/issues/373 for the message
   */
  DeleteRestApi: {
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, { restApiId }) {
      const { id } = getApi(call, restApiId).fields;
      const domains = mappedDomains(call, { apiId: id });
      if (domains.length > 0) {
        throw badRequest(
          `Deleting RestApi ${id} failed. Please remove all base path mappings related to the RestApi in your domains: ` +
            domains.join(', '),
        );
      }

      leaveUsagePlans(call, { apiId: id });
      call.state.restApi.apis.delete(id);
      return {};
    },
  },

  GetRestApi: (call, { restApiId }) => showApi(getApi(call, restApiId).fields),

  GetRestApis(call, input) {
    const rows = [...call.state.restApi.apis.values()].map(({ fields }) => fields);
    const { items, ...next } = listPage(rows, input, 'GetRestApis', ({ id }) => id);
    return { items: items.map(showNewApi), ...next };
  },

  /** Sets tags of a resource; tags that are not named stay. */
  TagResource(call, { resourceArn, tags }) {
    const resource = findTagged(call, resourceArn);
    resource.replace(checkTags({ ...resource.tags, ...checkTags(tags) }));
    return {};
  },

  /** Removes tags from a resource. */
  UntagResource(call, { resourceArn, tagKeys }) {
    const resource = findTagged(call, resourceArn);
    const gone = new Set(tagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },

  /** The tags of a resource. The service does not support `limit` and `position` here, and ignores them. */
  GetTags: (call, { resourceArn }) => ({ tags: { ...findTagged(call, resourceArn).tags } }),

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
