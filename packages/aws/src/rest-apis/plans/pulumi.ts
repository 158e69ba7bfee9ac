import type { PulumiTypes } from '@postern/core/internal/overlay';

/** Types of REST APIs of the classic provider, by token. */
export const REST_TOKENS: PulumiTypes['types'] = {
  'aws:apigateway/restApi:RestApi': 'aws_api_gateway_rest_api',
  'aws:apigateway/resource:Resource': 'aws_api_gateway_resource',
  'aws:apigateway/method:Method': 'aws_api_gateway_method',
  'aws:apigateway/methodResponse:MethodResponse': 'aws_api_gateway_method_response',
  'aws:apigateway/integrationResponse:IntegrationResponse': 'aws_api_gateway_integration_response',
  'aws:apigateway/response:Response': 'aws_api_gateway_gateway_response',
  'aws:apigateway/authorizer:Authorizer': 'aws_api_gateway_authorizer',
  'aws:apigateway/integration:Integration': 'aws_api_gateway_integration',
  'aws:apigateway/deployment:Deployment': 'aws_api_gateway_deployment',
  'aws:apigateway/clientCertificate:ClientCertificate': 'aws_api_gateway_client_certificate',
  'aws:apigateway/stage:Stage': 'aws_api_gateway_stage',
  'aws:apigateway/methodSettings:MethodSettings': 'aws_api_gateway_method_settings',
};
