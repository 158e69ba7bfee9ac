import type { Scope, Gateway } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { readWorld } from './read-world.js';
import { denialOf } from '../../src/rest-apis/cloud/resource-policy.js';

/** A REST API with one method over a V1 link, deployed to `prod`. */
async function deployedApi(integration: object = {}) {
  const cloud = await readWorld();
  const { api, method, rest, v1, edge, settle, driver, ctx } = cloud;
  const linkId = v1(edge.arn);
  await settle();
  const restApiId = api();
  const id = method(restApiId, 'POST /a', { connectionId: linkId, uri: 'https://a.internal/a', ...integration });
  const place = { restApiId, resourceId: id.split('/')[0], httpMethod: 'POST' };
  const patch = (operation: string, path: string, value: string, where: object = place): unknown =>
    rest(operation, { ...where, patchOperations: [{ op: 'replace', path, value }] });
  const deploy = (more: object = { stageName: 'prod' }): string => rest('CreateDeployment', { restApiId, ...more }).id;
  deploy();
  const targets = [{ listener: edge.listener }];
  const read = async (more: Partial<Scope> = { checks: true }): Promise<Gateway> =>
    (await driver.observe({ gateways: [{ restApi: restApiId }], targets, ...more }, ctx)).gateways.find(
      (one) => one.id === restApiId,
    )!;
  const prod = async () => (await read()).stages.find(({ name }) => name === 'prod')!;
  return { ...cloud, restApiId, linkId, id, place, patch, deploy, read, prod };
}

describe('what a stage of a REST API serves', () => {
  it('is its deployment: link, target, path, TLS, method', async () => {
    const { prod, patch, deploy, read, id, linkId, edge, restApiId } = await deployedApi();
    const before = await prod();
    expect(before.served?.routes).toEqual([
      {
        id,
        gatewayId: restApiId,
        key: 'POST /a',
        linkId,
        targetId: edge.listener,
        tls: { serverName: 'a.internal' },
        path: 'overwrite',
        settings: { host: 'a.internal', stream: false },
        raw: null,
      },
    ]);
    patch('UpdateIntegration', '/httpMethod', 'GET');
    patch('UpdateIntegration', '/tlsConfig/insecureSkipVerification', 'true');
    patch('UpdateIntegration', '/uri', 'https://a.internal/v2/a');
    expect((await prod()).served).toEqual(before.served);
    const changed = { method: 'GET', anyAuthority: true, path: 'keep', writtenPath: '/v2/a' };
    expect((await read()).routes[0]).toMatchObject(changed);
    deploy();
    expect((await prod()).served?.routes).toMatchObject([changed]);
  });

  it('has the values of the stage, and those of its canary', async () => {
    const { rest, method, restApiId, prod, deploy, v1, edge, settle, linkId } = await deployedApi();
    const other = v1(edge.arn);
    await settle();
    method(restApiId, 'GET /b', { connectionId: '${stageVariables.link}', uri: 'https://a.internal/b' });
    deploy();
    rest('UpdateStage', {
      restApiId,
      stageName: 'prod',
      patchOperations: [
        { op: 'replace', path: '/variables/link', value: linkId },
        { op: 'replace', path: '/canarySettings/percentTraffic', value: '20' },
        { op: 'replace', path: '/canarySettings/stageVariableOverrides/link', value: other },
      ],
    });
    const stage = await prod();
    const linkOf = (routes: typeof stage.served) => routes?.routes.find(({ key }) => key === 'GET /b')?.linkId;
    expect(linkOf(stage.served)).toBe(linkId);
    expect(stage.canary?.percent).toBe(20);
    expect(linkOf(stage.canary?.served)).toBe(other);
  });

  it('is not known of a canary with a deployment of its own', async () => {
    const { rest, restApiId, patch, prod } = await deployedApi();
    patch('UpdateIntegration', '/httpMethod', 'GET');
    rest('CreateDeployment', { restApiId, stageName: 'prod', canarySettings: { percentTraffic: 100 } });
    const { served, canary } = await prod();
    expect(served?.routes[0]?.method).toBeUndefined();
    expect(canary).toMatchObject({ percent: 100 });
    expect(canary?.served).toBeUndefined();
  });

  it('has the resource policy of the deployment', async () => {
    const { rest, restApiId, prod, read, deploy } = await deployedApi();
    const deny = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
    const value = JSON.stringify({ Version: '2012-10-17', Statement: [deny] });
    rest('UpdateRestApi', { restApiId, patchOperations: [{ op: 'replace', path: '/policy', value }] });
    expect((await prod()).served?.denies).toBeUndefined();
    expect((await read()).denies).toBe('all');
    deploy();
    expect((await prod()).served?.denies).toBe('all');
  });

  it('lacks a value where the URI has a variable that no parameter fills', async () => {
    const { rest, place, prod, deploy } = await deployedApi();
    const unfilled = async () => (await prod()).served?.routes[0]?.unfilled;
    expect(await unfilled()).toBeUndefined();
    const { uri } = rest('GetIntegration', place);
    const put = (end: string, parameter?: string): void => {
      const of = { op: 'replace', path: '/uri', value: `${new URL(uri).origin}${end}` };
      const map = parameter === undefined ? [] : [{ op: 'add', path: `/requestParameters/${parameter}`, value: "'a'" }];
      rest('UpdateIntegration', { ...place, patchOperations: [of, ...map] });
      deploy();
    };
    put('/v/{other}/x');
    expect(await unfilled()).toEqual({ 'integration.request.path.other': '' });
    put('/v/{other+}', 'integration.request.path.other');
    expect(await unfilled()).toBeUndefined();
  });

  it('lacks a response where the integration is no proxy and has none for status 200', async () => {
    const { rest, place, prod, deploy } = await deployedApi({ type: 'HTTP' });
    const lacks = async () => (await prod()).served?.routes[0]?.lacks;
    expect(await lacks()).toBe('response');
    rest('PutMethodResponse', { ...place, statusCode: '200' });
    rest('PutIntegrationResponse', { ...place, statusCode: '200', selectionPattern: '5..' });
    deploy();
    expect(await lacks()).toBe('response');
    rest('PutIntegrationResponse', { ...place, statusCode: '200', selectionPattern: '2..' });
    deploy();
    expect(await lacks()).toBeUndefined();
  });
});

describe('a resource policy', () => {
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  const allow = { ...all, Effect: 'Allow' };
  it.each([
    ['allows all', [allow], undefined],
    ['denies all', [allow, { ...all, Effect: 'Deny' }], 'all'],
    ['denies all, by an ARN', [{ ...all, Effect: 'Deny', Resource: 'arn:aws:execute-api:*:*:abc/*' }], 'all'],
    ['allows nobody', [], 'all'],
    ['is about another action', [{ ...allow, Action: 'execute-api:ManageConnections' }], 'all'],
    ['denies some addresses', [allow, { ...all, Effect: 'Deny', Condition: { NotIpAddress: {} } }], 'some'],
    ['denies one path', [allow, { ...all, Effect: 'Deny', Resource: 'execute-api:/prod/GET/admin' }], 'some'],
    ['allows one account', [{ ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }], 'some'],
  ] as const)('that %s', (_, statements, denial) => {
    const policy = { Version: '2012-10-17', Statement: statements };
    expect(denialOf(policy)).toBe(denial);
    // GetRestApi answers it with escaped quotes.
    expect(denialOf(JSON.stringify(policy).replaceAll('"', '\\"'))).toBe(denial);
  });

  it('that cannot be read decides in a way that is not known; none denies nothing', () => {
    expect(denialOf('{')).toBe('some');
    expect(denialOf(undefined)).toBeUndefined();
  });
});
