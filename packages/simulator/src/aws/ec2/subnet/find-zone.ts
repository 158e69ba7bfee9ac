import type { AwsCall } from '../../operation/call.js';
import { invalidCombination, invalidMember } from '../request/errors.js';
import { zonesOf, type Zone } from './zones.js';

/**
 * The zone that a request names, by name or by id; undefined if it names none.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidParameterCombination`.
 */
export function findZone(
  call: AwsCall,
  input: { readonly AvailabilityZone?: string | undefined; readonly AvailabilityZoneId?: string | undefined },
): Zone | undefined {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = input;
  if (name === undefined && id === undefined) return undefined;
  if (name !== undefined && id !== undefined) {
    throw invalidCombination('The parameters availabilityZone and availabilityZoneId cannot be used together.');
  }
  const open = zonesOf(call.region, call.account).filter((zone) => zone.optIn === 'opt-in-not-required');
  const found = open.find((zone) => (name === undefined ? zone.id === id : zone.name === name));
  if (found !== undefined) return found;
  const [member, value] = name === undefined ? ['availabilityZoneId', id ?? ''] : ['availabilityZone', name];
  const choices = open.map((zone) => (name === undefined ? zone.id : zone.name)).sort();
  throw invalidMember(
    member,
    value,
    `Subnets can currently only be created in the following availability zones: ${choices.join(', ')}.`,
  );
}
