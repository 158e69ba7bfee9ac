import type { ImportTypes } from '@postern/core/overlay';

/** The attribute by which the parts of an API name it, and the API, of which more is not known. */
export const APIS: ImportTypes['apis'] = {
  aws_apigatewayv2_route: {
    of: 'api_id',
    type: 'aws_apigatewayv2_api',
    // Routes of messages have no method.
    more: ({ route_key: key }) => ({
      protocol_type: /^(?:[A-Z]+ \/|\$default$)/.test(String(key)) ? 'HTTP' : 'WEBSOCKET',
    }),
  },
  aws_api_gateway_integration: {
    of: 'rest_api_id',
    type: 'aws_api_gateway_rest_api',
    more: () => ({ root_resource_id: 'root' }),
  },
};
