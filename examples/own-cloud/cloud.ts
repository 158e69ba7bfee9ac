// A cloud from outside: `postern plan --cloud cloud.ts`. The account is a file beside this one, so that a command sees
// what earlier commands did.
import { fileURLToPath } from 'node:url';
import { driverOf } from '@postern/core/driver';
import { clouds } from '@postern/core/kinds';
import type { Driver, DriverPlace } from '@postern/core';
import { Account } from './account.js';
import { apiOf, type Send } from './api.js';
import { methods } from './methods.js';
import { MOVE_TRAITS } from './moves.js';
import { planner } from './planner.js';
import { plans } from './plans.js';
import { cloud } from './value.js';

/** The driver in front of a service. */
export function tunnelDriver(send: Send, region: string): Driver {
  return driverOf({
    provider: 'tunnel',
    region,
    clouds: clouds([cloud]),
    links: {
      tunnel: {
        createsLinks: true,
        deletesLinks: true,
        linksAreImmutable: true,
        stalenessMs: 0,
        pollMs: 1_000,
        linkTimeoutMs: 60_000,
      },
    },
    gateways: ['tunnel-router'],
    moves: { 'tunnel-router': MOVE_TRAITS },
    open: () => Promise.resolve(methods(apiOf(send, region), region)),
  });
}

function driver({ region }: DriverPlace): Driver {
  const account = new Account(fileURLToPath(new URL('tunnel-account.json', import.meta.url)));
  return tunnelDriver((operation, input) => account.send(operation, input), region);
}

export default { cloud, driver, planner, plans };
