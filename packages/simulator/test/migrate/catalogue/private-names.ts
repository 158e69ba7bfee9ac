import { addBlock, addressIn, removeBlock } from '../changes.js';
import { CUT_OFF, REFUSED, faults, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const privateNames: readonly Fault[] = faults({ family: 'private names', facts: '4.5', source: 'integration' }, [
  {
    id: 'dns-not-attached',
    what: 'the private-DNS record of a backend is not attached to the target',
    plant: (stage) => attach(stage, 'Dissociate'),
    found: ['migrate/private-domain'],
    damage: CUT_OFF,
    mend: (stage) => attach(stage, 'Associate'),
  },
  {
    id: 'dns-outside',
    what: 'a record of a private domain is outside of the accessible blocks of the target',
    plant: async (stage) => {
      const { old, next } = stage.parts;
      const Record = await addressIn(stage);
      for (const id of [old, next]) await addBlock(stage, id, '10.10.40.0/24');
      stage.call('CloudAPI', 'UpdatePrivateDNS', {
        IntranetDomain: 'orders.internal',
        Type: 'A',
        Records: [{ Record, Weight: 100 }],
      });
      // Such a record cannot be created, but a block can be removed later.
      await removeBlock(stage, next, '10.10.40.0/24');
    },
    found: ['migrate/accessible-blocks'],
    damage: REFUSED,
  },
]);

function attach({ call, parts }: Stage, action: 'Associate' | 'Dissociate'): void {
  const IntranetDomains = ['orders.internal'];
  call('CloudAPI', `${action}InstanceWithPrivateDNS`, { IntranetDomains, InstanceId: parts.next });
}
