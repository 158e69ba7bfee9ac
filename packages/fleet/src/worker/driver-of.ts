import type { Driver, DriverPlace } from '@postern/core';
import type { FleetAccount } from '../model.js';

/** The driver for an account and region: where roles are assumed. Credentials stay in the worker. */
export type DriverOf = (place: DriverPlace, account: FleetAccount | undefined) => Driver | Promise<Driver>;
