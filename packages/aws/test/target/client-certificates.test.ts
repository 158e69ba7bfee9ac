import { describe, expect, it } from 'vitest';
import { toListener } from '../../src/target/load-balancer.js';

describe('what a listener asks callers to show', () => {
  it.each([
    ['nothing, as it says', 'HTTPS', { Mode: 'off' }, 'none'],
    ['nothing, where it does not say', 'HTTPS', undefined, 'none'],
    ['a certificate that it passes on', 'HTTPS', { Mode: 'passthrough' }, 'passed'],
    ['a certificate that it checks', 'HTTPS', { Mode: 'verify' }, 'required'],
    ['what nobody documented', 'HTTPS', { Mode: 'other' }, undefined],
    ['nothing that a listener for TLS could say', 'TLS', undefined, undefined],
  ])('%s', (_, Protocol, MutualAuthentication, wanted) => {
    expect(toListener({ Protocol, MutualAuthentication }).clientCertificates).toBe(wanted);
  });
});
