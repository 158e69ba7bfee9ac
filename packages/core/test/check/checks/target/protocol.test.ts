import { describe, it, expect } from 'vitest';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { listener } from './listener.js';
import { world, BEHIND, NLB } from './behind-balancer.js';
import { alibabaWorld, aws, alibaba, copy } from '../world.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

describe('target/protocol', () => {
  const named = (tls: { serverName?: string }) =>
    edit({
      'integration.targets': { orders: { ref: { address: '10.0.20.5', port: 443 }, tls } },
      'integration.routes': { 'ANY /orders': 'orders' },
    });
  const plain = edit({ 'targetSpec.tls': undefined });
  checkTable(targetProtocol, {
    'HTTPS to HTTPS': [aws(), 'pass PROTOCOL_FITS'],
    'HTTP to HTTP': [alibaba(), 'pass PROTOCOL_FITS'],
    'targets with HTTP/1.1': [aws({ 'targetGroups.orders.protocolVersion': 'HTTP1' }), 'pass PROTOCOL_FITS'],
    'targets with gRPC only': [
      aws({ 'targetGroups.orders.protocolVersion': 'GRPC' }),
      'error HTTP1_REFUSED',
      {
        subject: 'target orders, orders',
        says: ['HTTP/1.1', 'accepts GRPC only', '464'],
        evidence: GROUP,
        remedy: 'HTTP1',
      },
    ],
    'TCP passes TLS through': [aws(listener({ protocol: 'TCP' })), 'pass PROTOCOL_FITS'],
    'plain HTTP to HTTPS: apply adds tls to the routes': [
      aws(plain),
      'error PROTOCOL_UNFIT',
      { evidence: LISTENER, remedy: ['integrations.orders.targets.orders.tls', 'postern apply'] },
    ],
    'plain HTTP to TLS': [aws(plain, listener({ protocol: 'TLS' })), 'error PROTOCOL_UNFIT'],
    'HTTPS to HTTP': [
      aws(listener({ protocol: 'HTTP', port: 80 })),
      'error PROTOCOL_UNFIT',
      { says: 'HTTPS', remedy: 'Remove integrations.orders.targets.orders.tls' },
    ],
    'UDP does not carry HTTP': [aws(listener({ protocol: 'UDP' })), 'error PROTOCOL_UNFIT', { remedy: 'TCP' }],
    'TLS to a plain address: there is no name to verify a certificate against': [
      alibaba(named({ serverName: 'orders.internal' })),
      'error PLAN_REFUSES',
      { evidence: 'integrations.orders.targets.orders.tls', remedy: 'remove tls.serverName' },
    ],
    'TLS without a name': [alibaba(named({})), 'nothing'],
    'TLS with a name, to the authorization of an address': [
      alibaba(
        named({ serverName: 'orders.internal' }),
        copy('targets', 'shop-orders', { id: 'by-hand', kind: 'address', resourceId: '10.0.20.5', port: 443 }),
      ),
      'nothing',
    ],
  });

  it('fails where a plan refuses it', () => {
    const { snapshot, spec } = alibabaWorld(named({ serverName: 'orders.internal' }));
    expect(() => diff(snapshot, spec, { clouds: CLOUDS })).toThrow(/cannot have a server name/);
  });
});

it('load balancers that forward to each other: are judged, and the judgement ends', () => {
  const round = world({}, ({ the }) => {
    Object.assign(the('targetGroups', BEHIND), { targets: [{ id: NLB, port: 443, health: 'healthy' }] });
  });
  expect(outcomesOf(targetProtocol, round()).map(({ verdict }) => verdict)).toContain('pass');
});
