/** Partition, service, region and account of an ARN. */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?=[^:])/;

/** What a sentence calls a resource: of an ARN only that which comes after the account, since the evidence holds all of it. */
export function resourceOf(id: string): string {
  return id.replace(ARN, '');
}
