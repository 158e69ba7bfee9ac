import { group, target } from '../changes.js';
import { faults, type Fault } from '../fault.js';

export const blockers: readonly Fault[] = faults({ family: 'blockers' }, [
  {
    id: 'locked-billing',
    what: 'the group is locked for an overdue bill',
    plant: (stage) => group(stage, { billingStatus: 'LOCKED' }),
    found: ['migrate/locked'],
    damage: { kind: 'refused', words: /overdue/ },
    facts: '6.1',
  },
  {
    id: 'locked-contents',
    what: 'the group is locked for its contents',
    plant: (stage) => group(stage, { illegalStatus: 'LOCKED' }),
    found: ['migrate/locked'],
    damage: { kind: 'refused', words: /illegal/ },
    facts: '6.1',
  },
  {
    id: 'target-failed',
    what: 'the target instance failed to start',
    plant: (stage) => target(stage, { status: 'CREATE_FAILED' }),
    found: ['migrate/ready'],
    damage: { kind: 'refused', words: /not running/ },
    facts: '1.3',
  },
  {
    id: 'target-switch',
    what: 'a change of the instance type of the target waits for its switch',
    plant: (stage) => target(stage, { status: 'WAIT_SWITCH' }),
    found: ['migrate/switch-pending'],
    damage: { kind: 'refused', words: /not running/ },
    facts: '1.4',
  },
  {
    id: 'under-way',
    what: 'another migration of the group is in progress',
    plant: ({ call, parts, wait }) => {
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId: 'api-shared-vpc-001' });
      return wait(20_000);
    },
    found: ['migrate/under-way'],
    isUnderWay: true,
    damage: { kind: 'refused', words: /concurrency lock/ },
    facts: '5.2',
  },
  {
    id: 'marketplace',
    what: 'the group is sold on the Marketplace',
    plant: (stage) => group(stage, { marketplace: true }),
    found: ['migrate/refused'],
    damage: {
      kind: 'not shown',
      why: 'the effect of a move on a sale is not documented and in no API; a simulator would invent it',
    },
    facts: '6.1',
  },
]);
