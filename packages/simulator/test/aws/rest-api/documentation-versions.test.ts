import { expect } from 'vitest';
import { answers } from '../../answers.js';
import { petsApi } from './rest-world.js';

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

answers('documentation versions', world)`
  # https://github.com/hashicorp/terraform-provider-aws/pull/3287 (create, describe, change the description, delete)
  are made, changed and deleted
    made = create ['1.0', {description: first}]
      == 201 {version: '1.0', description: first, createdDate: ${expect.any(Date)}}
    create ['2.0', {description: ''}] -> {description: absent}
    GetDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0'} == $made
    UpdateDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0', patchOperations: [{op: replace,
      path: /description, value: changed}]} -> {description: changed}
    GetDocumentationVersions {restApiId: $restApiId} -> {items.version: ['1.0', '2.0']}
    DeleteDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0'} -> 202
    GetDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0'} !NotFoundException: ${UNKNOWN}
    DeleteDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0'} !NotFoundException: ${UNKNOWN}
    create '2.0' !ConflictException: Documentation version already exists
    create ['3.0', {stageName: prod}] !NotFoundException: Invalid stage identifier specified
  belong to stages: by their creation, by an update, and by a new stage
    create ['1.0', {stageName: dev}]
    create '2.0'
    stageVersion == '1.0'
    UpdateStage {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace, path: /documentationVersion,
      value: '2.0'}]} -> {documentationVersion: '2.0'}
    UpdateStage {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace, path: /documentationVersion,
      value: '3.0'}]} !NotFoundException: ${UNKNOWN}
    UpdateStage {restApiId: $restApiId, stageName: dev, patchOperations: [{op: replace, path: /documentationVersion,
      value: ''}]} -> {documentationVersion: absent}
    CreateStage {restApiId: $restApiId, deploymentId: $deploymentId, stageName: prod, documentationVersion: '3.0'}
      !NotFoundException: ${UNKNOWN}
    CreateStage {restApiId: $restApiId, deploymentId: $deploymentId, stageName: prod, documentationVersion: '1.0'}
      -> {documentationVersion: '1.0'}
    DeleteDocumentationVersion {restApiId: $restApiId, documentationVersion: '1.0'}
    GetStage {restApiId: $restApiId, stageName: prod} -> {documentationVersion: absent}
`;
