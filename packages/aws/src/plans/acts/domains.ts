import {
  blocks,
  ifResolved,
  removes,
  sendsChanges,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Input,
} from '@postern/core/internal/overlay';

const NAMES = { DomainNameConfigurations: 'domain_name_configuration' };

const CONFIGURATION = {
  CertificateArn: 'certificate_arn',
  EndpointType: 'endpoint_type',
  IpAddressType: 'ip_address_type',
  OwnershipVerificationCertificateArn: 'ownership_verification_certificate_arn',
  SecurityPolicy: 'security_policy',
};

/** The configuration is sent with each change. @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/apigatewayv2/domain_name.go */
const configured = (values: ActValues): Input => ({
  DomainNameConfigurations: blocks(values['domain_name_configuration']).map((one) =>
    Object.fromEntries(Object.entries(CONFIGURATION).map(([member, name]) => [member, word(ifResolved(one[name]))])),
  ),
});

/** An empty truststore turns mutual TLS off. */
function updateMembers(values: ActValues): Input {
  const [mutual] = blocks(values['mutual_tls_authentication']);
  const [TruststoreUri = '', TruststoreVersion] = ['truststore_uri', 'truststore_version'].map((name) =>
    word(mutual?.[name]),
  );
  return { ...configured(values), MutualTlsAuthentication: { TruststoreUri, TruststoreVersion } };
}

/** The mapping of an API: in snapshots mappings have no IDs. */
const isOf =
  (before: ActValues) =>
  ({ ApiId, ApiMappingKey = '' }: Answer): boolean =>
    ApiId === before['api_id'] && ApiMappingKey === (word(before['api_mapping_key']) ?? '');

/** Domain names and mappings of HTTP APIs. */
export const domainActs: Readonly<Record<string, Act>> = {
  aws_apigatewayv2_domain_name: {
    operation: 'apigatewayv2.CreateDomainName',
    names: NAMES,
    optional: ['IpAddressType', 'OwnershipVerificationCertificateArn', 'RoutingMode'],
    gives: ['domain_name_configuration'],
    outputs: ({ DomainName, DomainNameConfigurations: [made] }) => ({
      id: DomainName,
      domain_name: DomainName,
      domain_name_configuration: [
        { target_domain_name: made?.ApiGatewayDomainName, hosted_zone_id: made?.HostedZoneId },
      ],
    }),
    update: sendsChanges('apigatewayv2.UpdateDomainName', {
      names: { DomainNameConfigurations: '-', MutualTlsAuthentication: '-' },
      of: (before) => ({ DomainName: before['domain_name'] }),
      always: configured,
      members: updateMembers,
    }),
    remove: removes('apigatewayv2.DeleteDomainName', 'DomainName', 'domain_name'),
  },
  aws_apigatewayv2_api_mapping: {
    operation: 'apigatewayv2.CreateApiMapping',
    outputs: (answer) => ({ id: answer.ApiMappingId }),
    update: (before, values, caller) => {
      const { Items } = caller.call('apigatewayv2.GetApiMappings', { DomainName: before['domain_name'] });
      const of = { ApiMappingId: Items.find(isOf(before))?.ApiMappingId ?? before['id'] };
      const update = sendsChanges('apigatewayv2.UpdateApiMapping', {
        of: () => ({ ...of, DomainName: before['domain_name'] }),
        always: ({ api_id: ApiId }) => ({ ApiId: word(ApiId) }),
      });
      return update(before, values, caller);
    },
    remove: (before, caller) => {
      const DomainName = before['domain_name'];
      const { Items } = caller.call('apigatewayv2.GetApiMappings', { DomainName });
      const ApiMappingId = Items.find(isOf(before))?.ApiMappingId ?? before['id'];
      caller.call('apigatewayv2.DeleteApiMapping', { ApiMappingId, DomainName });
    },
    owners: ['api_id', 'domain_name'],
    isConsumer: true,
  },
};
