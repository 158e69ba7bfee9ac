import type { ApiFields, DeploymentRow, IntegrationRow, RouteRow } from './state.js';

type Exported = Pick<DeploymentRow, 'api' | 'routes' | 'integrations'>;

/**
 * Routes and integrations as an OpenAPI document. The words of an integration are as in its import. Which members an export leaves
 * out is [I]; authorizers and CORS are left out.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
export function exportedApi(
  fields: ApiFields,
  { api: settings = fields, routes, integrations }: Exported,
  isExtended: boolean,
): object {
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one] as const));
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const { path, member } = placeOf(route);
    const integration = byId.get(route.Target?.replace(/^integrations\//, '') ?? '');
    paths[path] = {
      ...paths[path],
      [member]: {
        responses: { default: { description: `Default response for ${route.RouteKey}` } },
        ...(route.RouteKey === '$default' && { isDefaultRoute: true }),
        ...(isExtended && integration && { 'x-amazon-apigateway-integration': exportedIntegration(integration) }),
      },
    };
  }
  const info = { title: fields.Name, version: fields.Version ?? fields.CreatedDate?.toISOString() ?? '' };
  const closed = { 'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true } };
  return {
    openapi: '3.0.1',
    info,
    paths,
    ...(isExtended && settings.DisableExecuteApiEndpoint === true && closed),
    ...(isExtended && { 'x-amazon-apigateway-importexport-version': '1.0' }),
  };
}

/** `GET /pets` → `/pets` and `get`. */
function placeOf({ RouteKey }: RouteRow): { readonly path: string; readonly member: string } {
  const [, verb = 'ANY', path = `/${RouteKey}`] = /^([A-Z]+) (\/.*)$/.exec(RouteKey) ?? [];
  return { path, member: verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase() };
}

function exportedIntegration(row: IntegrationRow): object {
  const { ServerNameToVerify } = row.TlsConfig ?? {};
  return {
    type: row.IntegrationType?.toLowerCase(),
    httpMethod: row.IntegrationMethod,
    uri: row.IntegrationUri,
    connectionType: row.ConnectionType,
    connectionId: row.ConnectionId,
    payloadFormatVersion: row.PayloadFormatVersion,
    timeoutInMillis: row.TimeoutInMillis,
    requestParameters: row.RequestParameters,
    ...(row.TlsConfig && {
      tlsConfig: ServerNameToVerify === undefined ? {} : { serverNameToVerify: ServerNameToVerify },
    }),
  };
}
