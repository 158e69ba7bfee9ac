import { fileURLToPath } from 'node:url';
import { driverOf } from '@postern/core/driver';
import type { Driver, DriverPlace } from '@postern/core';
import { Account, type Send } from './account.js';
import { cloud } from './value.js';

export function tunnelDriver(send: Send, region: string) {
  return driverOf({
    provider: 'tunnel',
    region,
    cloud,
    links: { tunnel: { stalenessMs: 0, pollMs: 1_000 } },
    gateways: ['tunnel-router'],
    abilities: ['linkChanges', 'adoption'],
    open: async () => (await import('./driver.js')).methods(send, region),
  });
}

function driver({ region }: DriverPlace): Driver {
  const account = new Account(undefined, fileURLToPath(new URL('tunnel-account.json', import.meta.url)));
  return tunnelDriver(account.send, region);
}

export default { cloud, driver };
