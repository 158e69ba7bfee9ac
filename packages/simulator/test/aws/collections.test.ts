import { describe, expect, it } from 'vitest';
import { registry } from '../../src/aws/services.js';
import { newAccount as newHttpAccount } from './http-api/account.js';
import { newAccount as newRestAccount } from './rest-api/deployed-account.js';

const HTTP = ['Authorizer', 'Integration', 'IntegrationResponse', 'Model', 'Route', 'RouteResponse'];
const REST = ['Authorizer', 'Deployment', 'Model', 'RequestValidator'];

/** A WebSocket API with an integration and its response, and a stage that is deployed with each change. */
function chat() {
  const account = newHttpAccount();
  const { ApiId } = account.call('CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const { IntegrationId } = account.call('CreateIntegration', { ApiId, IntegrationType: 'MOCK' });
  const route = (RouteKey: string): string => account.call('CreateRoute', { ApiId, RouteKey }).RouteId;
  route('join');
  account.call('CreateStage', { ApiId, StageName: 'prod', AutoDeploy: true });
  const deployed = (): string => account.call('GetStage', { ApiId, StageName: 'prod' }).DeploymentId;
  return { account, ApiId, IntegrationId, route, deployed };
}

describe('the collections of an API', () => {
  it.each([
    ...HTTP.map((name) => ['apigatewayv2', name, 'ApiId'] as const),
    ...REST.map((name) => ['apigateway', name, 'restApiId'] as const),
  ])('%s %s: writes hold the API, reads do not', (service, name, member) => {
    const holds = (operation: string) =>
      registry.get(service, operation).holds?.({ [member]: 'a1b2c3' } as never) ?? 'nothing';
    expect(['Create', 'Update', 'Delete'].map((verb) => holds(`${verb}${name}`))).toEqual(Array(3).fill('a1b2c3'));
    expect([`Get${name}`, `Get${name}s`].map(holds)).toEqual(['nothing', 'nothing']);
  });

  it.each([
    ['DeleteRoute', (world: ReturnType<typeof chat>) => ({ RouteId: world.route('leave') })],
    ['DeleteIntegration', ({ IntegrationId }: ReturnType<typeof chat>) => ({ IntegrationId })],
  ])('%s deploys a stage with AutoDeploy', (operation, named) => {
    const world = chat();
    const input = { ApiId: world.ApiId, ...named(world) };
    const before = world.deployed();
    world.account.call(operation, input);
    expect(world.deployed()).not.toBe(before);
  });

  it('have the limits of a new row for an update, too', () => {
    const { account, ApiId, IntegrationId } = chat();
    const named = { ApiId, IntegrationId, IntegrationResponseKey: '$default' };
    const { IntegrationResponseId } = account.call('CreateIntegrationResponse', named);
    const odd = { ...named, IntegrationResponseId, ContentHandlingStrategy: 'AS_IS' };
    for (const operation of ['CreateIntegrationResponse', 'UpdateIntegrationResponse']) {
      expect(account.refusal(operation, odd)?.message, operation).toContain('AS_IS');
    }
  });

  it('page with tokens that name the API', () => {
    const account = newRestAccount();
    const withParts = (): string => {
      const restApiId = account.newApi();
      for (const name of ['a', 'b']) account.rest('CreateRequestValidator', { restApiId, name });
      return restApiId;
    };
    const [first, second] = [withParts(), withParts()];
    const page = { restApiId: first, limit: 1 };
    const { items, position } = account.rest('GetRequestValidators', page);
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['a']);
    const rest = account.rest('GetRequestValidators', { ...page, position });
    expect(rest.items.map(({ name }: { name: string }) => name)).toEqual(['b']);
    expect(account.refusal('GetRequestValidators', { ...page, restApiId: second, position })?.status).toBe(400);
  });
});
