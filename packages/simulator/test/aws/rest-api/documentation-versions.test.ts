import { describe, expect, it } from 'vitest';
import { CONFLICT, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

// https://github.com/deliveryhero/serverless-aws-documentation/pull/174
const UNKNOWN = 'Invalid Documentation version specified';

/** The pets API with the stage `dev`, and a version of its documentation. */
async function world() {
  const pets = await petsApi();
  const { apiGateway, restApiId, method } = pets;
  await apiGateway.putIntegration({ ...method, type: 'MOCK' });
  const { id: deploymentId = '' } = await apiGateway.createDeployment({ restApiId, stageName: 'dev' });
  const create = (documentationVersion: string, more: object = {}) =>
    apiGateway.createDocumentationVersion({ restApiId, documentationVersion, ...more });
  const stageVersion = async () => (await apiGateway.getStage({ restApiId, stageName: 'dev' })).documentationVersion;
  return { ...pets, create, stageVersion, deploymentId };
}

describe('documentation versions', () => {
  // https://github.com/hashicorp/terraform-provider-aws/pull/3287 (create, describe, change the description, delete)
  it('are made, changed and deleted', async () => {
    const { apiGateway, restApiId, create } = await world();
    const made = await create('1.0', { description: 'first' });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ version: '1.0', description: 'first', createdDate: expect.any(Date) });
    expect(await create('2.0', { description: '' })).not.toHaveProperty('description');
    const named = { restApiId, documentationVersion: '1.0' };
    expect(plain(await apiGateway.getDocumentationVersion(named))).toEqual(plain(made));
    const patchOperations = [{ op: 'replace' as const, path: '/description', value: 'changed' }];
    expect(await apiGateway.updateDocumentationVersion({ ...named, patchOperations })).toMatchObject({
      description: 'changed',
    });
    const { items = [] } = await apiGateway.getDocumentationVersions({ restApiId });
    expect(items.map(({ version }) => version)).toEqual(['1.0', '2.0']);
    expect(statusOf(await apiGateway.deleteDocumentationVersion(named))).toBe(202);
    await refused(apiGateway.getDocumentationVersion(named), NOT_FOUND, UNKNOWN);
    await refused(apiGateway.deleteDocumentationVersion(named), NOT_FOUND, UNKNOWN);
    await refused(create('2.0'), CONFLICT, 'Documentation version already exists');
    await refused(create('3.0', { stageName: 'prod' }), NOT_FOUND, 'Invalid stage identifier specified');
  });

  it('belong to stages: by their creation, by an update, and by a new stage', async () => {
    const { apiGateway, restApiId, create, stageVersion, deploymentId } = await world();
    await create('1.0', { stageName: 'dev' });
    await create('2.0');
    expect(await stageVersion()).toBe('1.0');
    const update = (value: string) =>
      apiGateway.updateStage({
        restApiId,
        stageName: 'dev',
        patchOperations: [{ op: 'replace', path: '/documentationVersion', value }],
      });
    expect(await update('2.0')).toMatchObject({ documentationVersion: '2.0' });
    await refused(update('3.0'), NOT_FOUND, UNKNOWN);
    expect(await update('')).not.toHaveProperty('documentationVersion');
    const stage = { restApiId, deploymentId, stageName: 'prod' };
    await refused(apiGateway.createStage({ ...stage, documentationVersion: '3.0' }), NOT_FOUND, UNKNOWN);
    expect(await apiGateway.createStage({ ...stage, documentationVersion: '1.0' })).toMatchObject({
      documentationVersion: '1.0',
    });
    await apiGateway.deleteDocumentationVersion({ restApiId, documentationVersion: '1.0' });
    expect(await apiGateway.getStage({ restApiId, stageName: 'prod' })).not.toHaveProperty('documentationVersion');
  });
});
