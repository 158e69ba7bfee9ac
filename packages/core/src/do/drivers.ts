import { checkArgument } from './forms/check-argument.js';
import { driverForm } from './input/argument-forms.js';
import { isSameService } from './model/traits.js';
import type { Driver } from './driver.js';
import { InvalidInputError } from '../ground/errors.js';

/** Where a driver is wanted for: what a spec says of a link's place. */
export interface DriverPlace {
  readonly provider: string;
  readonly product?: string | undefined;
  readonly region: string;
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly assumeRole?: string | undefined;
}

/** Finds the driver for a place. @throws `NO_DRIVER` */
export type Drivers = (place: DriverPlace) => Driver | Promise<Driver>;

/**
 * Drivers from a plain list, told apart by provider, product and region: enough where one set of credentials is used for each.
 *
 * ```ts
 * const drivers = driversOf(aws({ region: 'eu-west-1' }), alibaba({ region: 'cn-hangzhou' }));
 * ```
 *
 * @throws {InvalidInputError} `NO_DRIVER`, naming the places that have drivers.
 */
export function driversOf(...list: readonly Driver[]): Drivers {
  for (const [at, driver] of list.entries()) checkArgument('driversOf', `drivers[${at}]`, driverForm, driver);
  return (place) => {
    const { provider, region } = place;
    const driver = list.find((one) => isSameService(one, place));
    if (driver !== undefined) return driver;
    const known = list.map((one) => `${one.provider} in ${one.region}`).join(', ');
    throw new InvalidInputError('NO_DRIVER', `no driver was given for ${provider} in ${region}`, {
      remedy: `Pass a driver for ${provider} in ${region}${known === '' ? '' : `; given: ${known}`}.`,
      details: { provider, region },
    });
  };
}
