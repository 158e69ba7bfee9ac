import type { ExportApiRequest, ExportApiResponse } from '@aws-sdk/client-apigatewayv2';
import { exportedApi } from '../../api-gateway/export-document.js';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import { badRequest, notSimulated, WORDS } from '../../api-gateway/words.js';

/**
 * An HTTP API as an OpenAPI document: what is deployed on a stage, or the API as it is now.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-exports-specification.html
 */
export const exportApi = gatewayOperation<ExportApiRequest, ExportApiResponse>({
  name: 'ExportApi',
  kind: 'read',
  run(call, { ApiId, Specification, OutputType, StageName, IncludeExtensions = true }) {
    const api = getApi(call, ApiId);
    if (api.fields.ProtocolType !== 'HTTP') throw badRequest('Only HTTP APIs can be exported'); // [U]
    if (Specification !== 'OAS30') throw badRequest(`Invalid specification specified: ${Specification}`); // [U]
    if (OutputType !== 'JSON') throw notSimulated(`An export as ${OutputType}`);
    const stage = StageName === undefined ? undefined : api.stages.get(StageName);
    if (StageName !== undefined && stage === undefined) throw WORDS.stageNotFound();
    const deployed = stage && api.deployments.get(stage.DeploymentId ?? '');
    if (stage !== undefined && deployed === undefined) throw badRequest(`Stage ${StageName} has no deployment`); // [U]
    const current = { routes: [...api.routes.values()], integrations: [...api.integrations.values()] };
    const document = exportedApi(api.fields, deployed ?? current, IncludeExtensions);
    return { body: new TextEncoder().encode(JSON.stringify(document)) };
  },
});
