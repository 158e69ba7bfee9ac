import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibaba } from '../world.js';
import { gatewayWorld } from './cloud-native.js';

const targetServiceHealth = named('target/service-health');

const health = (checked: boolean, nativeState: string, ...unhealthy: readonly string[]) =>
  gatewayWorld(({ the }) => {
    the('targets', 'svc-1:8080').health = {
      checked,
      nativeState,
      unhealthy: [...unhealthy],
      reason: 'RuntimeEndpointTimeout',
    };
  });

describe('target/service-health', () => {
  checkTable(targetServiceHealth, [
    { why: 'the gateway reaches both', world: () => gatewayWorld(), verdict: 'pass', evidence: ['svc-1:8080'] },
    { why: 'no health check: Healthy means nothing', world: () => health(false, 'Healthy'), verdict: 'unknown' },
    {
      why: 'one of two does not answer',
      world: () => health(true, 'Healthy', '10.0.20.11:8080'),
      verdict: 'fail',
      code: 'SOME_UNHEALTHY',
      severity: 'warning',
      says: ['10.0.20.11:8080', 'RuntimeEndpointTimeout'],
    },
    {
      why: 'none answers',
      world: () => health(true, 'Unhealthy', '10.0.20.10:8080', '10.0.20.11:8080'),
      verdict: 'fail',
      code: 'UNHEALTHY',
      severity: 'error',
    },
    { why: 'a target of an instance has no live health', world: alibaba(), verdict: 'nothing' },
  ]);
});
