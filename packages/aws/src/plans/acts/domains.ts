import { removes, sendsChanges, word, type Act, type ActValues, type Answer } from '@postern/core/internal/overlay';

const NAMES = { DomainNameConfigurations: 'domain_name_configuration' };

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
      names: NAMES,
      of: (before) => ({ DomainName: before['domain_name'] }),
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
