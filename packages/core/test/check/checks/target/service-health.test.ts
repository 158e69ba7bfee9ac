import { named } from '../all-checks.js';
import { checkTable } from '../run-check.js';
import { alibaba } from '../world.js';
import { gatewayWorld } from './cloud-native.js';
import { edit } from '../edits.js';

const targetServiceHealth = named('target/service-health');

const health = (checked: boolean, nativeState: string, ...unhealthy: readonly string[]) =>
  gatewayWorld(
    edit({
      'targets.svc-1:8080.health': {
        checked,
        nativeState,
        unhealthy: [...unhealthy],
        reason: 'RuntimeEndpointTimeout',
      },
    }),
  );

checkTable(targetServiceHealth, {
  'the gateway reaches both': [() => gatewayWorld(), 'pass HEALTHY', { evidence: 'svc-1:8080' }],
  'no health check: Healthy means nothing': [() => health(false, 'Healthy'), 'unknown NOT_CHECKED'],
  'one of two does not answer': [
    () => health(true, 'Healthy', '10.0.20.11:8080'),
    'warning SOME_UNHEALTHY',
    ['10.0.20.11:8080', 'RuntimeEndpointTimeout'],
  ],
  'none answers': [() => health(true, 'Unhealthy', '10.0.20.10:8080', '10.0.20.11:8080'), 'error UNHEALTHY'],
  'a target of an instance has no live health': [alibaba(), 'nothing'],
});
