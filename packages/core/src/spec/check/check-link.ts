import type { Problem } from '../problems/problem.js';
import type { CheckedLink } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { checkAlibabaLink } from './check-alibaba.js';
import { checkAwsLink } from './check-aws.js';

type CheckOf<Link extends CheckedLink> = (
  name: string,
  link: Link,
  region: string | undefined,
  path: KeyPath,
  problems: Problem[],
) => void;

const CHECKS: { readonly [P in CheckedLink['provider']]: CheckOf<Extract<CheckedLink, { provider: P }>> } = {
  aws: (_, link, region, path, problems) => checkAwsLink(link, region, path, problems),
  alibaba: (name, link, _, path, problems) => checkAlibabaLink(name, link, path, problems),
};

/**
 * The problems of a declared link by the rules of its cloud, where it has any besides those of the schema.
 */
export const checkLink: CheckOf<CheckedLink> = (name, link, ...rest) => {
  const check = CHECKS[link.provider] as CheckOf<CheckedLink> | undefined;
  check?.(name, link, ...rest);
};
