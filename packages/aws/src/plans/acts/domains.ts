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
  isChanged,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';
import { stays } from './calls.js';

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

/** Of a certificate that is asked for: it is issued a while after its records exist. */
const ISSUED_MS = 3_600_000;

const REQUESTED = { DomainValidationOptions: 'validation_option' };

async function requested(values: ActValues, caller: Caller): Promise<Outputs> {
  const input = caller.fill('acm.RequestCertificate', values, REQUESTED);
  const { CertificateArn: arn } = caller.call('acm.RequestCertificate', input);
  // A stack goes on once it is issued.
  if (ifResolved(values['status']) === 'ISSUED') await caller.wait(ISSUED_MS);
  const { Certificate } = caller.call('acm.DescribeCertificate', { CertificateArn: arn });
  const options = (Certificate.DomainValidationOptions ?? []).map((option: Answer) => ({
    domain_name: option.DomainName,
    resource_record_name: option.ResourceRecord?.Name,
    resource_record_type: option.ResourceRecord?.Type,
    resource_record_value: option.ResourceRecord?.Value,
  }));
  return { id: arn, arn, domain_validation_options: options };
}

const IMPORTED = { Certificate: 'certificate_body', PrivateKey: 'private_key', CertificateChain: 'certificate_chain' };

/** The key of an imported certificate is sensitive: where it is not known, an issued certificate is used. */
async function imported(values: ActValues, caller: Caller): Promise<Outputs> {
  if (ifResolved(values['private_key']) !== undefined && ifResolved(values['certificate_body']) !== undefined) {
    const { CertificateArn } = caller.call(
      'acm.ImportCertificate',
      caller.fill('acm.ImportCertificate', values, IMPORTED),
    );
    return { id: CertificateArn, arn: CertificateArn };
  }

  caller.guess();
  const { CertificateArn } = caller.call('acm.RequestCertificate', {
    DomainName: 'example.com',
    ValidationMethod: 'DNS',
  });
  await caller.wait(ISSUED_MS);
  return { id: CertificateArn, arn: CertificateArn };
}

const isImported = (values: ActValues): boolean =>
  values['private_key'] !== undefined && values['private_key'] !== null;

/** Certificates and their validation. */
export const certificateActs: Readonly<Record<string, Act>> = {
  aws_acm_certificate: {
    gives: ['domain_validation_options'],
    create: (values, caller) => (isImported(values) ? imported(values, caller) : requested(values, caller)),
    update: (before, values, caller) => {
      const CertificateArn = before['arn'];
      if (isImported(values) && isChanged(before, values, ...Object.values(IMPORTED)))
        caller.call('acm.ImportCertificate', {
          ...caller.fill('acm.ImportCertificate', values, IMPORTED),
          CertificateArn,
        });
      if (!isImported(values) && isChanged(before, values, 'options'))
        caller.call('acm.UpdateCertificateOptions', {
          ...caller.fill('acm.UpdateCertificateOptions', values, { CertificateArn: '-' }),
          CertificateArn,
        });
    },
    remove: removes('acm.DeleteCertificate', 'CertificateArn', 'arn'),
  },
  aws_acm_certificate_validation: {
    create: async (values, caller) => {
      const arn = word(values['certificate_arn']);
      await caller.wait(ISSUED_MS);
      return { id: arn, certificate_arn: arn };
    },
    remove: stays,
  },
};
