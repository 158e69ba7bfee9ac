import { AlibabaError } from '../../operation/service-error.js';

/**
 * Checks a name: 1 to 128 characters that do not begin with `http://` or `https://`. An empty one counts as not given.
 * @param what `Vpc`, `VSwitch`, …: part of the code, such as `InvalidVpcName.Malformed`.
 * @throws {AlibabaError}
 */
export function checkName(what: string, name: string | undefined): void {
  if (name === undefined || name === '') return;
  if (name.length > 128 || /^https?:\/\//i.test(name) || /^\d/.test(name)) {
    throw new AlibabaError(`Invalid${what}Name.Malformed`, `Specified ${words(what)} name is not valid.`);
  }
}

/**
 * Checks a description: at most 256 characters that do not begin with `http://` or `https://`. The cloud spells its code
 * `InvalidVSwitchDiscription.Malformed`.
 * @throws {AlibabaError}
 */
export function checkDescription(what: string, description: string | undefined): void {
  if (description === undefined || description === '') return;
  if (description.length > 256 || /^https?:\/\//i.test(description)) {
    throw new AlibabaError(`Invalid${what}Discription.Malformed`, `Specified ${words(what)} description is not valid.`);
  }
}

const words = (what: string): string => ({ VSwitch: 'virtual switch', Vpc: 'VPC' })[what] ?? spaced(what);

const spaced = (what: string): string => what.replaceAll(/(?<=[a-z])([A-Z])/g, ' $1').toLowerCase();

/** `2026-06-01T00:00:00Z`, as VPC writes times. */
export function seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}

/** `2026-06-01T00:00Z`, as ECS writes most times. */
export function minutes(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16) + 'Z';
}
