import { isPosternError, type DriverPlace, type Drivers, type Spec } from '@postern/core/internal/library';

/**
 * Drivers whose errors contain the place of their link in the spec. Missing credentials, an endpoint that is
 * down and similar errors have no place of their own, and a spec may use several accounts.
 */
export function withErrorPlaces(drivers: Drivers, spec: Spec): Drivers {
  return async (wanted) => {
    const name = Object.entries(spec.links).find(([, link]) => samePlace(link, wanted))?.[0];
    const placeOf = (code: string) => {
      const isOfProfile = code === 'CREDENTIALS_MISSING' && wanted.profile !== undefined;
      return name === undefined ? undefined : spec.places?.(`links.${name}${isOfProfile ? '.profile' : ''}`);
    };
    const placed = async <T>(work: () => T | Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        const place = isPosternError(error) && error.place === undefined ? placeOf(error.code) : undefined;
        if (place !== undefined) Object.assign(error as object, { place });
        throw error;
      }
    };
    const driver = await placed(() => drivers(wanted));
    return {
      ...driver,
      identity: (ctx) => placed(() => driver.identity(ctx)),
      observe: (scope, ctx) => placed(() => driver.observe(scope, ctx)),
    };
  };
}

function samePlace(a: DriverPlace, b: DriverPlace): boolean {
  return (['provider', 'region', 'account', 'profile', 'assumeRole'] as const).every((key) => a[key] === b[key]);
}
