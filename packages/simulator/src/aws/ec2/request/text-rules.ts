import { ServiceError, type AwsCall, errorsOf } from '../../operation/operation.js';
import { formatAddress, readAddress, readBlock, type Block } from '../../../simulation/addresses.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const CHARACTERS = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;
const LONGEST = 255;
const SET = 'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';

/** The name of a security group. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGroupName(name: string): void {
  if (name.length > LONGEST || !CHARACTERS.test(name)) {
    throw invalidValue(
      `Value (${name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
  if (name.toLowerCase() === 'default') {
    throw invalidValue('Cannot use reserved security group name: default');
  }
  if (name.startsWith('sg-')) {
    throw invalidValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  }
}

/** The description of a security group. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGroupDescription(text: string): void {
  if (text.length <= LONGEST && CHARACTERS.test(text)) return;

  throw invalidValue(
    `Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: ${SET}`,
  );
}

/** The description of a security group's rule. @throws {ServiceError} `InvalidParameterValue`. */
export function checkRuleDescription(text: string | undefined): void {
  if (text === undefined || (text.length <= LONGEST && CHARACTERS.test(text))) return;

  throw invalidValue(
    `Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: ${SET}`,
  );
}

/**
 * EC2's refusals. Codes are those of the error reference; the sentences are the service's where public reports quote
 * them, and are marked [U] where none was found.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function missingParameter(member: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${member}`);
}

/** A member's value that cannot be. */
export const invalidValue = errorsOf('InvalidParameterValue');

/** `Value (10.0.0.0/99) for parameter cidrBlock is invalid. This is not a valid CIDR block.` */
export function invalidMember(member: string, value: string | number, why: string): ServiceError {
  return invalidValue(`Value (${value}) for parameter ${member} is invalid. ${why}`);
}

/** Members that exclude each other. */
export const invalidCombination = errorsOf('InvalidParameterCombination');

/** There may be one more of something. @throws {ServiceError} `code`: as many as the quota allows are there. */
export function checkQuota(
  call: AwsCall,
  quota: string,
  count: number,
  code: string,
  things = quota.replaceAll('-', ' '),
): void {
  if (count >= call.quota(quota)) throw new ServiceError(code, `The maximum number of ${things} has been reached.`);
}

/** Something else still uses what is to be deleted. */
export const dependencyViolation = errorsOf('DependencyViolation');

/** The same, where the sentence says no more. */
export const hasDependencies = (noun: string, id: string): ServiceError =>
  dependencyViolation(`The ${noun} '${id}' has dependencies and cannot be deleted.`);

/**
 * The value of a member that must be there; `member` as the wire spells it (`vpcId`).
 * @throws {ServiceError} `MissingParameter`.
 */
export function need<T>(value: T | undefined, member: string): T {
  if (value === undefined || value === '') throw missingParameter(member);

  return value;
}

/**
 * Refuses members that EC2 has and the simulated one has not, rather than pass over them.
 * @throws {ServiceError} `UnsupportedOperation`.
 */
export function refuse<I extends object>(input: I, members: readonly (keyof I & string)[]): void {
  for (const member of members) {
    if (input[member] === undefined) continue;

    throw new ServiceError('UnsupportedOperation', `The parameter ${member} is not simulated.`);
  }
}

/** Reads `address/bits`; host bits are cleared, as EC2 does, rather than refused. Undefined for everything else. */
export function parseBlock(text: string): Block | undefined {
  return text.includes('/') ? readBlock(text) : undefined;
}

/** An IPv4 address as a number; undefined if it is none. */
export function parseIpv4(text: string): number | undefined {
  const address = readAddress(text);
  return address?.family === 4 ? Number(address.value) : undefined;
}

/** `10.0.0.1` from its number. */
export function formatIpv4(value: number): string {
  return formatAddress({ family: 4, value: BigInt(value) });
}

/** The canonical text of an IPv6 address; undefined if it is none. */
export function canonicalIpv6(text: string): string | undefined {
  const address = readAddress(text);
  return address?.family === 6 ? formatAddress(address) : undefined;
}

/** Whether an IPv4 block has the address of that number. */
export function blockCovers({ family, first, last }: Block, value: number): boolean {
  return family === 4 && first <= value && value <= last;
}

/**
 * The parameters that must be equal for one token. The token itself is left out. The order of members does not matter.
 */
function parametersOf(input: object): string {
  return JSON.stringify(
    Object.entries(input)
      .filter(([key, value]) => key !== 'ClientToken' && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * Creates once per client token: the same call again answers the resource of the first, if it still exists.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 * @throws {ServiceError} `IdempotentParameterMismatch` for a token that stood for another request.
 */
export function oncePerToken<R extends { readonly id: string }>(
  call: AwsCall,
  operation: string,
  input: { readonly ClientToken?: string | undefined },
  rows: Pick<ReadonlyMap<string, R>, 'get'>,
  create: () => R,
): R {
  const token = input.ClientToken;
  if (token === undefined || token === '') return create();

  const key = `${operation}/${token}`;
  const parameters = parametersOf(input);
  const earlier = call.state.ec2.clientTokens.get(key);
  if (earlier !== undefined && earlier.parameters !== parameters) {
    throw new ServiceError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    );
  }

  const row = (earlier && rows.get(earlier.resourceId)) ?? create();
  call.state.ec2.clientTokens.set(key, { operation, parameters, resourceId: row.id });
  return row;
}
