import { describe } from 'vitest';
import { gatewayTimeout } from '../../../../src/check/checks/gateway/timeout.js';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import { targetHealthyZones } from '../../../../src/check/checks/target/healthy-zones.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { LISTENER, CERTIFICATE, GROUP, BALANCER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { world, type Form, BEHIND, FRONT, NLB } from './behind-balancer.js';
import type { World } from '../world.js';

const inner =
  (changes: object) =>
  ({ the }: World): void => {
    Object.assign(the('listeners', LISTENER), changes);
  };

const plain = ({ targetSpec }: World): void => {
  delete targetSpec.tls;
};

const certificate =
  (changes: object) =>
  ({ the }: World): void => {
    Object.assign(the('certificates', CERTIFICATE), changes);
  };

describe.each<Form>(['ARN', 'addresses'])('behind a network load balancer, by %s', (form) => {
  checkTable(targetProtocol, [
    { why: 'TLS arrives at a listener for HTTPS', world: world({ form }), verdict: 'pass' },
    {
      why: 'plain HTTP arrives at a listener for HTTP',
      world: world({ form }, plain, inner({ protocol: 'HTTP' })),
      verdict: 'pass',
    },
    {
      why: 'plain HTTP arrives at a listener for HTTPS',
      world: world({ form }, plain),
      verdict: 'fail',
      severity: 'error',
      says: ['plain HTTP through front (TCP 443) to orders-alb, which listens for HTTPS on port 443'],
      evidence: [LISTENER],
      remedy: ['integrations.orders.targets.orders.tls'],
    },
    {
      why: 'TLS arrives at a listener for HTTP',
      world: world({ form }, inner({ protocol: 'HTTP' })),
      verdict: 'fail',
      severity: 'error',
      says: ['HTTPS through front (TCP 443) to orders-alb, which listens for HTTP on port 443'],
      evidence: [LISTENER],
      remedy: ['Remove integrations.orders.targets.orders.tls', 'target group behind'],
    },
    {
      why: 'a listener for TLS sends plain TCP to a listener for HTTPS',
      world: world({ form, protocol: 'TLS', sends: 'TCP' }),
      verdict: 'fail',
      says: ['front sends plain TCP to orders-alb (target group behind), which listens for HTTPS on port 443'],
      remedy: ['a target group for TLS'],
    },
    {
      why: 'a listener for TLS sends TLS of its own to a listener for HTTPS',
      world: world({ form, protocol: 'TLS', sends: 'TLS' }),
      verdict: 'pass',
    },
    {
      why: 'a listener for TLS, and a target group whose protocol was not read',
      world: world({ form, protocol: 'TLS' }, ({ the }) => {
        the('targetGroups', BEHIND).protocol = undefined;
      }),
      verdict: 'unknown',
      severity: 'error',
      says: ['HTTPS 443 of orders-alb'],
    },
    {
      why: 'the target groups were not read, which may contain a load balancer',
      world: world({ form }, plain, (one) => one.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      verdict: 'unknown',
      severity: 'error',
      says: ['a load balancer behind TCP 443 of front'],
    },
    {
      why: 'targets behind the inner listener accept gRPC only',
      world: world({ form }, ({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'GRPC' })),
      verdict: 'fail',
      says: ['464'],
    },
    {
      why: 'a load balancer that gets no calls is not judged',
      world: world({ form }, (one) => {
        plain(one);
        const group = one.the('targetGroups', BEHIND);
        group.targets = group.targets?.map((each) => ({ ...each, health: 'draining' as const }));
      }),
      verdict: 'pass',
    },
  ]);

  checkTable(targetCertificate, [
    { why: 'the certificate of the inner listener covers the name', world: world({ form }), verdict: 'pass' },
    {
      why: 'mutual TLS',
      world: world({ form }, inner({ clientCertificates: 'required' })),
      verdict: 'fail',
      severity: 'error',
      says: ['port 443 of orders-alb requires a client certificate, and HTTP APIs have none'],
    },
    {
      why: 'mutual TLS behind a listener for TLS',
      world: world({ form, protocol: 'TLS', sends: 'TLS' }, inner({ clientCertificates: 'required' })),
      verdict: 'fail',
      says: ['front has none'],
    },
    {
      why: 'mutual TLS of the listener for TLS itself',
      world: world({ form, protocol: 'TLS', sends: 'TLS' }, ({ the }) => {
        the('listeners', FRONT).clientCertificates = 'required';
      }),
      verdict: 'fail',
      severity: 'error',
      says: ['port 443 of front requires a client certificate, and HTTP APIs have none'],
      remedy: ['set the mode of mutual TLS to off.'],
    },
    {
      why: 'whether a listener for TLS requires a certificate was not read',
      world: world({ form, protocol: 'TLS', sends: 'TLS' }, ({ the }) => {
        the('listeners', FRONT).clientCertificates = undefined;
      }),
      verdict: 'unknown',
      code: 'MUTUAL_TLS_NOT_READ',
      severity: 'warning',
    },
    {
      why: 'another name',
      world: world({ form }, certificate({ names: ['stock.internal'] })),
      verdict: 'fail',
      severity: 'error',
      says: ['port 443 of orders-alb', 'stock.internal'],
    },
    {
      why: 'another name behind a listener for TLS, which does not verify it',
      world: world({ form, protocol: 'TLS', sends: 'TLS' }, (one) => {
        one.copy('certificates', CERTIFICATE, { id: 'other', names: ['stock.internal'] });
        inner({ certificateIds: ['other'] })(one);
      }),
      verdict: 'pass',
    },
    {
      why: 'a private authority',
      world: world({ form }, certificate({ issuer: 'private' })),
      verdict: 'fail',
      code: 'PRIVATE_AUTHORITY',
      severity: 'error',
    },
    {
      why: 'expired',
      world: world({ form }, certificate({ valid: false, notAfter: '2026-01-01T00:00:00.000Z' })),
      verdict: 'fail',
      severity: 'error',
      says: ['expired on 2026-01-01'],
    },
    {
      why: 'one of the targets is no load balancer',
      world: world({ form: 'addresses' }, ({ the }) => {
        the('targetGroups', BEHIND).targets?.push({ id: '10.0.11.20', port: 443, zone: 'euw1-az1', health: 'healthy' });
      }),
      verdict: 'unknown',
      severity: 'warning',
      says: ['the targets behind port 443 of front'],
    },
  ]);

  checkTable(gatewayTimeout, [
    {
      why: 'the inner load balancer closes idle connections sooner than the route waits',
      world: world({ form }, ({ the }) => {
        the('loadBalancers', BALANCER).idleTimeoutMs = 2000;
      }),
      verdict: 'fail',
      severity: 'warning',
      says: ['orders-alb closes an idle connection after 2 s'],
    },
    {
      why: 'it keeps them longer',
      world: world({ form }, ({ the }) => {
        the('loadBalancers', BALANCER).idleTimeoutMs = 60_000;
      }),
      verdict: 'pass',
    },
  ]);

  checkTable(targetHealthyZones, [
    { why: 'the inner load balancer is in each zone', world: world({ form }), verdict: 'pass' },
    {
      why: 'the network load balancer has a zone in which the inner one is not',
      world: world({ form }, ({ the }) => {
        the('loadBalancers', NLB).zones = ['euw1-az1', 'euw1-az2', 'euw1-az3'];
      }),
      verdict: 'unknown',
      code: 'ZONE_LEAVES_DNS',
      severity: 'error',
      says: ['front has no healthy target in euw1-az3'],
    },
    {
      why: 'a zone of the inner load balancer has no healthy target, and its group does not cross zones',
      world: world({ form }, ({ the }) => {
        const group = the('targetGroups', GROUP);
        group.crossZone = false;
        group.targets = group.targets?.slice(0, 1);
      }),
      verdict: 'unknown',
      severity: 'error',
      says: ['orders-alb has no healthy target in euw1-az2'],
    },
  ]);
});
