import { blocks, removes, resource, several, type Act } from '@postern/core/internal/overlay';
import { deleted, patched, inBlock, listed, replaced, type PatchesOf } from './methods.js';

/** A part of an API that has an ID, or a name, of its own. */
function part(kind: string, member: string, table: Readonly<Record<string, PatchesOf>>, act: Act = {}): Act {
  const key = { restApiId: 'rest_api_id', [member]: member === 'modelName' ? 'name' : 'id' };
  return {
    operation: `apigateway.Create${kind}`,
    outputs: (answer) => ({ id: answer.id }),
    update: patched(`apigateway.Update${kind}`, key, table),
    remove: deleted(`apigateway.Delete${kind}`, key),
    owners: ['rest_api_id'],
    ...act,
  };
}

const ofDomain = { domainName: 'domain_name', domainNameId: 'domain_name_id' };
const ofMapping = { ...ofDomain, basePath: 'base_path' };
const NO_PATH = '(none)';

/** Authorizers, validators, models, keys, domain names and links of REST APIs. */
export const partActs: Readonly<Record<string, Act>> = {
  aws_api_gateway_authorizer: part(
    'Authorizer',
    'authorizerId',
    {
      authorizer_credentials: replaced('/authorizerCredentials'),
      authorizer_result_ttl_in_seconds: replaced('/authorizerResultTtlInSeconds'),
      authorizer_uri: replaced('/authorizerUri'),
      identity_source: replaced('/identitySource'),
      identity_validation_expression: replaced('/identityValidationExpression'),
      name: replaced('/name'),
      provider_arns: listed('/providerARNs'),
      type: replaced('/type'),
    },
    { names: { providerARNs: 'provider_arns' } },
  ),
  aws_api_gateway_request_validator: part('RequestValidator', 'requestValidatorId', {
    name: replaced('/name'),
    validate_request_body: replaced('/validateRequestBody'),
    validate_request_parameters: replaced('/validateRequestParameters'),
  }),
  aws_api_gateway_model: part('Model', 'modelName', {
    description: replaced('/description'),
    schema: replaced('/schema'),
  }),
  aws_api_gateway_vpc_link: {
    operation: 'apigateway.CreateVpcLink',
    outputs: (answer) => ({ id: answer.id }),
    readyMs: 600_000,
    failure: ({ id }, caller) => {
      const { status, statusMessage } = caller.call('apigateway.GetVpcLink', { vpcLinkId: id });
      return status === 'FAILED' ? String(statusMessage) : undefined;
    },
    update: patched(
      'apigateway.UpdateVpcLink',
      { vpcLinkId: 'id' },
      { name: replaced('/name'), description: replaced('/description') },
    ),
    remove: removes('apigateway.DeleteVpcLink', 'vpcLinkId'),
    goneMs: 600_000,
  },
  aws_api_gateway_client_certificate: resource(
    'apigateway.GenerateClientCertificate',
    'clientCertificateId',
    'apigateway.DeleteClientCertificate',
    {
      update: patched(
        'apigateway.UpdateClientCertificate',
        { clientCertificateId: 'id' },
        { description: replaced('/description') },
      ),
      isUnseen: true,
    },
  ),
  aws_api_gateway_api_key: {
    operation: 'apigateway.CreateApiKey',
    outputs: (answer) => ({ id: answer.id, value: answer.value }),
    update: patched(
      'apigateway.UpdateApiKey',
      { apiKey: 'id' },
      { description: replaced('/description'), enabled: replaced('/enabled'), name: replaced('/name') },
    ),
    remove: removes('apigateway.DeleteApiKey', 'apiKey'),
    isUnseen: true,
  },
  aws_api_gateway_domain_name: {
    operation: 'apigateway.CreateDomainName',
    optional: ['securityPolicy', 'routingMode', 'ownershipVerificationCertificateArn', 'endpointAccessMode'],
    gives: ['domain_name_id', 'regional_domain_name', 'regional_zone_id', 'cloudfront_domain_name'],
    outputs: (answer) => ({
      id: answer.domainName,
      domain_name: answer.domainName,
      domain_name_id: answer.domainNameId,
      regional_domain_name: answer.regionalDomainName,
      regional_zone_id: answer.regionalHostedZoneId,
      cloudfront_domain_name: answer.distributionDomainName,
      cloudfront_zone_id: answer.distributionHostedZoneId,
    }),
    update: patched('apigateway.UpdateDomainName', ofDomain, {
      certificate_arn: replaced('/certificateArn'),
      certificate_name: replaced('/certificateName'),
      regional_certificate_name: replaced('/regionalCertificateName'),
      regional_certificate_arn: replaced('/regionalCertificateArn'),
      routing_mode: replaced('/routingMode'),
      security_policy: replaced('/securityPolicy'),
      policy: replaced('/policy'),
      ownership_verification_certificate_arn: replaced('/ownershipVerificationCertificateArn'),
      endpoint_configuration: inBlock({
        types: (_before, value) => replaced('/endpointConfiguration/types/0')(undefined, several(value)[0]),
        ip_address_type: replaced('/endpointConfiguration/ipAddressType'),
      }),
      // Mutual TLS is on where a truststore is named.
      mutual_tls_authentication: (before, value) =>
        inBlock({
          truststore_uri: replaced('/mutualTlsAuthentication/truststoreUri'),
          truststore_version: replaced('/mutualTlsAuthentication/truststoreVersion'),
        })(before, blocks(value)[0] ?? { truststore_uri: '' }),
    }),
    remove: deleted('apigateway.DeleteDomainName', ofDomain),
  },
  aws_api_gateway_base_path_mapping: {
    operation: 'apigateway.CreateBasePathMapping',
    names: { restApiId: 'api_id', stage: 'stage_name' },
    outputs: (_answer, input) => ({ id: `${String(input['domainName'])}/${String(input['basePath'] ?? '')}` }),
    update: (before, values, caller) => {
      const update = patched('apigateway.UpdateBasePathMapping', ofMapping, {
        api_id: replaced('/restapiId'),
        base_path: replaced('/basePath'),
        stage_name: replaced('/stage'),
      });
      return update({ ...before, base_path: before['base_path'] || NO_PATH }, values, caller);
    },
    remove: (before, caller) =>
      deleted('apigateway.DeleteBasePathMapping', ofMapping)(
        { ...before, base_path: before['base_path'] || NO_PATH },
        caller,
      ),
    owners: ['api_id', 'domain_name'],
    isConsumer: true,
  },
};
