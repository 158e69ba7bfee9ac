import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { edit } from '../edits.js';
import { checkTable } from '../run-check.js';
import { alibaba } from '../world.js';
import { gatewayWorld } from './cloud-native.js';

const source = (id: string, status: string, type = 'MSE_NACOS') => ({
  id,
  name: `${id}-name`,
  type,
  instanceId: `mse-${id}`,
  address: '',
  status,
  reason: '',
});

/** A target of a registry, whose service tells its source, or not. */
const nacos = (
  sources: readonly object[] | undefined,
  registered: object = { source: 'src-1' },
  nativeState = 'Healthy',
) =>
  gatewayWorld((world) => {
    edit({
      'targets.svc-1:8080': {
        id: 'svc-1',
        port: undefined,
        endpoints: undefined,
        registered: { service: 'orders', group: 'DEFAULT_GROUP', ...registered },
        health: { checked: false, nativeState, unhealthy: [] },
      },
    } as never)(world);
    Object.assign(world.the('links', 'gw-1'), { native: sources && { sources } });
    world.targetSpec.ref = { nacos: { service: 'orders' } };
  });

describe('alibaba/nacos-source', () => {
  checkTable(named('alibaba/nacos-source'), {
    'the source is associated': [() => nacos([source('src-1', 'ASSOCIATED')]), 'pass FOLLOWED', { evidence: 'src-1' }],
    'the only source is meant, where the service does not tell': [
      () => nacos([source('src-1', 'ASSOCIATED'), source('src-2', 'ASSOCIATED', 'K8S')], {}),
      'pass FOLLOWED',
    ],
    'a word that says that it failed': [
      () => nacos([source('src-1', 'ASSOCIATE_FAILED')]),
      'error SOURCE_INVALID',
      'src-1',
    ],
    'a word that no source documents': [() => nacos([source('src-1', 'ASSOCIATING')]), 'unknown STATE_NOT_KNOWN'],
    'no word': [() => nacos([source('src-1', '')]), 'unknown STATE_NOT_KNOWN', 'not reported'],
    'a source that was deleted': [() => nacos([source('src-2', 'ASSOCIATED')]), 'error SOURCE_ABSENT', 'src-1'],
    'several sources, and none is reported': [
      () => nacos([source('src-1', 'ASSOCIATED'), source('src-2', 'ASSOCIATED')], {}),
      'unknown SOURCE_NOT_KNOWN',
      '2 Nacos sources',
    ],
    'sources that were not read': [() => nacos(undefined), 'unknown SOURCES_NOT_READ', 'the sources of gw-1'],
    'no instance serves': [() => nacos([source('src-1', 'ASSOCIATED')], undefined, 'Unhealthy'), 'warning NO_INSTANCE'],
    'a target with addresses has no source': [() => gatewayWorld(), 'nothing'],
    'nor has one of an instance': [alibaba(), 'nothing'],
  });
});
