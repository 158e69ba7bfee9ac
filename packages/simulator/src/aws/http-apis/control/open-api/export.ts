import { defined } from '../../../../simulation/defined.js';
import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { ApiRow, AuthorizerRow, DeploymentRow, IntegrationRow, RouteRow } from '../state.js';

type Exported = Pick<DeploymentRow, 'api' | 'routes' | 'integrations'>;

/**
 * An API as an OpenAPI document, in the words that an import reads. Which members an export leaves out is [I].
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
export function exportedApi(
  { fields, authorizers = new Map() }: Pick<ApiRow, 'fields' | 'authorizers'>,
  { api: settings = fields, routes, integrations }: Exported,
  isExtended: boolean,
): object {
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one] as const));
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const { path, member } = placeOf(route);
    const integration = byId.get(route.Target?.replace(/^integrations\//, '') ?? '');
    const scheme = authorizers.get(route.AuthorizerId ?? '')?.Name;
    paths[path] = {
      ...paths[path],
      [member]: {
        ...defined({ operationId: route.OperationName }),
        responses: { default: { description: `Default response for ${route.RouteKey}` } },
        ...(scheme !== undefined && { security: [{ [scheme]: route.AuthorizationScopes ?? [] }] }),
        ...(route.RouteKey === '$default' && { isDefaultRoute: true }),
        ...(isExtended && route.AuthorizationType === 'AWS_IAM' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
        ...(isExtended && integration && { 'x-amazon-apigateway-integration': exportedIntegration(integration) }),
      },
    };
  }
  const used = [...authorizers.values()].filter((one) =>
    routes.some((route) => route.AuthorizerId === one.AuthorizerId),
  );
  const schemes = Object.fromEntries(used.map((one) => [one.Name ?? '', schemeOf(one, isExtended)]));
  const { Name: title, Description: description } = fields;
  const info = { title, description, version: fields.Version ?? fields.CreatedDate?.toISOString() ?? '' };
  const { CorsConfiguration: cors, DisableExecuteApiEndpoint: isClosed } = settings;
  return {
    openapi: '3.0.1',
    info,
    ...(tagsOf(fields.Tags).length > 0 && isExtended && { tags: tagsOf(fields.Tags) }),
    paths,
    ...(used.length > 0 && { components: { securitySchemes: schemes } }),
    ...(isExtended && cors && { 'x-amazon-apigateway-cors': exportedCors(cors) }),
    ...(isExtended && isClosed === true && { [ENDPOINT]: { disableExecuteApiEndpoint: true } }),
    ...(isExtended && { 'x-amazon-apigateway-importexport-version': '1.0' }),
  };
}

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-openapi-extensions-tag-value.html */
function tagsOf(tags: Readonly<Record<string, string>>): object[] {
  return Object.entries(tags).map(([name, value]) => ({ name, 'x-amazon-apigateway-tag-value': value }));
}

function exportedCors(cors: Cors): object {
  return {
    allowOrigins: cors.AllowOrigins,
    allowMethods: cors.AllowMethods,
    allowHeaders: cors.AllowHeaders,
    exposeHeaders: cors.ExposeHeaders,
    maxAge: cors.MaxAge,
    allowCredentials: cors.AllowCredentials,
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function schemeOf(row: AuthorizerRow, isExtended: boolean): object {
  const isJwt = row.AuthorizerType === 'JWT';
  const own = {
    type: row.AuthorizerType?.toLowerCase(),
    identitySource: row.IdentitySource?.join(','),
    authorizerUri: row.AuthorizerUri,
    authorizerCredentials: row.AuthorizerCredentialsArn,
    authorizerPayloadFormatVersion: row.AuthorizerPayloadFormatVersion,
    authorizerResultTtlInSeconds: row.AuthorizerResultTtlInSeconds,
    enableSimpleResponses: row.EnableSimpleResponses,
    ...(isJwt && {
      jwtConfiguration: { issuer: row.JwtConfiguration?.Issuer, audience: row.JwtConfiguration?.Audience },
    }),
  };
  return {
    ...(isJwt ? { type: 'oauth2', flows: {} } : { type: 'apiKey', name: 'Authorization', in: 'header' }),
    ...(isExtended && { 'x-amazon-apigateway-authorizer': own }),
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
    credentials: row.CredentialsArn,
    integrationSubtype: row.IntegrationSubtype,
    payloadFormatVersion: row.PayloadFormatVersion,
    timeoutInMillis: row.TimeoutInMillis,
    requestParameters: row.RequestParameters,
    responseParameters: row.ResponseParameters,
    ...(row.TlsConfig && {
      tlsConfig: ServerNameToVerify === undefined ? {} : { serverNameToVerify: ServerNameToVerify },
    }),
  };
}
