import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/check/checks/explain.js';
import type { NetworkAclEntry } from '../../../../src/do/model/routing.js';
import { GROUP } from '../aws-region.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { awsWorld, type World, aws } from '../world.js';
import { the, allPorts } from './aws-rows.js';
import { edit } from '../edits.js';
import { CLOUDS } from '../../../clouds.js';

const entry = (
  direction: 'in' | 'out',
  order: number,
  action: 'allow' | 'deny',
  [fromPort, toPort]: readonly [number, number],
  cidrBlock = '0.0.0.0/0',
): NetworkAclEntry => ({ direction, order, action, protocol: 'tcp', fromPort, toPort, cidrBlock });

const deny = (w: World, ports: readonly [number, number], cidrBlock?: string): void => {
  w.the('targetGroups', GROUP).crossZone = false; // load balancer and target share a subnet: no ACL between them
  w.the('networkAcls', 'acl-1').entries?.push(entry('out', 50, 'deny', ports, cidrBlock));
};

/** Answers are allowed to some ports only. */
const onlyTo = (...ports: readonly (readonly [number, number])[]) =>
  edit({
    'targetGroups.orders.crossZone': false,
    'networkAcls.acl-1.entries': [
      entry('out', 90, 'allow', [443, 443]),
      ...ports.map((some, at) => entry('out', 100 + at, 'allow', some)),
      { ...entry('in', 100, 'allow', [0, 65_535]), protocol: 'all', ...allPorts },
    ],
  });

describe('network ACLs that deny a few of the source ports', () => {
  checkTable(the('path/return'), {
    'one denied port is a warning': [
      aws((w) => deny(w, [3389, 3389])),
      'warning ACL_DENIES_FEW_PORTS',
      { says: ['1 of the 64512 source ports of calls (0.002 %)', 'denied by entry 50'], remedy: 'ignore' },
    ],
    'to one of the subnets': [aws((w) => deny(w, [3389, 3389], '10.0.1.0/24')), 'warning ACL_DENIES_FEW_PORTS'],
    'just below 1 %': [aws((w) => deny(w, [5000, 5644])), 'warning ACL_DENIES_FEW_PORTS'],
    'just above 1 %': [aws((w) => deny(w, [5000, 5645])), 'error ACL_DENIES'],
    'no entry for a few ports': [
      aws(onlyTo([1024, 3388], [3390, 65_535])),
      'warning ACL_DENIES_FEW_PORTS',
      'no entry allows them',
    ],
    'only the ports of one operating system': [aws(onlyTo([32_768, 60_999])), 'error ACL_DENIES'],
    'no port at all': [aws(onlyTo()), 'error ACL_DENIES'],
    'a denied port that is not a source port of calls': [aws((w) => deny(w, [22, 22])), 'pass PASSED'],
  });
  checkTable(the('path/load-balancer'), {
    'between load balancer and target': [
      aws((w) => {
        deny(w, [3389, 3389]);
        w.the('targetGroups', GROUP).crossZone = true;
      }),
      'warning ACL_DENIES_FEW_PORTS',
      '1 of the 64512 source ports',
    ],
    'not where no answer reaches the link': [
      aws((w) => {
        deny(w, [3389, 3389]);
        for (const block of ['10.0.1.0/24', '10.0.2.0/24']) deny(w, [1024, 65_535], block);
        w.the('targetGroups', GROUP).crossZone = true;
      }),
      'pass PASSED',
    ],
  });
  checkTable(the('path/network-acl'), {
    'the destination port of calls is denied': [aws((w) => deny(w, [443, 443])), 'error ACL_DENIES'],
  });

  it.each([
    [[3389, 3389] as const, 'warning'],
    [[5000, 6000] as const, undefined],
  ])('is also reported where passes are left out: %j', (ports, severity) => {
    const [outcome] = outcomesOf(
      the('path/return'),
      awsWorld((w) => deny(w, ports)),
      false,
    );
    expect(outcome).toMatchObject({ verdict: 'fail', ...(severity === undefined ? {} : { severity }) });
  });

  it('leaves the path open', () => {
    const { snapshot, spec } = awsWorld((w) => deny(w, [3389, 3389]));
    const [integration = ''] = Object.keys(spec.integrations);
    expect(explain(snapshot, spec, { clouds: CLOUDS, integration }).map(({ verdict }) => verdict)).toEqual(['pass']);
  });
});
