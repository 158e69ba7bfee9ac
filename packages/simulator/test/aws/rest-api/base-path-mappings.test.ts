import { it } from 'vitest';
import { answers } from '../../answers.js';
import { NOT_FOUND, petsApi, refused } from './rest-world.js';

const domainName = 'api.example.com';
const UNKNOWN = 'Invalid base path mapping identifier specified';

/** The pets API with the stage `dev`, and a regional domain name. */
async function world() {
  const pets = await petsApi();
  const { simulation, apiGateway, acm, restApiId, method } = pets;
  const { CertificateArn } = await acm.requestCertificate({ DomainName: domainName, ValidationMethod: 'DNS' });
  await simulation.advance(600_000);
  await apiGateway.createDomainName({
    domainName,
    regionalCertificateArn: CertificateArn,
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  await apiGateway.createDeployment({ restApiId, stageName: 'dev' });
  const create = (more: object = {}) =>
    apiGateway.createBasePathMapping({ domainName, restApiId, stage: 'dev', ...more });
  const update = (basePath: string, path: string, value: string) =>
    apiGateway.updateBasePathMapping({ domainName, basePath, patchOperations: [{ op: 'replace', path, value }] });
  return { ...pets, CertificateArn, create, update };
}

answers('CreateBasePathMapping', world)`
  answers what was sent; no base path is (none)
    made = create == 201 {basePath: (none), restApiId: $restApiId, stage: dev}
    create {basePath: v1, stage: absent} == {basePath: v1, restApiId: $restApiId}
    GetBasePathMapping {domainName: ${domainName}, basePath: (none)} == $made
    GetBasePathMappings {domainName: ${domainName}} -> {items.basePath: [(none), v1]}
  refuses wrong input
    create {basePath: v1}
    create {basePath: v1} !ConflictException: Base path already exists for this domain name # a base path twice
    # a slash
    create {basePath: a/b}
      !BadRequestException /^API Gateway V1 doesn't support the slash character \(\/\) in base path mappings\. /
    create {basePath: a b} !BadRequestException /a b/ # a space
    create {restApiId: nothing123} !BadRequestException: Invalid REST API identifier specified # an unknown API
    create {stage: prod} !BadRequestException: Invalid stage identifier specified # an unknown stage
    # an unknown domain name
    create {domainName: a.example.com} !NotFoundException: Invalid domain name identifier specified
  refuses a public API on a private domain name
    certificate = acm:RequestCertificate {DomainName: inner.example.com, ValidationMethod: DNS}
    advance 600000
    CreateDomainName {domainName: inner.example.com, certificateArn: $certificate.CertificateArn,
      endpointConfiguration: {types: [PRIVATE]}}
    create {domainName: inner.example.com, domainNameId: $domainNameId} !BadRequestException /private APIs/
    CreateRestApi {name: inner, endpointConfiguration: {types: [PRIVATE]}}
    create {domainName: inner.example.com, domainNameId: $domainNameId, restApiId: $id, stage: absent}
      == {basePath: (none), restApiId: $id}
`;

answers('UpdateBasePathMapping', world)`
  moves a mapping, and maps it elsewhere
    create {basePath: v1}
    update [v1, /basePath, v2] == {basePath: v2, restApiId: $restApiId, stage: dev}
    GetBasePathMapping {domainName: ${domainName}, basePath: v1} !NotFoundException: ${UNKNOWN}
    update [v2, /stage, ''] == {basePath: v2, restApiId: $restApiId}
    CreateRestApi {name: other}
    update [v2, /restapiId, $id] -> {restApiId: $id}
    update [v2, /basePath, ''] == {basePath: (none), restApiId: $id}
    update [(none), /stage, ''] == {basePath: (none), restApiId: $id}
  refuses what a new one is refused for, and what is not there
    create {basePath: v1}
    create {basePath: v2}
    update [v1, /basePath, v2] !ConflictException: Base path already exists for this domain name
    update [v1, /stage, prod] !BadRequestException: Invalid stage identifier specified
    update [v3, /stage, dev] !NotFoundException: ${UNKNOWN}
    update [v1, /domain, a] !BadRequestException /Must be one of: \[\/basePath, \/restapiId, \/stage\]$/
`;

it('DeleteBasePathMapping: of another region is another one', async () => {
  const { create, simulation } = await world();
  await create();
  const other = simulation.clients('us-west-2').apiGateway;
  const named = { domainName, basePath: '(none)' };
  await refused(other.deleteBasePathMapping(named), NOT_FOUND, 'Invalid domain name identifier specified');
});

answers('DeleteBasePathMapping', world)`
  deletes a mapping once
    create
    DeleteBasePathMapping {domainName: ${domainName}, basePath: (none)} -> 202
    DeleteBasePathMapping {domainName: ${domainName}, basePath: (none)} !NotFoundException: ${UNKNOWN}
`;
