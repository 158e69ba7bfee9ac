import type { MethodSnapshot } from '@aws-sdk/client-api-gateway';
import type { RestApiCopy, RestApiFields, RestApiRow } from '../state.js';

/**
 * The settings of an API that calls see after the next deployment only.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html
 */
function frozenSettings({ policy, apiKeySource, binaryMediaTypes, minimumCompressionSize }: RestApiFields) {
  return {
    ...(policy !== undefined && { policy }),
    ...(apiKeySource !== undefined && { apiKeySource }),
    ...(binaryMediaTypes !== undefined && { binaryMediaTypes: [...binaryMediaTypes] }),
    ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
  };
}

/**
 * The API as it is now. Rows are replaced and never changed in place, so the copy shares them with the
 * working copy and stays what it is.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export function frozenCopy(api: RestApiRow): RestApiCopy {
  return {
    resources: new Map(api.resources),
    authorizers: new Map(api.authorizers),
    gatewayResponses: new Map(api.gatewayResponses),
    models: new Map(api.models),
    requestValidators: new Map(api.requestValidators),
    ...frozenSettings(api.fields),
  };
}

/** What GetDeployment embeds: each path with methods, and how each method authorizes. */
export function apiSummary({ resources }: RestApiCopy): Record<string, Record<string, MethodSnapshot>> {
  const paths = [...resources.values()].filter(({ methods }) => methods.size > 0);
  return Object.fromEntries(
    paths.map(({ path, methods }) => [
      path,
      Object.fromEntries(
        [...methods].map(([verb, { authorizationType = 'NONE', apiKeyRequired = false }]) => [
          verb,
          { authorizationType, apiKeyRequired },
        ]),
      ),
    ]),
  );
}
