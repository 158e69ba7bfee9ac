import { describe, expect, it } from 'vitest';
import { answers } from '../../../answers.js';
import { bad, newAccount, type Account } from '../deployed-account.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const CANARY = 'Invalid deployment content specified.';

const privateTo = (connectionId: string) => ({
  type: 'HTTP_PROXY' as const,
  httpMethod: 'GET',
  uri: 'http://orders.example.com',
  connectionType: 'VPC_LINK' as const,
  connectionId,
});

describe('CreateDeployment', () => {
  it('freezes authorizers, gateway responses, models, validators and the policy, too', () => {
    const account = newAccount();
    const restApiId = account.api();
    const api = account.state.restApi.apis.get(restApiId)!;
    api.fields = { ...api.fields, policy: '{"before":true}' };
    api.models.clear();
    api.models.set('Order', { name: 'Order' });
    api.authorizers.set('a1', { id: 'a1', name: 'jwt' });
    api.requestValidators.set('v1', { id: 'v1' });
    api.gatewayResponses.set('THROTTLED', { responseType: 'THROTTLED' });
    const { copy } = api.deployments.get(account.deploy(restApiId))!;
    api.fields = { ...api.fields, policy: '{"before":false}' };
    for (const rows of [api.models, api.authorizers, api.requestValidators, api.gatewayResponses]) rows.clear();
    expect(copy.policy).toBe('{"before":true}');
    expect([...copy.models.keys(), ...copy.authorizers.keys()]).toEqual(['Order', 'a1']);
    expect([...copy.requestValidators.keys(), ...copy.gatewayResponses.keys()]).toEqual(['v1', 'THROTTLED']);
  });

  it('freezes the source of API keys, the binary media types and the smallest size to compress, too', () => {
    const account = newAccount();
    const restApiId = account.api();
    const settings = () => {
      const { copy } = account.state.restApi.apis.get(restApiId)!.deployments.get(account.deploy(restApiId))!;
      const { apiKeySource, binaryMediaTypes, minimumCompressionSize } = copy;
      return { apiKeySource, binaryMediaTypes, minimumCompressionSize };
    };
    expect(settings()).toEqual({ apiKeySource: 'HEADER' });
    const set = (op: string, path: string, value?: string) => ({ op, path, value });
    account.rest('UpdateRestApi', {
      restApiId,
      patchOperations: [
        set('replace', '/apiKeySource', 'AUTHORIZER'),
        set('add', '/binaryMediaTypes/image~1png'),
        set('replace', '/minimumCompressionSize', '1024'),
      ],
    });
    const frozen = { apiKeySource: 'AUTHORIZER', binaryMediaTypes: ['image/png'], minimumCompressionSize: 1024 };
    const first = account.state.restApi.apis.get(restApiId)!.deployments.values().next().value!;
    expect(first.copy).not.toHaveProperty('binaryMediaTypes');
    expect(settings()).toEqual(frozen);
  });

  it('refuses a private API without a resource policy', () => {
    const account = newAccount();
    const { id: restApiId } = account.rest('CreateRestApi', {
      name: 'inside',
      endpointConfiguration: { types: ['PRIVATE'] },
    });
    account.putMethod(restApiId, 'GET');
    const refusal = () => account.refusal('CreateDeployment', { restApiId, stageName: 'prod' });
    expect(refusal()).toEqual(bad("Private REST API doesn't have a resource policy attached to it"));
    const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }];
    const value = JSON.stringify({ Version: '2012-10-17', Statement });
    account.rest('UpdateRestApi', { restApiId, patchOperations: [{ op: 'replace', path: '/policy', value }] });
    expect(account.rest('CreateDeployment', { restApiId, stageName: 'prod' })).toHaveProperty('id');
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'a canary without a stage',
      { canarySettings: {} },
      `${CANARY}Non null and non empty stageName must be provided for canary deployment. Provided value is null`,
    ],
    [
      'a canary with an empty stage',
      { stageName: '', canarySettings: {} },
      `${CANARY}Non null and non empty stageName must be provided for canary deployment. Provided value is `,
    ],
    [
      'a canary of a stage that does not exist',
      { stageName: 'beta', canarySettings: {} },
      `${CANARY}Stage beta must already be created before making a canary release deployment`,
    ],
    ['a stage name with a dot', { stageName: 'v1.0' }, 'Stage name only allows a-zA-Z0-9_-'],
    [
      'a variable with a space',
      { stageName: 'beta', variables: { a: 'b c' } },
      /^Invalid stage variable value: b c\.  Please use/,
    ],
  ])('refuses %s', (_, input, message) => {
    const account = newAccount();
    const restApiId = account.api();
    const expected = message instanceof RegExp ? expect.stringMatching(message) : message;
    expect(account.refusal('CreateDeployment', { restApiId, ...input })).toEqual(bad(expected));
    expect(account.rest('GetDeployments', { restApiId }).items).toEqual([]);
  });
});

answers('CreateDeployment', newAccount)`
  answers the ID, the date, and the description where there is one
    restApiId = api
    CreateDeployment {restApiId: $restApiId} == {id: '/^[a-z0-9]{6}$/', createdDate: ${NOW}}
    CreateDeployment {restApiId: $restApiId, description: first} -> {description: first}
    GetStages {restApiId: $restApiId} == {item: []}
  truth 6: freezes the API; later changes show only in a later deployment
    restApiId = api
    first = deploy $restApiId
    putMethod [$restApiId, POST]
    second = deploy $restApiId
    GetDeployment {restApiId: $restApiId, deploymentId: $first, embed: [apisummary]}
      -> {apiSummary=: {/: {GET: {authorizationType: NONE, apiKeyRequired: false}}}}
    GetDeployment {restApiId: $restApiId, deploymentId: $second, embed: [apisummary]}
      -> {apiSummary=: {/: {GET: {authorizationType: NONE, apiKeyRequired: false}, POST: {authorizationType: NONE,
      apiKeyRequired: false}}}}
  creates the stage that it names, and moves it when it exists
    restApiId = api
    first = deploy [$restApiId, {stageName: prod, stageDescription: production, variables: {color: blue},
      tracingEnabled: true}]
    GetStage {restApiId: $restApiId, stageName: prod}
      == {stageName: prod, deploymentId: $first, description: production, variables: {color: blue},
      tracingEnabled: true, cacheClusterEnabled: false, cacheClusterStatus: NOT_AVAILABLE, methodSettings: {},
      createdDate: ${NOW}, lastUpdatedDate: ${NOW}}
    second = deploy [$restApiId, {stageName: prod}]
    GetStage {restApiId: $restApiId, stageName: prod}
      -> {deploymentId: $second, variables: {color: blue}, description: production}
    deploy [$restApiId, {stageName: ''}]
    GetStage {restApiId: $restApiId, stageName: prod} -> {deploymentId: $second}
  truth 7: refuses an API without methods, and a method without an integration
    restApiId = newApi
    CreateDeployment {restApiId: $restApiId, stageName: prod}
      !400 BadRequestException: The REST API doesn't contain any methods
    putMethod [$restApiId, GET, null]
    CreateDeployment {restApiId: $restApiId, stageName: prod}
      !400 BadRequestException: No integration defined for method
    GetStages {restApiId: $restApiId} == {item: []}
    GetDeployments {restApiId: $restApiId} -> {items: []}
  refuses an API that does not exist, and gives the stage a cache cluster
    CreateDeployment {restApiId: nothing} !404 NotFoundException: Invalid API identifier specified 111122223333:nothing
    api = api
    CreateDeployment {restApiId: $api, stageName: prod, cacheClusterEnabled: true}
    GetStage {restApiId: $api, stageName: prod}
      -> {cacheClusterEnabled: true, cacheClusterSize: '0.5', cacheClusterStatus: CREATE_IN_PROGRESS}
  truth 8: points the canary of an existing stage at the copy; production stays
    restApiId = api
    production = deploy [$restApiId, {stageName: prod}]
    canary = deploy [$restApiId, {stageName: prod, canarySettings: {percentTraffic: 50,
      stageVariableOverrides: {color: green}}}]
    GetStage {restApiId: $restApiId, stageName: prod}
      -> {deploymentId: $production, canarySettings: {percentTraffic: 50, stageVariableOverrides: {color: green},
      deploymentId: $canary, useStageCache: false}}
    next = deploy [$restApiId, {stageName: prod, canarySettings: {}}]
    GetStage {restApiId: $restApiId, stageName: prod}
      -> {canarySettings=: {deploymentId: $next, percentTraffic: 0, useStageCache: false}}
    CreateDeployment {restApiId: $restApiId, stageName: prod}
      !400 BadRequestException /cannot be associated with a non-canary release deployment/
`;

/** Calls of a dispatcher do not wait. The others do: deployment-waits.test.ts. */
describe('truth 7: a deployment with a link', () => {
  const deployed = (account: Account, connectionId: string) => {
    const restApiId = account.newApi();
    account.putMethod(restApiId, 'ANY', privateTo(connectionId));
    return account.refusal('CreateDeployment', { restApiId });
  };
  const refused = (id: string, status: string) =>
    bad(`Cannot deploy API. Vpc link '${id}' is not available. Its status is ${status}.`);

  it('of version 1 succeeds only while the link is AVAILABLE; a call that cannot wait is refused before', async () => {
    const account = newAccount();
    const arn = await account.activeBalancer();
    const { id } = account.rest('CreateVpcLink', { name: 'orders', targetArns: [arn] });
    expect(deployed(account, id)).toEqual(refused(id, 'PENDING'));
    await account.advance(180_000);
    expect(deployed(account, id)).toBeUndefined();
    account.state.restApi.apis.clear();
    account.rest('DeleteVpcLink', { vpcLinkId: id });
    expect(deployed(account, id)).toEqual(refused(id, 'DELETING'));
    await account.advance(120_000);
    expect(deployed(account, id)).toEqual(bad(`Cannot deploy API. Vpc link '${id}' does not exist.`));
  });

  it('that is FAILED is refused', async () => {
    const account = newAccount();
    account.state.restApi.failingVpcLinks.set('*', 'planned');
    const { id } = account.rest('CreateVpcLink', { name: 'orders', targetArns: [account.balancer('orders')] });
    await account.advance(180_000);
    expect(deployed(account, id)).toEqual(refused(id, 'FAILED'));
  });

  it('of version 2 succeeds only once the link is AVAILABLE', async () => {
    const account = newAccount();
    const SubnetIds = [...account.state.ec2.subnets.keys()];
    const { VpcLinkId } = account.call('apigatewayv2', 'CreateVpcLink', { Name: 'orders', SubnetIds });
    expect(deployed(account, VpcLinkId)).toEqual(refused(VpcLinkId, 'PENDING'));
    await account.advance(120_000);
    expect(deployed(account, VpcLinkId)).toBeUndefined();
    // INACTIVE after sixty days: it comes back with its next call.
    await account.advance(60 * 86_400_000);
    expect(deployed(account, VpcLinkId)).toBeUndefined();
  });

  it('that a stage variable names is not checked', () => {
    expect(deployed(newAccount(), '${stageVariables.link}')).toBeUndefined();
  });
});

it('a deployment: is listed with the others, in pages', () => {
  const account = newAccount();
  const restApiId = account.api();
  const ids = Array.from({ length: 26 }, () => account.deploy(restApiId));
  const first = account.rest('GetDeployments', { restApiId });
  expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 25));
  const second = account.rest('GetDeployments', { restApiId, position: first.position });
  expect(second).toEqual({ items: [{ id: ids[25], createdDate: NOW }] });
  expect(account.refusal('GetDeployments', { restApiId, limit: 501 })).toMatchObject({ status: 400 });
});

answers('a deployment', newAccount)`
  is answered with its summary only where that is asked for
    restApiId = api
    deploymentId = deploy $restApiId
    GetDeployment {restApiId: $restApiId, deploymentId: $deploymentId} == {id: $deploymentId, createdDate: ${NOW}}
    GetDeployment {restApiId: $restApiId, deploymentId: $deploymentId, embed: [methods]} !400 BadRequestException
    GetDeployment {restApiId: $restApiId, deploymentId: nothing}
      !404 NotFoundException: Invalid Deployment identifier specified
  changes its description and nothing else
    restApiId = api
    deploymentId = deploy $restApiId
    UpdateDeployment {restApiId: $restApiId, deploymentId: $deploymentId, patchOperations: [{op: replace,
      path: /description, value: second}]} == {id: $deploymentId, createdDate: ${NOW}, description: second}
    UpdateDeployment {restApiId: $restApiId, deploymentId: $deploymentId, patchOperations: [{op: replace,
      path: /description, value: ''}]} -> {description: absent}
    UpdateDeployment {restApiId: $restApiId, deploymentId: $deploymentId, patchOperations: [{op: replace, path: /id,
      value: x}]}
      !400 BadRequestException: Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description]
    UpdateDeployment {restApiId: $restApiId, deploymentId: nothing}
      !404 NotFoundException: Invalid Deployment identifier specified
  truth 9: cannot be deleted while a stage or a canary points to it
    restApiId = api
    production = deploy [$restApiId, {stageName: prod}]
    canary = deploy [$restApiId, {stageName: prod, canarySettings: {percentTraffic: 10}}]
    spare = deploy $restApiId
    DeleteDeployment {restApiId: $restApiId, deploymentId: $production}
      !400 BadRequestException: Active stages pointing to this deployment must be moved or deleted
    DeleteDeployment {restApiId: $restApiId, deploymentId: $canary}
      !400 BadRequestException: Active stages pointing to this deployment must be moved or deleted
    DeleteDeployment {restApiId: $restApiId, deploymentId: $spare} == {}
    DeleteStage {restApiId: $restApiId, stageName: prod}
    DeleteDeployment {restApiId: $restApiId, deploymentId: $production}
    DeleteDeployment {restApiId: $restApiId, deploymentId: $production}
      !404 NotFoundException: Invalid Deployment identifier specified
`;
