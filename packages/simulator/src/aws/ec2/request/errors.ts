import { ServiceError } from '../../operation/service-error.js';

/**
 * EC2's refusals. Codes are those of the error reference; the sentences are the service's where public reports quote
 * them, and are marked [U] where none was found.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function missingParameter(member: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${member}`);
}

/** A member's value that cannot be. */
export function invalidValue(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}

/** `Value (10.0.0.0/99) for parameter cidrBlock is invalid. This is not a valid CIDR block.` */
export function invalidMember(member: string, value: string | number, why: string): ServiceError {
  return invalidValue(`Value (${value}) for parameter ${member} is invalid. ${why}`);
}

/** Members that exclude each other. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError('InvalidParameterCombination', message);
}

/** Something else still uses what is to be deleted. */
export function dependencyViolation(message: string): ServiceError {
  return new ServiceError('DependencyViolation', message);
}

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
