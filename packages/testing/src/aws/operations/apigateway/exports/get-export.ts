import type { ExportResponse, GetExportRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getApi, getStage } from '../../../rest-api/find.js';
import { exportedDocument, exportedVersion } from '../../../rest-api/open-api/export-document.js';
import { exportParts } from '../../../rest-api/open-api/export-options.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest, notSimulated } from '../../../rest-api/words.js';

/** Exports what is deployed on a stage as an OpenAPI document. The content type of the answer is not JSON's [M]. */
export const getExport = restOperation<Given<GetExportRequest>, ExportResponse>({
  name: 'GetExport',
  kind: 'read',
  run(call, { restApiId, stageName, exportType, parameters = {}, accepts }) {
    const api = getApi(call, restApiId);
    const stage = getStage(api, stageName);
    if (exportType !== 'oas30' && exportType !== 'swagger') {
      throw badRequest(`Invalid export type specified: ${exportType}`); // [U]
    }
    const parts = exportParts(parameters);
    if (!isJson(accepts)) throw notSimulated(`An export as ${accepts}`);
    const document = exportedDocument(call, api, stage, { type: exportType, parts });
    return {
      contentType: 'application/octet-stream',
      contentDisposition: `attachment; filename="${exportType}_${exportedVersion(api)}.json"`,
      body: new TextEncoder().encode(JSON.stringify(document, undefined, 2)),
    };
  },
});

/** `Accept` names JSON, anything, or nothing. */
function isJson(accepts: string | undefined): boolean {
  return accepts === undefined || /^\s*(?:application\/json|\*\/\*)\s*(?:;|,|$)/i.test(accepts);
}
