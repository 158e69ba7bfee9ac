/**
 * The methods of `PrivateIntegrations`, as one module, which is loaded with the first call.
 * @packageDocumentation
 */
import { checkArguments } from '../forms/check-argument.js';
import { givenSpec, type AnySpec } from '../input/given-spec.js';
import { withLoadedChecks } from '../kinds/cloud/clouds.js';
import { linkMethods, type Method } from './link-methods.js';
import type { Session } from './session.js';
import { specMethods } from './spec-methods.js';

/** A row for each method. */
export const METHODS = { ...linkMethods, ...specMethods };

/**
 * Calls a method. Arguments that do not have their forms are refused before any call.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_PREFIX`, `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`, with the key
 */
export async function callMethod(session: Session, name: string, args: unknown[]): Promise<unknown> {
  const { forms, takes, run }: Method<unknown> = METHODS[name as keyof typeof METHODS];
  const { drivers, requestPlace } = session;
  const clouds = takes === 'a spec to check' ? await withLoadedChecks(drivers.clouds) : drivers.clouds;
  const spec = takes && givenSpec(name, args.shift() as AnySpec, clouds, session);
  const given: Record<string, unknown> = Object.fromEntries(Object.keys(forms).map((key, at) => [key, args[at]]));
  checkArguments(name, forms, requestPlace, given);
  return run(session, { ...given, options: given['options'] ?? {}, spec, clouds } as never);
}
