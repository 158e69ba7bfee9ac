import { describe, it, expect } from 'vitest';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { listener } from './listener.js';
import { world, BEHIND, NLB } from './behind-balancer.js';
import { type World, alibabaWorld, aws, alibaba } from '../world.js';

describe('target/protocol', () => {
  const named =
    (tls: { serverName?: string }) =>
    ({ integration }: World): void => {
      integration.targets = { orders: { ref: { address: '10.0.20.5', port: 443 }, tls } };
      integration.routes = { 'ANY /orders': 'orders' };
    };
  const plain = ({ targetSpec }: World) => {
    delete targetSpec.tls;
  };
  checkTable(targetProtocol, [
    { why: 'HTTPS to HTTPS', world: aws(), verdict: 'pass' },
    { why: 'HTTP to HTTP', world: alibaba(), verdict: 'pass' },
    {
      why: 'targets with HTTP/1.1',
      world: aws(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'HTTP1' })),
      verdict: 'pass',
    },
    {
      why: 'targets with gRPC only',
      world: aws(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'GRPC' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, orders',
      says: ['HTTP/1.1', 'accepts GRPC only', '464'],
      evidence: [GROUP],
      remedy: ['HTTP1'],
    },
    { why: 'TCP passes TLS through', world: aws(listener({ protocol: 'TCP' })), verdict: 'pass' },
    {
      why: 'plain HTTP to HTTPS: apply adds tls to the routes',
      world: aws(plain),
      verdict: 'fail',
      severity: 'error',
      evidence: [LISTENER],
      remedy: ['integrations.orders.targets.orders.tls', 'postern apply'],
    },
    {
      why: 'plain HTTP to TLS',
      world: aws((world) => (plain(world), listener({ protocol: 'TLS' })(world))),
      verdict: 'fail',
      code: 'PROTOCOL_UNFIT',
    },
    {
      why: 'HTTPS to HTTP',
      world: aws(listener({ protocol: 'HTTP', port: 80 })),
      verdict: 'fail',
      says: ['HTTPS'],
      remedy: ['Remove integrations.orders.targets.orders.tls'],
    },
    { why: 'UDP does not carry HTTP', world: aws(listener({ protocol: 'UDP' })), verdict: 'fail', remedy: ['TCP'] },
    {
      why: 'TLS to a plain address: there is no name to verify a certificate against',
      world: alibaba(named({ serverName: 'orders.internal' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['integrations.orders.targets.orders.tls'],
      remedy: ['remove tls.serverName'],
    },
    { why: 'TLS without a name', world: alibaba(named({})), verdict: 'nothing' },
    {
      why: 'TLS with a name, to the authorization of an address',
      world: alibaba((world) => {
        named({ serverName: 'orders.internal' })(world);
        world.copy('targets', 'shop-orders', { id: 'by-hand', kind: 'address', resourceId: '10.0.20.5', port: 443 });
      }),
      verdict: 'nothing',
    },
  ]);

  it('fails where a plan refuses it', () => {
    const { snapshot, spec } = alibabaWorld(named({ serverName: 'orders.internal' }));
    expect(() => diff(snapshot, spec)).toThrow(/cannot have a server name/);
  });
});

describe('load balancers that forward to each other', () => {
  it('are judged, and the judgement ends', () => {
    const round = world({}, ({ the }) => {
      Object.assign(the('targetGroups', BEHIND), { targets: [{ id: NLB, port: 443, health: 'healthy' }] });
    });
    expect(outcomesOf(targetProtocol, round()).map(({ verdict }) => verdict)).toContain('pass');
  });
});
