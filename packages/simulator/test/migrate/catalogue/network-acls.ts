import { networkAcl } from '../changes.js';
import { CUT_OFF, faults, type Fault } from '../fault.js';

/** The source addresses of conventional instances. */
const OLD = '100.64.0.0/10';

export const networkAcls: readonly Fault[] = faults(
  { family: 'network ACLs', facts: '6.5a', found: ['path/network-acl'], damage: CUT_OFF },
  [
    {
      id: 'nacl-in',
      what: "the backend's network ACL allows the old egress only",
      plant: (stage) => networkAcl(stage, stage.parts.vswitches.app, { ingress: [`accept -1/-1 ${OLD}`] }),
    },
    {
      id: 'nacl-zone',
      what: "the backend's network ACL drops one zone",
      plant: (stage) =>
        networkAcl(stage, stage.parts.vswitches.app, {
          ingress: ['drop 8080/8080 10.10.1.0/24', 'accept -1/-1 0.0.0.0/0'],
        }),
    },
    {
      id: 'nacl-answer',
      found: ['path/return'],
      what: "answers to the new egress do not leave the backend's vSwitch",
      plant: (stage) =>
        networkAcl(stage, stage.parts.vswitches.app, {
          egress: [`accept -1/-1 ${OLD}`, 'accept 443/443 10.10.0.0/16'],
        }),
    },
    {
      id: 'nacl-out',
      what: "calls do not leave the instance's vSwitch of one zone",
      plant: (stage) => networkAcl(stage, stage.parts.vswitches.k, { egress: ['accept 443/443 0.0.0.0/0'] }),
    },
    {
      id: 'nacl-back',
      found: ['path/return'],
      what: "answers do not enter the instance's vSwitch of one zone",
      plant: (stage) => networkAcl(stage, stage.parts.vswitches.j, { ingress: ['accept 443/443 0.0.0.0/0'] }),
    },
  ],
);
