import { describe } from 'vitest';
import { GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, type World, aws } from '../world.js';
import { the } from './aws-rows.js';

/** Targets by their addresses, and the first one's interface is attached, or not. */
const byAddress =
  (inUse?: boolean) =>
  ({ the: named }: World): void => {
    const own = named('interfaces', 'eni-app-a');
    delete own.attachedTo;
    if (inUse !== undefined) own.inUse = inUse;
    const addresses = new Map([
      ['i-1', '10.0.11.20'],
      ['i-2', '10.0.12.20'],
    ]);
    const group = named('targetGroups', GROUP);
    group.kind = 'address';
    group.targets = group.targets?.map((one) => ({ ...one, id: addresses.get(one.id) ?? one.id }));
  };

/** On Alibaba Cloud a route may have the address as its target. */
const plain = (inUse?: boolean) =>
  alibabaWorld((w) => {
    w.integration.targets = { orders: { ref: { address: '10.0.20.77', port: 8080 } } };
    w.integration.routes = {};
    w.copy('interfaces', 'eni-app', {
      id: 'eni-spare',
      addresses: ['10.0.20.77'],
      attachedTo: undefined,
      ...(inUse === undefined ? {} : { inUse }),
    });
  });

describe('the interface of an address is not attached', () => {
  checkTable(the('path/load-balancer'), {
    'instances are targets': [aws(), 'pass PASSED'],
    'it is in use': [aws(byAddress(true)), 'pass PASSED'],
    'whether it is in use was not read': [aws(byAddress()), 'pass PASSED'],
    'it is not attached': [
      aws(byAddress(false)),
      'error INTERFACE_UNATTACHED',
      {
        says: 'is not attached to an instance: calls to it are not answered',
        remedy: 'Attach eni-app-a to the instance that serves',
      },
    ],
  });
  checkTable(the('path/route'), {
    'on Alibaba Cloud it is in use': [() => plain(true), 'pass PASSED'],
    'on Alibaba Cloud it was not read': [() => plain(), 'pass PASSED'],
    'on Alibaba Cloud it is not attached': [
      () => plain(false),
      'error INTERFACE_UNATTACHED',
      ['eni-spare', 'is not attached'],
    ],
  });
});

describe('the interface of an address belongs to something that is not an instance', () => {
  const ofOther = (attachedTo: string) => () => {
    const world = plain(true);
    world.the('interfaces', 'eni-spare').attachedTo = attachedTo;
    return world;
  };
  checkTable(the('path/load-balancer'), {
    'an ALB, whose listeners and servers are not read': [
      ofOther('alb-1'),
      'unknown NOT_READ',
      {
        says: 'how the service that owns interface eni-spare handles calls to 10.0.20.77',
        remedy: '(a CLB instance, an ECS instance)',
      },
    ],
    'an instance': [ofOther('i-1'), 'nothing'],
  });
});
