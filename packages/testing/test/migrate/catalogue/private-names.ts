import { addressIn } from '../changes.js';
import { REFUSED, faults, type Fault } from '../fault.js';

export const privateNames: readonly Fault[] = faults({ family: 'private names', facts: '4.5', source: 'integration' }, [
  {
    id: 'dns-not-attached',
    what: 'the private-DNS record of a backend is not attached to the target',
    plant: ({ call, parts }) =>
      call('CloudAPI', 'DissociateInstanceWithPrivateDNS', {
        IntranetDomains: ['orders.internal'],
        InstanceId: parts.next,
      }),
    found: ['migrate/private-domain'],
    damage: { kind: 'documented', words: 'the name is answered no longer, and the API says 504' },
  },
  {
    id: 'dns-outside',
    what: 'a record of a private domain lies outside of the accessible blocks of the target',
    plant: (stage) =>
      stage.edit((row) => row['domain'] === 'orders.internal', {
        records: [{ record: addressIn(stage), weight: 100 }],
      }),
    found: ['migrate/accessible-blocks'],
    damage: REFUSED,
  },
]);
