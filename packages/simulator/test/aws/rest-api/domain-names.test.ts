import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, NOT_FOUND, plain, refused, REGION, restWorld, statusOf } from './rest-world.js';

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
  it('of a regional one answers a name to point DNS records to', async () => {
    const { create, regional, apiGateway } = await world();
    const made = await create();
    expect(statusOf(made)).toBe(201);
    const shown = {
      domainName: NAME,
      domainNameArn: `arn:aws:apigateway:${REGION}::/domainnames/${NAME}`,
      regionalCertificateArn: regional,
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
      regionalHostedZoneId: 'ZLY8HYME6SFDD',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
    };
    expect(plain(made)).toEqual(shown);
    expect(plain(await apiGateway.getDomainName({ domainName: NAME }))).toEqual({ ...shown, tags: {} });
    expect((await apiGateway.getDomainNames({})).items).toEqual([shown]);
    expect((await apiGateway.getDomainNames({ resourceOwner: 'OTHER_ACCOUNTS' })).items).toEqual([]);
  });

  it('of an edge-optimized one, the default, answers a distribution', async () => {
    const { createEdge } = await world();
    const made = await createEdge();
    expect(made).toMatchObject({
      distributionDomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/) as string,
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
      endpointConfiguration: { types: ['EDGE'] },
      certificateUploadDate: expect.any(Date) as Date,
    });
    expect(made).not.toHaveProperty('regionalDomainName');
  });

  it('of a private one answers an ID, which every call needs', async () => {
    const { createPrivate, apiGateway } = await world();
    await refused(createPrivate({ policy: 'all' }), BAD, /^Invalid policy document/);
    await refused(createPrivate({ policy: '[]' }), BAD, /^Invalid policy document/);
    const { domainNameId, domainNameArn, endpointConfiguration } = await createPrivate({ policy: '{}' });
    expect(domainNameArn).toBe(`arn:aws:apigateway:${REGION}:${ACCOUNT}:/domainnames/${NAME}+${domainNameId}`);
    expect(endpointConfiguration).toEqual({ types: ['PRIVATE'], ipAddressType: 'dualstack' });
    await refused(apiGateway.getDomainName({ domainName: NAME }), NOT_FOUND, UNKNOWN);
    expect(await apiGateway.getDomainName({ domainName: NAME, domainNameId })).toMatchObject({ domainNameId });
  });

  it('refuses certificates of another region', async () => {
    const { create, createEdge, regional, edge } = await world();
    const other = (arn: string, region: string) =>
      `Invalid certificate ARN: ${arn}. Certificate must be in '${region}'.`;
    await refused(create({ regionalCertificateArn: edge }), BAD, other(edge, 'eu-west-1'));
    await refused(createEdge({ certificateArn: regional }), BAD, other(regional, 'us-east-1'));
  });

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

  it('refuses the member of another endpoint type, and no certificate', async () => {
    const { create, createPrivate, regional } = await world();
    const message = 'RegionalCertificateArn is not supported for PRIVATE custom domain name';
    await refused(createPrivate({ regionalCertificateArn: regional }), BAD, message);
    await refused(create({ regionalCertificateArn: undefined }), BAD, /RegionalCertificateArn is required/);
    await refused(create({ certificateArn: regional }), BAD, /RegionalCertificateArn is required/);
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

  it('refuses names beyond the quotas: public and private ones count apart', async () => {
    const { create, createPrivate } = await world();
    for (const domainName of ['a.example.com', 'b.example.com']) await create({ domainName });
    await refused(create(), 'LimitExceededException', /Domain names/);
    await createPrivate();
    await refused(createPrivate({ domainName: 'c.example.com' }), 'LimitExceededException', /Domain names/);
  });

  it.each([
    ['no name', { domainName: '' }, BAD, 'No Domain Name specified'],
    ['capitals', { domainName: 'Api.Example.com' }, BAD, /Api\.Example\.com/],
    ['a policy of a public one', { policy: '{}' }, BAD, /PRIVATE/],
    ['a truststore elsewhere', { mutualTlsAuthentication: { truststoreUri: 'https://a/b' } }, BAD, /truststore URI/],
    [
      'mutual TLS with TLS 1.0',
      { mutualTlsAuthentication: { truststoreUri: 's3://a/b' }, securityPolicy: 'TLS_1_0' },
      BAD,
      /^Mutual TLS is only supported/,
    ],
    ['an uploaded certificate', { certificateBody: 'PEM' }, 'NotImplemented', /upload/],
    ['routing rules', { routingMode: 'ROUTING_RULE_ONLY' }, 'NotImplemented', /ROUTING_RULE_ONLY/],
  ])('refuses %s', async (_, more, name, message) => {
    const { create } = await world();
    await refused(create(more), name, message);
  });
});

describe('UpdateDomainName', () => {
  it('changes the certificate for another one that covers the name', async () => {
    const { create, update, request, simulation } = await world();
    await create();
    const next = await request(REGION);
    await refused(update('/regionalCertificateArn', next), BAD, /must be issued/);
    await simulation.advance(600_000);
    expect(await update('/regionalCertificateArn', next)).toMatchObject({ regionalCertificateArn: next, tags: {} });
    expect(await update('/securityPolicy', 'TLS_1_0')).toMatchObject({ securityPolicy: 'TLS_1_0' });
    expect(await update('/endpointConfiguration/ipAddressType', 'dualstack')).toMatchObject({
      endpointConfiguration: { ipAddressType: 'dualstack' },
    });
    expect(await update('/routingMode', 'BASE_PATH_MAPPING_ONLY')).toMatchObject({ domainName: NAME });
  });

  it('takes the certificate with it', async () => {
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

  it('keeps a certificate that has expired since', async () => {
    const { create, update, simulation } = await world();
    await create();
    await simulation.advance(500 * 86_400_000);
    expect(await update('/regionalCertificateName', 'old')).toMatchObject({ regionalCertificateName: 'old' });
  });

  it('turns mutual TLS on, changes its truststore, and turns it off', async () => {
    const { create, update } = await world();
    const truststoreUri = 's3://trust/store.pem';
    await create();
    expect(await update('/mutualTlsAuthentication/truststoreUri', truststoreUri)).toMatchObject({
      mutualTlsAuthentication: { truststoreUri },
    });
    expect(await update('/mutualTlsAuthentication/truststoreVersion', '2')).toMatchObject({
      mutualTlsAuthentication: { truststoreUri, truststoreVersion: '2' },
    });
    expect(await update('/mutualTlsAuthentication/truststoreUri', '')).not.toHaveProperty('mutualTlsAuthentication');
  });

  it('refuses what is not simulated, and an unknown name', async () => {
    const { create, update } = await world();
    await refused(update('/securityPolicy', 'TLS_1_2'), NOT_FOUND, UNKNOWN);
    await create();
    await refused(update('/endpointConfiguration/types', 'EDGE', 'add'), 'NotImplemented', /endpoint type/);
    await refused(update('/securityPolicy', ''), BAD, 'Invalid security policy specified: ');
    await refused(update('/domainName', 'b.example.com'), BAD, /^Invalid patch path {2}'\/domainName'/);
  });
});

describe('DeleteDomainName', () => {
  it('releases the certificate, which cannot be deleted before', async () => {
    const { createEdge, edge, apiGateway, simulation } = await world();
    const { acm } = simulation.clients('us-east-1');
    const remove = () => acm.deleteCertificate({ CertificateArn: edge });
    await createEdge();
    await refused(remove(), 'ResourceInUseException', /is in use\.$/);
    await apiGateway.deleteDomainName({ domainName: NAME });
    await remove();
    await refused(createEdge(), BAD, 'The provided certificate does not exist.');
  });

  it('deletes a name with its mappings', async () => {
    const { create, apiGateway } = await world();
    await create();
    const { id: restApiId } = await apiGateway.createRestApi({ name: 'shop' });
    await apiGateway.createBasePathMapping({ domainName: NAME, restApiId });
    expect(statusOf(await apiGateway.deleteDomainName({ domainName: NAME }))).toBe(202);
    await refused(apiGateway.getBasePathMappings({ domainName: NAME }), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.deleteDomainName({ domainName: NAME }), NOT_FOUND, UNKNOWN);
  });
});
