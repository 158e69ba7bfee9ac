import { describe, expect, it } from 'vitest';
import {
  backendOf,
  listenersByPort,
  parseBackendUri,
  targetIdOf,
  onStages,
  variablesOf,
} from '../../src/gateways/integration-target.js';

const NLB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/edge/50dc6c495c0c9188';
const ALB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';
const known = { balancersOf: (id: string) => (id === 'v1link' ? [NLB] : undefined) };

describe('the URI of an integration', () => {
  it.each<[string, ReturnType<typeof parseBackendUri>]>([
    ['http://orders.internal', { scheme: 'http', host: 'orders.internal', port: 80, path: '/' }],
    ['https://orders.internal/a/{id}?x=1', { scheme: 'https', host: 'orders.internal', port: 443, path: '/a/{id}' }],
    ['HTTPS://orders.internal:8443/', { scheme: 'https', host: 'orders.internal', port: 8443, path: '/' }],
    [
      'http://${stageVariables.host}:${stageVariables.port}/a',
      { scheme: 'http', host: '${stageVariables.host}', port: undefined, path: '/a' },
    ],
  ])('%s is read', (uri, parsed) => {
    expect(parseBackendUri(uri)).toEqual(parsed);
  });

  it.each([
    undefined,
    '',
    'orders.internal',
    'ftp://a/',
    'arn:aws:lambda:eu-west-1:111122223333:function:x',
    'http://',
  ])('%s is none of HTTP', (uri) => {
    expect(parseBackendUri(uri)).toBeUndefined();
  });
});

describe('where an integration leads', () => {
  it('is the load balancer that it names, or that of its V1 link, at the port of the URI', () => {
    expect(backendOf({ connectionId: 'v2link', integrationTarget: ALB, uri: 'http://a:8080/x' }, known)).toEqual({
      loadBalancerArn: ALB,
      port: 8080,
    });
    expect(backendOf({ connectionId: 'v1link', uri: 'https://a/' }, known)).toEqual({
      loadBalancerArn: NLB,
      port: 443,
    });
    expect(backendOf({ connectionId: 'gone', uri: 'https://a/' }, known)).toBeUndefined();
    expect(backendOf({ connectionId: 'v1link', uri: 'no URI' }, known)).toBeUndefined();
  });

  it('is the listener at that port, and otherwise the load balancer with the port', () => {
    const listenerOf = listenersByPort([{ id: 'listener-1', loadBalancerId: NLB, port: 443, protocol: 'TLS' }]);
    expect(targetIdOf({ loadBalancerArn: NLB, port: 443 }, { listenerOf })).toBe('listener-1');
    expect(targetIdOf({ loadBalancerArn: NLB, port: 80 }, { listenerOf })).toBe(`${NLB}:80`);
  });

  it('is not a listener for datagrams on the same port', () => {
    const on443 = { loadBalancerId: NLB, port: 443 };
    const tcp = { id: 'for-tcp', ...on443, protocol: 'TCP' };
    for (const protocol of ['UDP', 'QUIC']) {
      const udp = { id: 'for-datagrams', ...on443, protocol };
      expect(listenersByPort([tcp, udp])({ loadBalancerArn: NLB, port: 443 })).toBe('for-tcp');
    }
  });
});

describe('an integration with stage variables', () => {
  const integration = { connectionId: '${stageVariables.link}', uri: 'http://${stageVariables.host}:80/' };
  const stage = (name: string, variables?: Record<string, string>, canary?: Record<string, string>) => ({
    name,
    autoDeploy: false,
    ...(variables && { variables }),
    ...(canary && { canary: { percent: 1, variables: canary } }),
  });

  it('leads where each stage with all of them says, and its canary', () => {
    expect(variablesOf(integration)).toEqual(['host', 'link']);
    const stages = [
      stage('none'),
      stage('half', { link: 'a' }),
      stage('prod', { link: 'a', host: 'x.internal' }, { link: 'b' }),
    ];
    expect(onStages(integration, stages)).toEqual([
      { connectionId: 'a', uri: 'http://x.internal:80/', integrationTarget: undefined },
      { connectionId: 'b', uri: 'http://x.internal:80/', integrationTarget: undefined },
    ]);
  });

  it('takes values as they are, and no inherited member', () => {
    const odd = { connectionId: '${stageVariables.constructor}', uri: 'http://a/' };
    expect(onStages(odd, [stage('prod', { link: '$&' })])).toEqual([]);
    const dollars = onStages({ connectionId: '${stageVariables.link}' }, [stage('prod', { link: '$&' })]);
    expect(dollars[0]?.connectionId).toBe('$&');
  });
});
