import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { ACCOUNT, BAD, refused, REGION, restWorld } from './rest-world.js';

const NAME = 'api.example.com';
const UNKNOWN = 'Invalid domain name identifier specified';

/** A world with a certificate of `*.example.com` in the region and in us-east-1. */
async function world() {
  const all = restWorld({ quotas: { 'public-domain-names': 2, 'private-domain-names': 1 } });
  const { simulation, apiGateway } = all;
  const request = async (region: string) => {
    const { acm } = simulation.clients(region);
    const { CertificateArn } = await acm.requestCertificate({ DomainName: '*.example.com', ValidationMethod: 'DNS' });
    return CertificateArn ?? '';
  };
  const [regional, edge] = [await request(REGION), await request('us-east-1')];
  const pending = { regional, edge };
  await simulation.advance(600_000);
  const create = (more: object = {}) =>
    apiGateway.createDomainName({
      domainName: NAME,
      regionalCertificateArn: regional,
      endpointConfiguration: { types: ['REGIONAL'] },
      ...more,
    });
  const createEdge = (more: object = {}) =>
    create({ regionalCertificateArn: undefined, certificateArn: edge, endpointConfiguration: undefined, ...more });
  const createPrivate = (more: object = {}) =>
    createEdge({ certificateArn: regional, endpointConfiguration: { types: ['PRIVATE'] }, ...more });
  const update = (path: string, value: string, op = 'replace') =>
    apiGateway.updateDomainName({ domainName: NAME, patchOperations: [{ op: op as never, path, value }] });
  return { ...all, ...pending, request, create, createEdge, createPrivate, update };
}

describe('CreateDomainName', () => {
  it('refuses certificates of others, that are not issued, or for other names', async () => {
    const { create, regional, request } = await world();
    const owned = 'The certificate provided must be owned by the account creating the domain.';
    await refused(create({ regionalCertificateArn: regional.replace(ACCOUNT, '444455556666') }), BAD, owned);
    await refused(create({ regionalCertificateArn: await request(REGION) }), BAD, /must be issued/);
    await refused(create({ regionalCertificateArn: `${regional}0` }), BAD, 'The provided certificate does not exist.');
    await refused(create({ regionalCertificateArn: 'no' }), BAD, /^Invalid certificate ARN: no/);
    for (const domainName of ['api.example.org', 'a.b.example.com', 'example.com']) {
      await refused(create({ domainName }), BAD, /does not cover/);
    }
  });

  it('refuses a name twice; an edge-optimized one in all regions', async () => {
    const { create, createEdge, simulation, edge } = await world();
    const twice = 'The domain name you provided already exists.';
    await create();
    await refused(create(), BAD, twice);
    await createEdge({ domainName: 'cdn.example.com' });
    const elsewhere = simulation.clients('us-west-2').apiGateway;
    await refused(elsewhere.createDomainName({ domainName: 'cdn.example.com', certificateArn: edge }), BAD, twice);
  });
});

answers('CreateDomainName', world)`
  of a regional one answers a name to point DNS records to
    create
      == 201 {domainName: ${NAME}, domainNameArn: ${`arn:aws:apigateway:${REGION}::/domainnames/${NAME}`},
      regionalCertificateArn: $regional,
      regionalDomainName: '/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/',
      regionalHostedZoneId: ZLY8HYME6SFDD, endpointConfiguration: {types: [REGIONAL], ipAddressType: ipv4},
      domainNameStatus: AVAILABLE, securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY}
    GetDomainName {domainName: ${NAME}}
      == {domainName: ${NAME}, domainNameArn: ${`arn:aws:apigateway:${REGION}::/domainnames/${NAME}`},
      regionalCertificateArn: $regional,
      regionalDomainName: '/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/',
      regionalHostedZoneId: ZLY8HYME6SFDD, endpointConfiguration: {types: [REGIONAL], ipAddressType: ipv4},
      domainNameStatus: AVAILABLE, securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY, tags: {}}
    GetDomainNames
      -> {items=: [{domainName: ${NAME}, domainNameArn: ${`arn:aws:apigateway:${REGION}::/domainnames/${NAME}`},
      regionalCertificateArn: $regional,
      regionalDomainName: '/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/',
      regionalHostedZoneId: ZLY8HYME6SFDD, endpointConfiguration: {types: [REGIONAL], ipAddressType: ipv4},
      domainNameStatus: AVAILABLE, securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY}]}
    GetDomainNames {resourceOwner: OTHER_ACCOUNTS} -> {items: []}
  of an edge-optimized one, the default, answers a distribution
    createEdge
      -> {distributionDomainName: '/^d[a-z0-9]{13}\.cloudfront\.net$/', distributionHostedZoneId: Z2FDTNDATAQYW2,
      endpointConfiguration: {types: [EDGE]}, certificateUploadDate: ${expect.any(Date)}, regionalDomainName: absent}
  of a private one answers an ID, which every call needs
    createPrivate {policy: all} !BadRequestException /^Invalid policy document/
    createPrivate {policy: '[]'} !BadRequestException /^Invalid policy document/
    createPrivate {policy: '{}'}
      -> {domainNameArn: ${`arn:aws:apigateway:${REGION}:${ACCOUNT}:/domainnames/${NAME}+$domainNameId`},
      endpointConfiguration=: {types: [PRIVATE], ipAddressType: dualstack}}
    GetDomainName {domainName: ${NAME}} !NotFoundException: ${UNKNOWN}
    GetDomainName {domainName: ${NAME}, domainNameId: $domainNameId} -> {domainNameId: $domainNameId}
  refuses certificates of another region
    create {regionalCertificateArn: $edge}
      !BadRequestException: Invalid certificate ARN: $edge. Certificate must be in 'eu-west-1'.
    createEdge {certificateArn: $regional}
      !BadRequestException: Invalid certificate ARN: $regional. Certificate must be in 'us-east-1'.
  refuses the member of another endpoint type, and no certificate
    createPrivate {regionalCertificateArn: $regional}
      !BadRequestException: RegionalCertificateArn is not supported for PRIVATE custom domain name
    create {regionalCertificateArn: absent} !BadRequestException /RegionalCertificateArn is required/
    create {certificateArn: $regional} !BadRequestException /RegionalCertificateArn is required/
  refuses names beyond the quotas: public and private ones count apart
    create {domainName: a.example.com}
    create {domainName: b.example.com}
    create !LimitExceededException /Domain names/
    createPrivate
    createPrivate {domainName: c.example.com} !LimitExceededException /Domain names/
  refuses wrong input
    create {domainName: ''} !BadRequestException: No Domain Name specified # no name
    create {domainName: Api.Example.com} !BadRequestException /Api\.Example\.com/ # capitals
    create {policy: '{}'} !BadRequestException /PRIVATE/ # a policy of a public one
    # a truststore elsewhere
    create {mutualTlsAuthentication: {truststoreUri: https://a/b}} !BadRequestException /truststore URI/
    # mutual TLS with TLS 1.0
    create {mutualTlsAuthentication: {truststoreUri: s3://a/b}, securityPolicy: TLS_1_0}
      !BadRequestException /^Mutual TLS is only supported/
    create {certificateBody: PEM} !NotImplemented /upload/ # an uploaded certificate
    create {routingMode: ROUTING_RULE_ONLY} !NotImplemented /ROUTING_RULE_ONLY/ # routing rules
`;

it('UpdateDomainName: takes the certificate with it', async () => {
  const { create, createEdge, update, simulation, regional, edge, request } = await world();
  const inUse = async (region: string, CertificateArn: string) => {
    const { Certificate } = await simulation.clients(region).acm.describeCertificate({ CertificateArn });
    return Certificate?.InUseBy;
  };
  const next = await request(REGION);
  await simulation.advance(600_000);
  const { domainNameArn } = await create();
  expect(await inUse(REGION, regional)).toEqual([domainNameArn]);
  await update('/regionalCertificateArn', next);
  expect(await inUse(REGION, regional)).toEqual([]);
  expect(await inUse(REGION, next)).toEqual([domainNameArn]);
  const { domainNameArn: other } = await createEdge({ domainName: 'edge.example.com' });
  expect(await inUse('us-east-1', edge)).toEqual([other]);
});

answers('UpdateDomainName', world)`
  changes the certificate for another one that covers the name
    create
    next = request ${REGION}
    update [/regionalCertificateArn, $next] !BadRequestException /must be issued/
    advance 600000
    update [/regionalCertificateArn, $next] -> {regionalCertificateArn: $next, tags: {}}
    update [/securityPolicy, TLS_1_0] -> {securityPolicy: TLS_1_0}
    update [/endpointConfiguration/ipAddressType, dualstack] -> {endpointConfiguration: {ipAddressType: dualstack}}
    update [/routingMode, BASE_PATH_MAPPING_ONLY] -> {domainName: ${NAME}}
  keeps a certificate that has expired since
    create
    advance ${500 * 86_400_000}
    update [/regionalCertificateName, old] -> {regionalCertificateName: old}
  turns mutual TLS on, changes its truststore, and turns it off
    create
    update [/mutualTlsAuthentication/truststoreUri, s3://trust/store.pem]
      -> {mutualTlsAuthentication: {truststoreUri: s3://trust/store.pem}}
    update [/mutualTlsAuthentication/truststoreVersion, '2']
      -> {mutualTlsAuthentication: {truststoreUri: s3://trust/store.pem, truststoreVersion: '2'}}
    update [/mutualTlsAuthentication/truststoreUri, ''] -> {mutualTlsAuthentication: absent}
  refuses what is not simulated, and an unknown name
    update [/securityPolicy, TLS_1_2] !NotFoundException: ${UNKNOWN}
    create
    update [/endpointConfiguration/types, EDGE, add] !NotImplemented /endpoint type/
    update [/securityPolicy, ''] !BadRequestException: ${'Invalid security policy specified: '}
    update [/domainName, b.example.com] !BadRequestException /^Invalid patch path {2}'\/domainName'/
`;

it('DeleteDomainName: releases the certificate, which cannot be deleted before', async () => {
  const { createEdge, edge, apiGateway, simulation } = await world();
  const { acm } = simulation.clients('us-east-1');
  const remove = () => acm.deleteCertificate({ CertificateArn: edge });
  await createEdge();
  await refused(remove(), 'ResourceInUseException', /is in use\.$/);
  await apiGateway.deleteDomainName({ domainName: NAME });
  await remove();
  await refused(createEdge(), BAD, 'The provided certificate does not exist.');
});

answers('DeleteDomainName', world)`
  deletes a name with its mappings
    create
    CreateRestApi {name: shop}
    CreateBasePathMapping {domainName: ${NAME}, restApiId: $id}
    DeleteDomainName {domainName: ${NAME}} -> 202
    GetBasePathMappings {domainName: ${NAME}} !NotFoundException: ${UNKNOWN}
    DeleteDomainName {domainName: ${NAME}} !NotFoundException: ${UNKNOWN}
`;
