import { InvalidInputError } from '../errors.js';
import { nearest } from './nearest.js';

/** How each cloud writes a region, which also becomes part of host names. New regions have this form, too. */
const REGIONS = {
  // eu-west-1, us-gov-west-1, cn-north-1
  aws: { form: /^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, what: 'AWS region', example: 'eu-west-1' },
  // cn-hangzhou, ap-southeast-1, cn-shanghai-finance-1
  alibaba: { form: /^[a-z]{2}(?:-[a-z0-9]{1,20}){1,4}$/, what: 'region of Alibaba Cloud', example: 'cn-hangzhou' },
} as const;

/**
 * Words of names of regions. A part that differs from one of them by one letter is a typing error: new regions are made of
 * these words, of codes of countries, or of names that are further away.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/cloudapi-20160714/src/client.ts
 */
const REGION_WORDS =
  'north south east west central northeast northwest southeast southwest ' +
  'qingdao beijing zhangjiakou huhehaote wulanchabu hangzhou shanghai nanjing fuzhou wuhan zhengzhou shenzhen heyuan ' +
  'guangzhou chengdu hongkong finance';

/** Whether the form of a provider's regions is known here. */
export function isRegionProvider(provider: string): provider is keyof typeof REGIONS {
  return Object.hasOwn(REGIONS, provider);
}

/**
 * Why `region` cannot be a region of `provider`: an error with code `INVALID_INPUT`. Undefined where it can be one, also a
 * new one.
 */
export function regionFault(provider: 'aws' | 'alibaba', region: string): InvalidInputError | undefined {
  const { form, what, example } = REGIONS[provider];
  const hasForm = form.test(region);
  const meant = hasForm ? corrected(region) : region;
  if (hasForm && meant === region) return undefined;
  const shown = JSON.stringify(region.slice(0, 100));
  return new InvalidInputError('INVALID_INPUT', `${shown} is not a ${hasForm ? 'known' : 'valid'} ${what}`, {
    remedy: hasForm ? `Did you mean ${meant}?` : `Write it like ${example}.`,
  });
}

/** The region with the words that its parts most likely mean: `eu-west-1` for `eu-wst-1`. */
function corrected(region: string): string {
  const words = REGION_WORDS.split(' ');
  const parts = region.split('-').map((part) => (part.length < 3 ? part : (nearest(part, words, 1) ?? part)));
  return parts.join('-');
}
