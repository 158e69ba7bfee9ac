import { describe, expect, it } from 'vitest';
import { writtenPath } from '../../src/cloud/backend-paths.js';
import { judged } from '../plans/judged-plan.js';
import { id, shop, type Resource } from '../plans/shop-plan.js';

describe('the path that parameters write', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ 'overwrite:path': '$request.path' }, undefined],
    [{ 'overwrite:path': '$request.path.proxy' }, undefined],
    [{ 'overwrite:path': '/api/$request.path.proxy' }, '/api/{any+}'],
    [{ 'overwrite:path': '/api/${request.path.proxy}/x' }, '/api/{any+}/x'],
    [{ 'overwrite:path': '/health' }, '/health'],
    [{ 'overwrite:path': '/api', 'append:path': '$request.path.proxy' }, undefined],
  ])('%j: %s', (parameters, path) => {
    expect(writtenPath(parameters)).toBe(path);
  });

  /** A listener that forwards `/api/*` alone. */
  const ruled = (path: string): readonly Resource[] => {
    const all = shop();
    const of = (address: string): Resource => all.find((one) => one.address === address) as Resource;
    const integration = of('aws_apigatewayv2_integration.shop');
    const parameters = { 'overwrite:path': path };
    return shop(
      {
        address: 'aws_lb_listener.shop',
        after: {
          port: 80,
          protocol: 'HTTP',
          default_action: [{ type: 'fixed-response', fixed_response: [{ status_code: '404' }] }],
        },
        refs: { load_balancer_arn: id('aws_lb.shop', 'arn') },
      },
      {
        address: 'aws_lb_listener_rule.api',
        after: { priority: 1, condition: [{ path_pattern: [{ values: ['/api/*'] }] }], action: [{ type: 'forward' }] },
        refs: {
          listener_arn: id('aws_lb_listener.shop', 'arn'),
          'action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
        },
      },
      { ...integration, after: { ...integration.after, request_parameters: parameters } },
      { ...of('aws_apigatewayv2_route.shop'), after: { route_key: 'ANY /api/{proxy+}' } },
    );
  };

  it.each([
    ['/api/$request.path.proxy', 'pass'],
    ['/api/${request.path.proxy}', 'pass'],
    ['$request.path', 'pass'],
    ['/v1/$request.path.proxy', 'fail'],
    ['$request.path.proxy', 'unknown'],
  ])('%s, where a rule forwards /api/* alone: %s', async (path, verdict) => {
    const { integrations, findings } = await judged(ruled(path));
    expect(
      integrations.map(({ after }) => after),
      JSON.stringify(findings),
    ).toEqual([verdict]);
  });
});
