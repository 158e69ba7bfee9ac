import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { LEAF } from '../acm/pem.js';
import { BAD, refused } from '../rest-api/rest-world.js';
import { domainWorld, NAME } from './domain-world.js';

const UNKNOWN = 'Invalid domain name identifier specified';
const EDGE_CREATED = 'EDGE endpoint type is not supported for APIGatewayV2 domainName';
const EDGE_MANAGED =
  'Only REGIONAL domain names can be managed through the API Gateway V2 API. For EDGE domain names, please use the API ' +
  'Gateway V1 API. Also note that only REST APIs can be attached to EDGE domain names.';
const OLD_TLS =
  /^Only REGIONAL domain names with a security policy of TLS 1\.2 can be managed through the API Gateway V2 API\./;

answers('CreateDomainName of V2', domainWorld)`
  # https://github.com/aws/aws-cli/blob/develop/awscli/examples/apigatewayv2/create-domain-name.rst
  answers a regional name, which V1 shows, too
    made = create {Tags: {team: shop}}
      == 201 {ApiMappingSelectionExpression: $request.basepath, DomainName: ${NAME},
      DomainNameArn: ${`arn:aws:apigateway:eu-west-1::/domainnames/${NAME}`},
      DomainNameConfigurations: [{ApiGatewayDomainName: '/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/',
      CertificateArn: $CertificateArn, DomainNameStatus: AVAILABLE, EndpointType: REGIONAL, HostedZoneId: ZLY8HYME6SFDD,
      IpAddressType: ipv4, SecurityPolicy: TLS_1_2}], RoutingMode: API_MAPPING_ONLY, Tags: {team: shop}}
    apiGatewayV2:GetDomainName {DomainName: ${NAME}} == $made
    apiGatewayV2:GetDomainNames -> {Items: [$made]}
    GetDomainName {domainName: ${NAME}}
      -> {regionalDomainName: $made.DomainNameConfigurations.0.ApiGatewayDomainName,
      endpointConfiguration: {types: [REGIONAL]}}
  refuses wrong input
    # no configuration
    create {DomainNameConfigurations: []} !BadRequestException: Invalid input. Expected one domain name configuration
    # two
    create {DomainNameConfigurations: [{}, {}]}
      !BadRequestException: Invalid input. Expected one domain name configuration
    create {DomainNameConfigurations: [{EndpointType: EDGE}]} !BadRequestException: ${EDGE_CREATED}
    # TLS 1.0
    create {DomainNameConfigurations: [{SecurityPolicy: TLS_1_0}]}
      !BadRequestException: TLS_1_0 is not supported for APIGatewayV2 domainName.
    create {DomainNameConfigurations: [{}]} !BadRequestException /CertificateArn is required/ # no certificate
    create {DomainName: ''} !BadRequestException: No Domain Name specified # no name
    # a name of another certificate
    create {DomainName: api.example.org} !BadRequestException /does not cover the domain name api\.example\.org/
  makes other types regional
    create [{}, {EndpointType: PRIVATE}] -> {DomainNameConfigurations: [{EndpointType: REGIONAL}]}
`;

answers('CreateDomainName of V2', () => domainWorld({ quotas: { 'public-domain-names': 2 } }))`
  refuses routing rules, a certificate of another region, a name twice and one too many
    create {RoutingMode: ROUTING_RULE_ONLY} !NotImplemented /ROUTING_RULE_ONLY/
    # https: github.com/aws/aws-cdk/issues/10529
    create [{}, {CertificateArn: $edge}]
      !BadRequestException: Invalid certificate ARN: $edge. Certificate must be in 'eu-west-1'.
    create
    # https: github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1151
    create !BadRequestException: The domain name you provided already exists.
    CreateDomainName {domainName: ${NAME}, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}} !BadRequestException: The domain name you provided already exists.
    CreateDomainName {domainName: b.example.com, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}}
    create {DomainName: c.example.com} !LimitExceededException /Domain names/
`;

// https://github.com/hashicorp/terraform-provider-aws/issues/35741
it('UpdateDomainName of V2: needs a second certificate for mutual TLS where the first one is imported', async () => {
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

answers('UpdateDomainName of V2', domainWorld)`
  replaces the configuration as a whole
    create [{}, {IpAddressType: dualstack, CertificateName: old}]
    acm:RequestCertificate {DomainName: ${NAME}, ValidationMethod: DNS}
    advance 600000
    apiGatewayV2:UpdateDomainName {DomainName: ${NAME}, DomainNameConfigurations: [{CertificateArn: $CertificateArn}]}
      -> {DomainNameConfigurations.0: {CertificateArn: $CertificateArn, EndpointType: REGIONAL,
      SecurityPolicy: TLS_1_2}, DomainNameConfigurations.0.CertificateName: absent}
    apiGatewayV2:UpdateDomainName {DomainName: ${NAME}, DomainNameConfigurations: [{CertificateArn: $CertificateArn,
      EndpointType: EDGE}]} !BadRequestException: ${EDGE_CREATED}
    # https: github.com/hashicorp/terraform-provider-aws/issues/18312
    apiGatewayV2:UpdateDomainName {DomainName: ${NAME}, MutualTlsAuthentication: {TruststoreUri: s3://trust/store.pem}}
      !BadRequestException: Invalid input. Expected one domain name configuration
    apiGatewayV2:UpdateDomainName {DomainName: b.example.com} !NotFoundException: ${UNKNOWN}
  turns mutual TLS on and off
    create {MutualTlsAuthentication: {TruststoreUri: s3://trust/store.pem, TruststoreVersion: '1'}}
      -> {MutualTlsAuthentication=: {TruststoreUri: s3://trust/store.pem, TruststoreVersion: '1'}}
    apiGatewayV2:UpdateDomainName {DomainName: ${NAME}, DomainNameConfigurations: [{CertificateArn: $CertificateArn}],
      MutualTlsAuthentication: {TruststoreVersion: '2'}}
      -> {MutualTlsAuthentication: {TruststoreUri: s3://trust/store.pem, TruststoreVersion: '2'}}
    apiGatewayV2:UpdateDomainName {DomainName: ${NAME}, DomainNameConfigurations: [{CertificateArn: $CertificateArn}],
      MutualTlsAuthentication: {TruststoreUri: ''}} -> {MutualTlsAuthentication: absent}
`;

answers('a domain name that V1 created', domainWorld)`
  is shown, and managed where it is regional with TLS 1.2
    CreateDomainName {domainName: edge.example.com, certificateArn: $edge}
    CreateDomainName {domainName: old.example.com, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}, securityPolicy: TLS_1_0}
    CreateDomainName {domainName: ${NAME}, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}}
    apiGatewayV2:GetDomainNames -> {Items.DomainNameConfigurations.0.EndpointType: [EDGE, REGIONAL, REGIONAL]}
    # https: github.com/floci-io/floci/pull/2390 (recorded)
    apiGatewayV2:GetApiMappings {DomainName: edge.example.com} !BadRequestException: ${EDGE_MANAGED}
    apiGatewayV2:DeleteDomainName {DomainName: edge.example.com} !BadRequestException: ${EDGE_MANAGED}
    # https: github.com/amplify-education/serverless-domain-manager/issues/381
    map [$apis.http, $default, v1, old.example.com] !BadRequestException: ${OLD_TLS}
    map [$apis.http, $default] -> 201
`;

answers('tags and deletion of a domain name', domainWorld)`
  are of V1 and V2 alike
    create
    apiGatewayV2:TagResource {ResourceArn: $DomainNameArn, Tags: {team: shop, tier: web}}
    apiGatewayV2:UntagResource {ResourceArn: $DomainNameArn, TagKeys: [tier]}
    apiGatewayV2:GetTags {ResourceArn: $DomainNameArn} -> {Tags=: {team: shop}}
    GetTags {resourceArn: $DomainNameArn} -> {tags=: {team: shop}}
    map [$apis.http, $default]
    apiGatewayV2:DeleteDomainName {DomainName: ${NAME}} -> 204
    apiGatewayV2:GetDomainName {DomainName: ${NAME}} !NotFoundException: ${UNKNOWN}
    GetDomainName {domainName: ${NAME}} !NotFoundException: ${UNKNOWN}
`;
