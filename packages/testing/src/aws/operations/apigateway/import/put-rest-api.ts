import type { PutRestApiRequest, RestApi } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { showApi } from '../../../rest-api/api/show-api.js';
import { getApi } from '../../../rest-api/find.js';
import { readDocument } from '../../../rest-api/open-api/document.js';
import { checkParameters, importDocument } from '../../../rest-api/open-api/import-document.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Imports an OpenAPI document into an API. The next deployment serves it. */
export const putRestApi = restOperation<Given<PutRestApiRequest>, RestApi>({
  name: 'PutRestApi',
  kind: 'write',
  limits: { mode: { values: ['merge', 'overwrite'] } },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rate: { perSecond: 1, burst: 1 },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, mode = 'merge', failOnWarnings = false, parameters = {}, body }) {
    checkParameters(parameters);
    const document = readDocument(body); // before the API is looked up: LocalStack, snapshot test_import_api_bad_file
    const api = getApi(call, restApiId);
    const warnings = importDocument(call, api, document, { mode, failOnWarnings, parameters });
    return { ...showApi(api.fields), ...(warnings.length > 0 && { warnings: [...warnings] }) };
  },
});
