import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { BAD, NOT_FOUND, refused, restWorld } from '../rest-world.js';
import { privateWorld } from '../private-world.js';

const arn = (path: string, region = 'eu-west-1') => `arn:aws:apigateway:${region}::${path}`;

describe('tags', () => {
  it('are set, read and removed by the ARN of an API, a stage or a V1 link', async () => {
    const { apiGateway, restApiId, method, v1 } = await privateWorld();
    await apiGateway.putIntegration({ ...method, type: 'MOCK' });
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    for (const path of [`/restapis/${restApiId}`, `/restapis/${restApiId}/stages/prod`, `/vpclinks/${v1}`]) {
      const resourceArn = arn(path);
      expect((await apiGateway.getTags({ resourceArn })).tags).toEqual({});
      await apiGateway.tagResource({ resourceArn, tags: { team: 'payments', stage: 'test' } });
      await apiGateway.tagResource({ resourceArn, tags: { stage: 'prod' } });
      expect((await apiGateway.getTags({ resourceArn })).tags).toEqual({ team: 'payments', stage: 'prod' });
      await apiGateway.untagResource({ resourceArn, tagKeys: ['stage', 'none'] });
      expect((await apiGateway.getTags({ resourceArn })).tags).toEqual({ team: 'payments' });
    }
    expect((await apiGateway.getRestApi({ restApiId })).tags).toEqual({ team: 'payments' });
    expect((await apiGateway.getVpcLink({ vpcLinkId: v1 })).tags).toEqual({ team: 'payments' });
    expect((await apiGateway.getStage({ restApiId, stageName: 'prod' })).tags).toEqual({ team: 'payments' });
  });

  it('of what does not exist are refused', async () => {
    const { apiGateway, restApiId, v2 } = await privateWorld();
    const paths = [
      '/restapis/wrong',
      `/restapis/${restApiId}/stages/wrong`,
      `/restapis/${restApiId}/resources/x`,
      `/vpclinks/${v2}`,
      '/domainnames/example.com',
      '/usageplans/wrong',
      '/apikeys/wrong',
      '/clientcertificates/wrong',
      '/apis/wrong',
    ];
    for (const path of paths) {
      await expect(apiGateway.getTags({ resourceArn: arn(path) }), path).rejects.toMatchObject({ name: NOT_FOUND });
    }
    for (const resourceArn of [arn(`/restapis/${restApiId}`, 'us-east-1'), 'arn:aws:s3:::bucket', restApiId]) {
      await refused(apiGateway.getTags({ resourceArn }), BAD, /^Invalid ARN specified/);
    }
  });

  it.each([
    ['a key of AWS', { 'aws:team': 'x' }],
    ['a key that is too long', { ['k'.repeat(129)]: 'x' }],
    ['a value that is too long', { team: 'x'.repeat(257) }],
    ['too many', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'x']))],
  ])('with %s are refused', async (_, tags) => {
    const { apiGateway, restApiId } = await privateWorld();
    const resourceArn = arn(`/restapis/${restApiId}`);
    await expect(apiGateway.tagResource({ resourceArn, tags })).rejects.toMatchObject({ name: BAD });
    expect((await apiGateway.getTags({ resourceArn })).tags).toEqual({});
  });
});

answers('tags', restWorld)`
  are those of domain names, usage plans and API keys, too
    acm:RequestCertificate {DomainName: api.example.com, ValidationMethod: DNS}
    advance 3600000
    CreateDomainName {domainName: api.example.com, regionalCertificateArn: $CertificateArn,
      endpointConfiguration: {types: [REGIONAL]}, tags: {team: one}}
    CreateUsagePlan {name: gold, tags: {team: one}}
    key = CreateApiKey {name: key, tags: {team: one}}
    TagResource {resourceArn: ${arn('/domainnames/api.example.com')}, tags: {stage: prod}}
    GetTags {resourceArn: ${arn('/domainnames/api.example.com')}} -> {tags=: {team: one, stage: prod}}
    TagResource {resourceArn: ${arn('/usageplans/$id')}, tags: {stage: prod}}
    GetTags {resourceArn: ${arn('/usageplans/$id')}} -> {tags=: {team: one, stage: prod}}
    TagResource {resourceArn: ${arn('/apikeys/$key.id')}, tags: {stage: prod}}
    GetTags {resourceArn: ${arn('/apikeys/$key.id')}} -> {tags=: {team: one, stage: prod}}
`;
