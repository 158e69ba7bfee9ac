import { describe, expect, it } from 'vitest';
import { LEAF } from '../acm/pem.js';
import { BAD, NOT_FOUND, plain, refused, statusOf } from '../rest-api/rest-world.js';
import { domainWorld, NAME } from './domain-world.js';

const UNKNOWN = 'Invalid domain name identifier specified';
const EDGE_CREATED = 'EDGE endpoint type is not supported for APIGatewayV2 domainName';
const EDGE_MANAGED =
  'Only REGIONAL domain names can be managed through the API Gateway V2 API. For EDGE domain names, please use the API ' +
  'Gateway V1 API. Also note that only REST APIs can be attached to EDGE domain names.';
const OLD_TLS =
  /^Only REGIONAL domain names with a security policy of TLS 1\.2 can be managed through the API Gateway V2 API\./;

describe('CreateDomainName of V2', () => {
  // https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/create-domain-name.rst
  it('answers a regional name, which V1 shows, too', async () => {
    const { create, gateway, apiGateway, CertificateArn } = await domainWorld();
    const made = await create({ Tags: { team: 'shop' } });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      ApiMappingSelectionExpression: '$request.basepath',
      DomainName: NAME,
      DomainNameArn: `arn:aws:apigateway:eu-west-1::/domainnames/${NAME}`,
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
          CertificateArn,
          DomainNameStatus: 'AVAILABLE',
          EndpointType: 'REGIONAL',
          HostedZoneId: 'ZLY8HYME6SFDD',
          IpAddressType: 'ipv4',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      RoutingMode: 'API_MAPPING_ONLY',
      Tags: { team: 'shop' },
    });
    expect(plain(await gateway.getDomainName({ DomainName: NAME }))).toEqual(plain(made));
    expect((await gateway.getDomainNames({})).Items).toEqual([plain(made)]);
    const [shown] = made.DomainNameConfigurations ?? [];
    expect(await apiGateway.getDomainName({ domainName: NAME })).toMatchObject({
      regionalDomainName: shown?.ApiGatewayDomainName,
      endpointConfiguration: { types: ['REGIONAL'] },
    });
  });

  it.each([
    // https://github.com/floci-io/floci/pull/2390 (recorded)
    ['no configuration', { DomainNameConfigurations: [] }, 'Invalid input. Expected one domain name configuration'],
    ['two', { DomainNameConfigurations: [{}, {}] }, 'Invalid input. Expected one domain name configuration'],
    ['EDGE', { DomainNameConfigurations: [{ EndpointType: 'EDGE' }] }, EDGE_CREATED],
    // https://github.com/hashicorp/terraform-provider-aws/issues/37869, https://github.com/aws/chalice/pull/1255
    [
      'TLS 1.0',
      { DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_0' }] },
      'TLS_1_0 is not supported for APIGatewayV2 domainName.',
    ],
    ['no certificate', { DomainNameConfigurations: [{}] }, /CertificateArn is required/],
    ['no name', { DomainName: '' }, 'No Domain Name specified'],
    [
      'a name of another certificate',
      { DomainName: 'api.example.org' },
      /does not cover the domain name api\.example\.org/,
    ],
  ])('refuses %s', async (_, more, message) => {
    const { create } = await domainWorld();
    await refused(create(more), BAD, message);
  });

  it('refuses routing rules, a certificate of another region, a name twice and one too many', async () => {
    const { create, edge, apiGateway, CertificateArn } = await domainWorld({ quotas: { 'public-domain-names': 2 } });
    await refused(create({ RoutingMode: 'ROUTING_RULE_ONLY' }), 'NotImplemented', /ROUTING_RULE_ONLY/);
    // https://github.com/aws/aws-cdk/issues/10529
    const elsewhere = `Invalid certificate ARN: ${edge}. Certificate must be in 'eu-west-1'.`;
    await refused(create({}, { CertificateArn: edge }), BAD, elsewhere);
    await create();
    // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1151
    const twice = 'The domain name you provided already exists.';
    await refused(create(), BAD, twice);
    const v1 = { regionalCertificateArn: CertificateArn, endpointConfiguration: { types: ['REGIONAL' as const] } };
    await refused(apiGateway.createDomainName({ domainName: NAME, ...v1 }), BAD, twice);
    await apiGateway.createDomainName({ domainName: 'b.example.com', ...v1 });
    await refused(create({ DomainName: 'c.example.com' }), 'LimitExceededException', /Domain names/);
  });

  it('makes other types regional', async () => {
    const { create } = await domainWorld();
    const { DomainNameConfigurations } = await create({}, { EndpointType: 'PRIVATE' });
    expect(DomainNameConfigurations).toMatchObject([{ EndpointType: 'REGIONAL' }]);
  });
});

describe('UpdateDomainName of V2', () => {
  it('replaces the configuration as a whole', async () => {
    const { create, gateway, simulation, acm } = await domainWorld();
    await create({}, { IpAddressType: 'dualstack', CertificateName: 'old' });
    const { CertificateArn } = await acm.requestCertificate({ DomainName: NAME, ValidationMethod: 'DNS' });
    await simulation.advance(600_000);
    const update = (more: object) => gateway.updateDomainName({ DomainName: NAME, ...more });
    const { DomainNameConfigurations: [now] = [] } = await update({ DomainNameConfigurations: [{ CertificateArn }] });
    expect(now).toMatchObject({ CertificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' });
    expect(now).not.toHaveProperty('CertificateName');
    await refused(update({ DomainNameConfigurations: [{ CertificateArn, EndpointType: 'EDGE' }] }), BAD, EDGE_CREATED);
    // https://github.com/hashicorp/terraform-provider-aws/issues/18312
    const only = { MutualTlsAuthentication: { TruststoreUri: 's3://trust/store.pem' } };
    await refused(update(only), BAD, 'Invalid input. Expected one domain name configuration');
    await refused(gateway.updateDomainName({ DomainName: 'b.example.com' }), NOT_FOUND, UNKNOWN);
  });

  it('turns mutual TLS on and off', async () => {
    const { create, gateway, CertificateArn } = await domainWorld();
    const TruststoreUri = 's3://trust/store.pem';
    const { MutualTlsAuthentication } = await create({
      MutualTlsAuthentication: { TruststoreUri, TruststoreVersion: '1' },
    });
    expect(MutualTlsAuthentication).toEqual({ TruststoreUri, TruststoreVersion: '1' });
    const update = (mutual: object, more: object = {}) =>
      gateway.updateDomainName({
        DomainName: NAME,
        DomainNameConfigurations: [{ CertificateArn, ...more }],
        MutualTlsAuthentication: mutual,
      });
    expect(await update({ TruststoreVersion: '2' })).toMatchObject({
      MutualTlsAuthentication: { TruststoreUri, TruststoreVersion: '2' },
    });
    expect(await update({ TruststoreUri: '' })).not.toHaveProperty('MutualTlsAuthentication');
  });

  // https://github.com/hashicorp/terraform-provider-aws/issues/35741
  it('needs a second certificate for mutual TLS where the first one is imported', async () => {
    const { create, acm, simulation } = await domainWorld();
    const [Certificate, PrivateKey] = [LEAF.certificate, LEAF.key].map((pem) => new TextEncoder().encode(pem));
    const { CertificateArn } = await acm.importCertificate({ Certificate, PrivateKey });
    const names = { DomainName: 'orders.internal', ValidationMethod: 'DNS' as const };
    const { CertificateArn: proof } = await acm.requestCertificate(names);
    await simulation.advance(600_000);
    const mutual = {
      DomainName: 'orders.internal',
      MutualTlsAuthentication: { TruststoreUri: 's3://trust/store.pem' },
    };
    await refused(create(mutual, { CertificateArn }), BAD, 'Missing ownershipVerificationCertificate.');
    const { DomainNameConfigurations } = await create(mutual, {
      CertificateArn,
      OwnershipVerificationCertificateArn: proof,
    });
    expect(DomainNameConfigurations).toMatchObject([{ OwnershipVerificationCertificateArn: proof }]);
  });
});

describe('a domain name that V1 created', () => {
  it('is shown, and managed where it is regional with TLS 1.2', async () => {
    const { gateway, apiGateway, CertificateArn, edge, apis, map } = await domainWorld();
    const regional = {
      regionalCertificateArn: CertificateArn,
      endpointConfiguration: { types: ['REGIONAL' as const] },
    };
    await apiGateway.createDomainName({ domainName: 'edge.example.com', certificateArn: edge });
    await apiGateway.createDomainName({ domainName: 'old.example.com', ...regional, securityPolicy: 'TLS_1_0' });
    await apiGateway.createDomainName({ domainName: NAME, ...regional });
    const { Items = [] } = await gateway.getDomainNames({});
    expect(Items.map((row) => row.DomainNameConfigurations?.[0]?.EndpointType)).toEqual([
      'EDGE',
      'REGIONAL',
      'REGIONAL',
    ]);
    // https://github.com/floci-io/floci/pull/2390 (recorded)
    await refused(gateway.getApiMappings({ DomainName: 'edge.example.com' }), BAD, EDGE_MANAGED);
    await refused(gateway.deleteDomainName({ DomainName: 'edge.example.com' }), BAD, EDGE_MANAGED);
    // https://github.com/amplify-education/serverless-domain-manager/issues/381
    await refused(map(apis.http, '$default', 'v1', 'old.example.com'), BAD, OLD_TLS);
    expect(statusOf(await map(apis.http, '$default'))).toBe(201);
  });
});

describe('tags and deletion of a domain name', () => {
  it('are of V1 and V2 alike', async () => {
    const { create, gateway, apiGateway, apis, map } = await domainWorld();
    const { DomainNameArn: ResourceArn = '' } = await create();
    await gateway.tagResource({ ResourceArn, Tags: { team: 'shop', tier: 'web' } });
    await gateway.untagResource({ ResourceArn, TagKeys: ['tier'] });
    expect((await gateway.getTags({ ResourceArn })).Tags).toEqual({ team: 'shop' });
    expect((await apiGateway.getTags({ resourceArn: ResourceArn })).tags).toEqual({ team: 'shop' });
    await map(apis.http, '$default');
    expect(statusOf(await gateway.deleteDomainName({ DomainName: NAME }))).toBe(204);
    await refused(gateway.getDomainName({ DomainName: NAME }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.getDomainName({ domainName: NAME }), NOT_FOUND, UNKNOWN);
  });
});
