import type { Damage, Fault } from '../fault.js';
import { REGION, type Stage } from '../scene.js';

/** A target to which a move cannot be judged: the call of the validation itself fails. */
export interface Refusal extends Pick<Fault, 'id' | 'family' | 'facts' | 'what' | 'source'> {
  /** Creates it if necessary; returns its ID. */
  readonly target: (stage: Stage) => string | Promise<string>;
  /** The code of the error. */
  readonly code: string;
  readonly words: RegExp;
  readonly damage: Damage;
}

export const REFUSALS: readonly Refusal[] = [
  {
    id: 'target-region',
    family: 'refused targets',
    facts: '5.5',
    what: 'the target is an instance of another region',
    source: 'conventional',
    target: async ({ simulation, wait }) => {
      const there = { product: 'CloudAPI', action: 'CreateInstance', region: 'cn-shanghai' } as const;
      const { InstanceId } = simulation.callAlibaba(there, {
        InstanceName: 'far',
        InstanceSpec: 'api.s1.small',
        ChargeType: 'PostPaid',
        HttpsPolicy: 'HTTPS2_TLS1_2',
        InstanceType: 'normal',
        ZoneId: zoneOf(simulation, 'cn-shanghai'),
        Token: 'far',
      }) as { InstanceId: string };
      await wait(1_200_000);
      return InstanceId;
    },
    code: 'NOT_FOUND',
    words: new RegExp(`link \\S+ does not exist in ${REGION}`),
    damage: { kind: 'refused', words: /Instance/ },
  },
  {
    id: 'target-shared',
    family: 'refused targets',
    facts: '1.1',
    what: 'the target is the shared instance of the region, and an API calls a private address without an authorization',
    source: 'integration',
    target: () => 'api-shared-vpc-001',
    code: 'WRONG_KIND',
    words: /shared instance/,
    damage: { kind: 'cut off' },
  },
];

function zoneOf(simulation: Stage['simulation'], region: string): string {
  const { Zones } = simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeZones', region }, {}) as {
    Zones: { Zone: readonly { ZoneId: string }[] };
  };
  return Zones.Zone.map(({ ZoneId }) => ZoneId).find((id) => id.includes('MAZ')) ?? '';
}
