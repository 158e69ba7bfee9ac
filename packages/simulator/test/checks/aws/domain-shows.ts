import type { AwsStage } from './account.js';
import { edit, type Show } from '../show.js';

const NAME = 'orders.shop.example.com';

/** A custom domain that leads to the API, by its default stage. */
function addDomain({ call, parts }: AwsStage): void {
  const DomainNameConfigurations = [{ CertificateArn: parts.certificate }];
  call('apigatewayv2', 'CreateDomainName', { DomainName: NAME, DomainNameConfigurations });
  call('apigatewayv2', 'CreateApiMapping', { DomainName: NAME, ApiId: parts.api, Stage: '$default' });
}

/** Shows of custom domains. */
export const DOMAIN_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'gateway/domain',
    setting: addDomain,
    breaks: ({ call, parts }) => {
      const stage = { ApiId: parts.api };
      call('apigatewayv2', 'CreateStage', { ...stage, StageName: 'v2' });
      call('apigatewayv2', 'CreateApiMapping', { ...stage, DomainName: NAME, ApiMappingKey: 'v2', Stage: 'v2' });
    },
    subject: `domain ${NAME}`,
    evidence: () => [NAME],
    remedy: ['to stage v2'],
    heals: ({ call, parts }) => call('apigatewayv2', 'CreateDeployment', { ApiId: parts.api, StageName: 'v2' }),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetDomainNames'],
  },
  {
    check: 'gateway/domain',
    how: 'its stage was deleted by another program while it was mapped',
    setting: addDomain,
    breaks: ({ simulation }) =>
      edit(simulation, (row) => row['basePath'] === '(none)' && row['stage'] === '$default', { stage: 'v2' }),
    subject: `domain ${NAME}`,
    evidence: () => [NAME],
    remedy: ['Create stage v2'],
    heals: ({ call, parts }) => {
      call('apigatewayv2', 'CreateStage', { ApiId: parts.api, StageName: 'v2', AutoDeploy: true });
    },
    denied: ['apigateway:GET', 'apigatewayv2', 'GetApiMappings'],
  },
  {
    check: 'gateway/domain-certificate',
    setting: addDomain,
    breaks: ({ simulation, parts }) =>
      edit(simulation, (row) => row['CertificateArn'] === parts.certificate && row['DomainName'] !== undefined, {
        DomainName: 'stock.shop.example.com',
        SubjectAlternativeNames: ['stock.shop.example.com'],
      }),
    subject: `domain ${NAME}`,
    evidence: ({ parts }) => [parts.certificate],
    remedy: ['covers its name'],
    heals: async ({ call, wait }) => {
      const request = { DomainName: NAME, ValidationMethod: 'DNS' };
      const { CertificateArn } = call('acm', 'RequestCertificate', request);
      await wait();
      const DomainNameConfigurations = [{ CertificateArn }];
      call('apigatewayv2', 'UpdateDomainName', { DomainName: NAME, DomainNameConfigurations });
    },
    denied: ['acm:ListCertificates', 'acm', 'ListCertificates'],
  },
  {
    check: 'gateway/stage',
    how: 'no default endpoint, and no custom domain',
    breaks: ({ call, parts }) =>
      call('apigatewayv2', 'UpdateApi', { ApiId: parts.api, DisableExecuteApiEndpoint: true }),
    evidence: ({ parts }) => [parts.api],
    remedy: ['Map a custom domain'],
    heals: addDomain,
  },
];
