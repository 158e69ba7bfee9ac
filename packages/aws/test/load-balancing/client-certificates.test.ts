import { expect, it } from 'vitest';
import { toListener } from '../../src/load-balancing/load-balancer.js';

it.each([
  ['none, with mode off', 'HTTPS', { Mode: 'off' }, 'none'],
  ['none, without a mode', 'HTTPS', undefined, 'none'],
  ['a certificate, which it passes on', 'HTTPS', { Mode: 'passthrough' }, 'passed'],
  ['a certificate, which it verifies', 'HTTPS', { Mode: 'verify' }, 'required'],
  ['undetermined, with an undocumented mode', 'HTTPS', { Mode: 'other' }, undefined],
  ['none, on a TLS listener without a mode', 'TLS', undefined, 'none'],
  ['a certificate, which a TLS listener verifies', 'TLS', { Mode: 'verify' }, 'required'],
  ['undetermined, where the load balancer does not terminate TLS', 'TCP', undefined, undefined],
] as const)('the client certificates that a listener requests: %s', (_, Protocol, MutualAuthentication, wanted) => {
  const named = { ListenerArn: 'listener/1', LoadBalancerArn: 'balancer/1' };
  expect(toListener({ ...named, Protocol, MutualAuthentication }).clientCertificates).toBe(wanted);
});
