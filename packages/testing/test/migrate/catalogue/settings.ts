import { group, source, target } from '../changes.js';
import { faults, type Damage, type Fault } from '../fault.js';

export const settings: readonly Fault[] = faults({ family: 'settings', facts: '5.4' }, [
  {
    id: 'https-policy',
    what: "the target's HTTPS policy is another one",
    plant: (stage) => target(stage, { httpsPolicy: 'HTTPS1_1_TLS1_0' }),
    found: ['migrate/https-policy'],
    severity: 'warning',
    damage: changed('HttpsPolicy', 'its HTTPS policy is that of the target'),
  },
  {
    id: 'rate',
    what: "the group's own limit is higher than the target's",
    plant: (stage) => group(stage, { trafficLimit: 9000 }),
    found: ['migrate/rate'],
    severity: 'warning',
    damage: changed('TrafficLimit', 'its limit is that of the target'),
  },
  {
    id: 'network-domain',
    what: 'the group is called by its VPC domain, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } }),
    found: ['migrate/domains'],
    damage: { kind: 'documented', words: 'the VPC domain leads nowhere' },
  },
  {
    id: 'intranet-domain',
    what: 'the group is called by its intranet domain, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, VpcSlbIntranetEnable: true } }),
    found: ['migrate/domains'],
    damage: { kind: 'documented', words: 'the intranet domain leads nowhere' },
  },
  {
    id: 'client-network',
    what: 'callers stand in another client VPC',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } });
      source(stage, { vpcIntranet: true, clientVpcId: stage.parts.elsewhere });
      target(stage, { vpcIntranet: true, clientVpcId: stage.parts.vpc });
    },
    found: ['migrate/client-network'],
    damage: { kind: 'documented', words: 'callers of the VPC domain do not reach it' },
  },
  {
    id: 'ipv6',
    what: 'the group is called over IPv6, which the target has not',
    plant: (stage) => group(stage, { networkPolicy: { InternetEnable: true, InternetIPV6Enable: true } }),
    found: ['migrate/ipv6'],
    damage: { kind: 'documented', words: 'callers over IPv6 do not reach it' },
  },
  {
    id: 'custom-domain',
    what: 'a custom domain has an A record',
    plant: (stage) => group(stage, { domains: [{ name: 'api.example.com', kind: 'custom', cname: false }] }),
    found: ['migrate/custom-domain'],
    damage: { kind: 'documented', words: 'it stays behind and answers 410' },
  },
]);

function changed(name: string, words: string): Damage {
  return {
    kind: 'changed',
    words,
    read: ({ call, parts }) => call('CloudAPI', 'DescribeApiGroup', { GroupId: parts.apiGroup })[name],
  };
}
