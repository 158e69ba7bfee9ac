/** What only Alibaba Cloud names so: an instance of API Gateway, and regions of mainland China without a number. */
const ALIBABA = /^(?:apigateway-|cn-[a-z]+$)/;

/**
 * The cloud of a request: the one that was named, else the one with IDs or regions of this form, else AWS.
 */
export function providerOf<Name extends string>(
  named: Name | undefined,
  ...hints: readonly (string | undefined)[]
): Name | 'aws' | 'alibaba' {
  return named ?? (hints.some((hint) => hint !== undefined && ALIBABA.test(hint)) ? 'alibaba' : 'aws');
}
