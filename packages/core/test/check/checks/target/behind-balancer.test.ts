import { describe } from 'vitest';
import { gatewayTimeout } from '../../../../src/check/checks/gateway/timeout.js';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import { targetHealthyZones } from '../../../../src/check/checks/target/healthy-zones.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { LISTENER, CERTIFICATE, GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { world, type Form, BEHIND, FRONT, NLB } from './behind-balancer.js';
import { edit } from '../edits.js';

const inner = (changes: object) => edit({ 'listeners.orders-alb': changes });

const plain = edit({ 'targetSpec.tls': undefined });

const certificate = (changes: object) => edit({ 'certificates.orders': changes });

describe.each<Form>(['ARN', 'addresses'])('behind a network load balancer, by %s', (form) => {
  checkTable(targetProtocol, {
    'TLS arrives at a listener for HTTPS': [world({ form }), 'pass PROTOCOL_FITS'],
    'plain HTTP arrives at a listener for HTTP': [
      world({ form }, plain, inner({ protocol: 'HTTP' })),
      'pass PROTOCOL_FITS',
    ],
    'plain HTTP arrives at a listener for HTTPS': [
      world({ form }, plain),
      'error PROTOCOL_UNFIT',
      {
        says: 'plain HTTP through front (TCP 443) to orders-alb, which listens for HTTPS on port 443',
        evidence: LISTENER,
        remedy: 'integrations.orders.targets.orders.tls',
      },
    ],
    'TLS arrives at a listener for HTTP': [
      world({ form }, inner({ protocol: 'HTTP' })),
      'error PROTOCOL_UNFIT',
      {
        says: 'HTTPS through front (TCP 443) to orders-alb, which listens for HTTP on port 443',
        evidence: LISTENER,
        remedy: ['Remove integrations.orders.targets.orders.tls', 'target group behind'],
      },
    ],
    'a listener for TLS sends plain TCP to a listener for HTTPS': [
      world({ form, protocol: 'TLS', sends: 'TCP' }),
      'error FORWARDER_UNFIT',
      {
        says: 'front sends plain TCP to orders-alb (target group behind), which listens for HTTPS on port 443',
        remedy: 'a target group for TLS',
      },
    ],
    'a listener for TLS sends TLS of its own to a listener for HTTPS': [
      world({ form, protocol: 'TLS', sends: 'TLS' }),
      'pass PROTOCOL_FITS',
    ],
    'a listener for TLS, and a target group whose protocol was not read': [
      world({ form, protocol: 'TLS' }, ({ the }) => {
        the('targetGroups', BEHIND).protocol = undefined;
      }),
      'unknown error PROTOCOL_NOT_READ',
      'HTTPS 443 of orders-alb',
    ],
    'the target groups were not read, which may contain a load balancer': [
      world({ form }, plain, (one) => one.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      'unknown error BEHIND_NOT_READ',
      'a load balancer behind TCP 443 of front',
    ],
    'targets behind the inner listener accept gRPC only': [
      world({ form }, edit({ 'targetGroups.orders.protocolVersion': 'GRPC' })),
      'error HTTP1_REFUSED',
      '464',
    ],
    'a load balancer that gets no calls is not judged': [
      world({ form }, (one) => {
        plain(one);
        const group = one.the('targetGroups', BEHIND);
        group.targets = group.targets?.map((each) => ({ ...each, health: 'draining' as const }));
      }),
      'pass PROTOCOL_FITS',
    ],
  });

  checkTable(targetCertificate, {
    'the certificate of the inner listener covers the name': [world({ form }), 'pass COVERED'],
    'mutual TLS': [
      world({ form }, inner({ clientCertificates: 'required' })),
      'error ASKS_FOR_CERTIFICATE',
      'port 443 of orders-alb requires a client certificate, and HTTP APIs have none',
    ],
    'mutual TLS behind a listener for TLS that sends plain TCP: target/protocol reports it': [
      world({ form, protocol: 'TLS' }, inner({ clientCertificates: 'required' })),
      'pass COVERED',
    ],
    'mutual TLS behind a listener for TLS': [
      world({ form, protocol: 'TLS', sends: 'TLS' }, inner({ clientCertificates: 'required' })),
      'error ASKS_FOR_CERTIFICATE',
      'front has none',
    ],
    'mutual TLS of the listener for TLS itself': [
      world({ form, protocol: 'TLS', sends: 'TLS' }, ({ the }) => {
        the('listeners', FRONT).clientCertificates = 'required';
      }),
      'error ASKS_FOR_CERTIFICATE',
      {
        says: 'port 443 of front requires a client certificate, and HTTP APIs have none',
        remedy: 'set the mode of mutual TLS to off.',
      },
    ],
    'whether a listener for TLS requires a certificate was not read': [
      world({ form, protocol: 'TLS', sends: 'TLS' }, ({ the }) => {
        the('listeners', FRONT).clientCertificates = undefined;
      }),
      'unknown warning MUTUAL_TLS_NOT_READ',
    ],
    'another name': [
      world({ form }, certificate({ names: ['stock.internal'] })),
      'error NOT_COVERED',
      ['port 443 of orders-alb', 'stock.internal'],
    ],
    'another name behind a listener for TLS, which does not verify it': [
      world({ form, protocol: 'TLS', sends: 'TLS' }, (one) => {
        one.copy('certificates', CERTIFICATE, { id: 'other', names: ['stock.internal'] });
        inner({ certificateIds: ['other'] })(one);
      }),
      'pass COVERED',
    ],
    'a private authority': [world({ form }, certificate({ issuer: 'private' })), 'error PRIVATE_AUTHORITY'],
    expired: [
      world({ form }, certificate({ valid: false, notAfter: '2026-01-01T00:00:00.000Z' })),
      'error NOT_VALID',
      'expired on 2026-01-01',
    ],
    'one of the targets is no load balancer': [
      world({ form: 'addresses' }, ({ the }) => {
        the('targetGroups', BEHIND).targets?.push({ id: '10.0.11.20', port: 443, zone: 'euw1-az1', health: 'healthy' });
      }),
      'unknown warning TLS_PASSED_ON',
      'the targets behind port 443 of front',
    ],
  });

  checkTable(gatewayTimeout, {
    'the inner load balancer closes idle connections sooner than the route waits': [
      world({ form }, edit({ 'loadBalancers.orders-alb.idleTimeoutMs': 2000 })),
      'warning IDLE_SOONER',
      'orders-alb closes an idle connection after 2 s',
    ],
    'it keeps them longer': [
      world({ form }, edit({ 'loadBalancers.orders-alb.idleTimeoutMs': 60_000 })),
      'pass TIMEOUT_FITS',
    ],
  });

  checkTable(targetHealthyZones, {
    'the inner load balancer is in each zone': [world({ form }), 'pass ZONES_HEALTHY'],
    'the network load balancer has a zone in which the inner one is not': [
      world({ form }, ({ the }) => {
        the('loadBalancers', NLB).zones = ['euw1-az1', 'euw1-az2', 'euw1-az3'];
      }),
      'unknown error ZONE_LEAVES_DNS',
      'front has no healthy target in euw1-az3',
    ],
    'a zone of the inner load balancer has no healthy target, and its group does not cross zones': [
      world({ form }, ({ the }) => {
        const group = the('targetGroups', GROUP);
        group.crossZone = false;
        group.targets = group.targets?.slice(0, 1);
      }),
      'unknown error ZONE_LEAVES_DNS',
      'orders-alb has no healthy target in euw1-az2',
    ],
  });
});
