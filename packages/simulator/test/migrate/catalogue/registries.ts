import { addBlock, addressIn, backend, neighbour } from '../changes.js';
import { faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const registries: readonly Fault[] = faults({ family: 'registries', facts: '4.3', source: 'integration' }, [
  {
    id: 'registry-unknown',
    what: 'a named backend finds its servers in a registry, and the servers are unknown',
    plant: async (stage) => registry(stage, await neighbour(stage)),
    found: ['migrate/registry'],
    verdict: 'unknown',
    damage: {
      kind: 'not shown',
      why: 'the servers of a registry are in no account, and so in no simulated one',
    },
  },
  {
    id: 'registry-outside',
    what: 'the registry of a named backend is outside of the accessible blocks of the target',
    plant: async (stage) => {
      const block = '10.10.44.0/24';
      const address = await addressIn(stage, block);
      await addBlock(stage, stage.parts.old, block);
      registry(stage, address);
    },
    found: ['migrate/accessible-blocks'],
    also: ['migrate/registry'],
  },
]);

/** A named backend behind Nacos. */
function registry(stage: Stage, address: string): void {
  const ServerAddress = `${address}:8080`;
  const NacosConfig = { ServerAddress, ServiceName: 'orders' };
  backend(stage, { RELEASE: { DiscoveryConfig: { RcType: 'nacos', NacosConfig } } }, 'RELEASE');
}
