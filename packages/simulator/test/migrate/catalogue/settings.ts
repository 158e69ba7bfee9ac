import { group, source, target } from '../changes.js';
import { faults, type Call, type Damage, type Fault } from '../fault.js';
import type { Stage } from '../scene.js';

export const settings: readonly Fault[] = faults({ family: 'settings', facts: '5.4' }, [
  {
    id: 'https-policy',
    what: "the target's HTTPS policy differs",
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
    what: 'the group is called by its VPC domain, which the target does not have',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } });
      source(stage, { vpcIntranet: true, clientVpcId: stage.parts.vpc });
    },
    found: ['migrate/domains', 'migrate/client-network'],
    damage: unanswered('VpcDomain', ({ parts }) => parts.vpc, 'callers of the VPC domain are no longer answered'),
    mend: (stage) => calledFrom(stage, stage.parts.vpc),
  },
  {
    id: 'intranet-domain',
    what: 'other APIs call the group by its intranet domain (self-calls), which the target does not have',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, VpcSlbIntranetEnable: true } });
      source(stage, { vpcSlbIntranet: true });
    },
    found: ['migrate/domains'],
    damage: unanswered(
      'VpcSlbIntranetDomain',
      ({ parts }) => parts.old,
      'APIs that call it by the intranet domain are no longer answered',
    ),
    mend: (stage) => enable(stage, 'VpcSlbIntranetEnable'),
  },
  {
    id: 'client-network',
    what: 'callers are in another client VPC',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, VpcIntranetEnable: true } });
      source(stage, { vpcIntranet: true, clientVpcId: stage.parts.elsewhere });
      target(stage, { vpcIntranet: true, clientVpcId: stage.parts.vpc });
    },
    found: ['migrate/client-network'],
    damage: unanswered('VpcDomain', ({ parts }) => parts.elsewhere, 'callers in the former VPC are no longer answered'),
    mend: (stage) => calledFrom(stage, stage.parts.elsewhere),
  },
  {
    id: 'ipv6',
    what: 'the group is called over IPv6, which the target does not have',
    plant: (stage) => {
      group(stage, { networkPolicy: { InternetEnable: true, InternetIPV6Enable: true } });
      source(stage, { ipv6: true });
    },
    found: ['migrate/ipv6'],
    damage: unanswered('SubDomain', () => 'internet-ipv6', 'callers over IPv6 are no longer answered'),
    mend: (stage) => enable(stage, 'IPV6Enabled'),
  },
  {
    id: 'custom-domain',
    what: 'a custom domain has an A record',
    plant: (stage) => group(stage, { domains: [{ name: 'api.example.com', kind: 'custom', cname: false }] }),
    found: ['migrate/custom-domain'],
    damage: {
      kind: 'unanswered',
      calls: () => ({ from: 'internet', domain: 'api.example.com' }),
      words: 'the domain stays on the old instance and answers 410 (I410GG) after DNS has changed',
    },
    mend: (stage) => group(stage, { domains: [{ name: 'api.example.com', kind: 'custom', cname: true }] }),
  },
]);

function calledFrom({ call, parts }: Stage, VpcId: string): void {
  call('CloudAPI', 'ModifyInstanceVpcAttributeForConsole', { InstanceId: parts.next, VpcId });
}

function enable({ call, parts }: Stage, what: string): void {
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: parts.next, [what]: 'true' });
}

/** Callers of a domain of the group, by the name that DescribeApiGroup has for it. */
function unanswered(name: string, from: (stage: Stage) => string, words: string): Damage {
  const calls = (stage: Stage): Call => ({ from: from(stage), domain: read(stage, name) as string });
  return { kind: 'unanswered', calls, words };
}

function changed(name: string, words: string): Damage {
  return { kind: 'changed', words, read: (stage) => read(stage, name) };
}

function read({ call, parts }: Stage, name: string): unknown {
  return call('CloudAPI', 'DescribeApiGroup', { GroupId: parts.apiGroup })[name];
}
