import { InvalidInputError } from '../errors.js';

/** How each cloud writes a region, which also becomes part of host names. Whether the region exists is not decided here. */
const REGIONS = {
  // eu-west-1, us-gov-west-1, cn-north-1
  aws: { form: /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, what: 'AWS region', example: 'eu-west-1' },
  // cn-hangzhou, ap-southeast-1, cn-shanghai-finance-1
  alibaba: { form: /^[a-z]{2}(?:-[a-z0-9]{1,20}){1,4}$/, what: 'region of Alibaba Cloud', example: 'cn-hangzhou' },
} as const;

/** Why `region` cannot be a region of `provider`: an error with code `INVALID_INPUT`. Undefined where it can be one. */
export function regionFault(provider: 'aws' | 'alibaba', region: string): InvalidInputError | undefined {
  const { form, what, example } = REGIONS[provider];
  if (form.test(region)) return undefined;
  return new InvalidInputError('INVALID_INPUT', `${JSON.stringify(region.slice(0, 100))} is not a valid ${what}`, {
    remedy: `Write it like ${example}.`,
  });
}
