import type { EndpointType, ImportRestApiRequest, RestApi } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { creationRate } from '../../../rest-api/api/api-rules.js';
import { checkEndpointTypes } from '../../../rest-api/api/endpoint.js';
import { addApi } from '../../../rest-api/api/new-api.js';
import { showNewApi } from '../../../rest-api/api/show-api.js';
import { readDocument } from '../../../rest-api/open-api/document.js';
import { checkParameters, importDocument } from '../../../rest-api/open-api/import-document.js';
import { apiInfo } from '../../../rest-api/open-api/import-fields.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The query parameter with the API's endpoint type. */
const TYPE = 'endpointConfigurationTypes';

/** Creates an API from an OpenAPI document. It has the document's models only, not the default ones. */
export const importRestApi = restOperation<Given<ImportRestApiRequest>, RestApi>({
  name: 'ImportRestApi',
  kind: 'write',
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
});
