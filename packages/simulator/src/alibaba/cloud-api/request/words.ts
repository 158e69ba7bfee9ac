import { AlibabaError } from '../../operation/service-error.js';

/**
 * CloudAPI's families of errors. Each code contains its subject. All but Forbidden have status 400.
 * @see https://help.aliyun.com/document_detail/43906.html
 */
export const say = {
  notFound: (what: string) =>
    new AlibabaError(`NotFound${what}`, `Cannot find resource according to your specified ${what}.`),
  missing: (what: string) => new AlibabaError(`Missing${what}`, `${what} is mandatory for this action.`),
  invalid: (what: string, why = `Specified parameter ${what} is not valid.`) => new AlibabaError(`Invalid${what}`, why),
  duplicate: (what: string) =>
    new AlibabaError(`Duplicate${what}`, `The specified parameter ${what} value is duplicate.`),
  inUse: (what: string, by: string) =>
    new AlibabaError(`DependencyViolation${what}`, `The specified ${what} has ${by} definitions.`),
  exceeded: (what: string) => new AlibabaError(`ExceedLimit${what}`, `The specified ${what} count exceeds the limit.`),
  forbidden: (what: string, why: string) => new AlibabaError(`Forbidden${what}`, why, 403),
  /** A token that did its work already. */
  repeated: () => new AlibabaError('RepeatedCommit', 'Resubmit request.'),
  /** Another operation is in progress that this one has to wait for. */
  busy: () =>
    new AlibabaError('ConcurrencyLockTimeout', 'The request processing has failed due to concurrency lock timeout.'),
  otherParameters: () =>
    new AlibabaError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    ),
  /** The sentence of the documentation of VPC integration instances. */
  unreachable: (address: string) => new AlibabaError('InvalidBackend', unreachableSentence(address)),
} as const;

/** The service's message for an address in another VPC or outside the accessible blocks. */
export function unreachableSentence(address: string): string {
  return `instance cannot connect the backend ${address}`;
}
